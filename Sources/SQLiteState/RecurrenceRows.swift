#if Service
  import Engine
  import GRDB
  import RuleEvaluator
  import WorkingTime

  /// The tables `recurrence` and `review_group`: the tickets that reviews count together, and the groups of them.
  enum RecurrenceRows {
    // MARK: - In

    /// Groups that have been looked at. `PageCounting` writes what is counted.
    static func keep(_ reviewed: [ReviewedGroup], at now: Instant, in database: Database) throws {
      for group in reviewed { try keep(group, at: now, in: database) }
    }

    private static func keep(
      _ reviewed: ReviewedGroup, at now: Instant, in database: Database
    ) throws {
      let group = reviewed.group
      try database.cachedStatement(
        sql: "UPDATE review_group SET touched = NULL, told = ? WHERE review = ? AND members = ?"
      ).execute(arguments: [reviewed.due, group.review, group.values])
      try OutboxRows.withdraw(reviewed, at: now, in: database)
      try ToldRows.end(reviewed, at: now, in: database)
    }

    // MARK: - Out

    static func touched(limit: Int, _ database: Database) throws -> [TouchedGroup] {
      let statement = try database.cachedStatement(
        sql: "SELECT review, members, touched, told FROM review_group WHERE touched IS NOT NULL LIMIT ?")
      return try Row.fetchAll(statement, arguments: [limit]).map { row in
        TouchedGroup(
          group: RecurrenceGroup(review: row[0], values: row[1]), boundary: Instant(milliseconds: row[2]),
          told: row[3])
      }
    }

    /// Tickets of one instant stand in the order of their ids.
    static func due(
      _ group: RecurrenceGroup, _ recurrence: Review.Recurrence, _ database: Database
    ) throws -> RecurrenceCount.Member? {
      let lookup = try database.cachedStatement(
        sql: "SELECT number FROM review_group WHERE review = ? AND members = ?")
      guard let number = try Int64.fetchOne(lookup, arguments: [group.review, group.values]) else {
        return nil
      }
      let held = try lastHeld(number, database)
      let statement = try database.cachedStatement(
        sql: """
          SELECT at, ticket, missing FROM recurrence
          WHERE review_group = ? AND (at, ticket) > (?, ?) ORDER BY at, ticket
          """)
      let rows = try Row.fetchCursor(statement, arguments: [number, held.at, held.ticket])
      var scan = RecurrenceScan(recurrence)
      while let row = try rows.next() {
        let at = Instant(milliseconds: row[0])
        if scan.isDue(with: at) {
          return RecurrenceCount.Member(at: at, ticket: row[1], missing: UInt64(bitPattern: row[2]))
        }
      }
      return nil
    }

    /// The last ticket that holds a review; before all others where there is none. Left to itself SQLite reads the whole
    /// group: 200 ms where it has a million tickets.
    private static func lastHeld(
      _ group: Int64, _ database: Database
    ) throws -> (at: Int64, ticket: String) {
      let statement = try database.cachedStatement(
        sql: """
          SELECT at, ticket FROM recurrence INDEXED BY recurrence_held
          WHERE review_group = ? AND missing = 0 ORDER BY at DESC, ticket DESC LIMIT 1
          """)
      let row = try Row.fetchOne(statement, arguments: [group])
      return row.map { ($0[0], $0[1]) } ?? (.min, "")
    }
  }
#endif
