#if Service
  import Engine
  import GRDB
  import RuleEvaluator
  import WorkingTime

  /// The tables `recurrence` and `review_group`: the tickets that reviews count together.
  enum RecurrenceRows {
    static func keep(_ changes: PageChanges, in database: Database) throws {
      var touched: [RecurrenceGroup: Int64] = [:]
      for id in changes.known + changes.vanished {
        for group in try remove(id, from: database) { touched[group] = touched[group] ?? .max }
      }
      let row = try RowInsertion(insertion, in: database)
      for (id, contributions) in changes.contributions {
        for contribution in contributions {
          try insert(contribution, of: id, row)
          touched[contribution.group] = min(
            touched[contribution.group] ?? .max, contribution.boundary.milliseconds)
        }
      }
      for (group, boundary) in touched { try touch(group, boundary, in: database) }
      for group in changes.reviewed { try keep(group, at: changes.now, in: database) }
    }

    // MARK: - In

    /// The groups that the ticket belonged to. What they lose touches them, but makes nothing history that was not.
    private static func remove(_ ticket: String, from database: Database) throws -> [RecurrenceGroup] {
      let statement = try database.cachedStatement(
        sql: "DELETE FROM recurrence WHERE ticket = ? RETURNING review, members")
      return try Row.fetchAll(statement, arguments: [ticket]).map {
        RecurrenceGroup(review: $0[0], values: $0[1])
      }
    }

    private static let insertion = """
      INSERT OR REPLACE INTO recurrence (review, members, at, ticket, missing) VALUES (?, ?, ?, ?, ?)
      """

    private static func insert(
      _ contribution: KeptContribution, of ticket: String, _ row: RowInsertion
    ) throws {
      row.bind(contribution.group.review, at: 1)
      row.bind(contribution.group.values, at: 2)
      row.bind(contribution.at.milliseconds, at: 3)
      row.bind(ticket, at: 4)
      row.bind(Int64(bitPattern: contribution.missing), at: 5)
      try row.run()
    }

    private static func touch(
      _ group: RecurrenceGroup, _ boundary: Int64, in database: Database
    ) throws {
      try database.cachedStatement(
        sql: """
          INSERT INTO review_group (review, members, touched) VALUES (?, ?, ?)
          ON CONFLICT DO UPDATE SET touched = min(coalesce(touched, excluded.touched), excluded.touched)
          """
      ).execute(arguments: [group.review, group.values, boundary])
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
      let held = try lastHeld(group, database)
      let statement = try database.cachedStatement(
        sql: """
          SELECT at, ticket, missing FROM recurrence
          WHERE review = ? AND members = ? AND (at, ticket) > (?, ?) ORDER BY at, ticket
          """)
      let rows = try Row.fetchCursor(
        statement, arguments: [group.review, group.values, held.at, held.ticket])
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
      _ group: RecurrenceGroup, _ database: Database
    ) throws -> (at: Int64, ticket: String) {
      let statement = try database.cachedStatement(
        sql: """
          SELECT at, ticket FROM recurrence INDEXED BY recurrence_held
          WHERE review = ? AND members = ? AND missing = 0 ORDER BY at DESC, ticket DESC LIMIT 1
          """)
      let row = try Row.fetchOne(statement, arguments: [group.review, group.values])
      return row.map { ($0[0], $0[1]) } ?? (.min, "")
    }
  }
#endif
