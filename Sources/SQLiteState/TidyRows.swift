#if Service
  import Engine
  import GRDB
  import WorkingTime

  /// Makes the table `delivered` smaller, a few tickets at a time.
  ///
  /// Of a ticket that has been quiet, a key becomes its hash in `ticket.known`, by which it is never sent again. Of one that is
  /// gone, keys go altogether; what fell due by then is history if the ticket comes back.
  enum TidyRows {
    /// One step; `cursor` is the last ticket of the step before, empty at the beginning.
    static func step(
      _ cursor: String, quietSince: Instant, limit: Int, _ database: Database
    ) throws -> (tidied: Tidied, cursor: String) {
      var tidied = try forgetGone(before: quietSince, limit: limit, database)
      let statement = try database.cachedStatement(
        sql: "SELECT DISTINCT ticket FROM delivered WHERE ticket > ? ORDER BY ticket LIMIT ?")
      let tickets = try String.fetchAll(statement, arguments: [cursor, limit])
      for ticket in tickets { tidied.keys += try condense(ticket, quietSince, database) }
      return (tidied, tickets.count < limit ? "" : tickets[limit - 1])
    }

    // MARK: - Gone

    static func note(gone ticket: String, at now: Instant, in database: Database) throws {
      try database.cachedStatement(sql: "INSERT OR REPLACE INTO gone (ticket, at) VALUES (?, ?)")
        .execute(arguments: [ticket, now.milliseconds])
    }

    private static func forgetGone(
      before quietSince: Instant, limit: Int, _ database: Database
    ) throws -> Tidied {
      let statement = try database.cachedStatement(
        sql: "SELECT ticket FROM gone WHERE at < ? ORDER BY at LIMIT ?")
      var (keys, last) = (0, Int64.min)
      for ticket in try String.fetchAll(statement, arguments: [quietSince.milliseconds, limit]) {
        try database.cachedStatement(sql: "DELETE FROM gone WHERE ticket = ?").execute(arguments: [ticket])
        if try isThere(ticket, database) { continue }
        let removal = try database.cachedStatement(
          sql: "DELETE FROM delivered WHERE ticket = ? RETURNING at")
        let instants = try Int64.fetchAll(removal, arguments: [ticket])
        keys += instants.count
        last = max(last, instants.max() ?? last)
      }
      if keys == 0 { return Tidied() }
      try database.execute(
        sql: "UPDATE meta SET forgotten_until = max(coalesce(forgotten_until, ?1), ?1)", arguments: [last + 1]
      )
      return Tidied(keys: keys, forgottenUntil: Instant(milliseconds: last + 1))
    }

    private static func isThere(_ ticket: String, _ database: Database) throws -> Bool {
      let statement = try database.cachedStatement(sql: "SELECT 1 FROM ticket WHERE id = ?")
      return try Int.fetchOne(statement, arguments: [ticket]) != nil
    }

    // MARK: - Quiet

    /// Answers how many keys it condensed. What was withdrawn for one notifier may still be sent by it, and stays.
    private static func condense(
      _ ticket: String, _ quietSince: Instant, _ database: Database
    ) throws -> Int {
      guard let known = try known(of: ticket, quietSince, database) else { return 0 }
      let settled = try database.cachedStatement(
        sql: "SELECT key FROM delivered WHERE ticket = ? GROUP BY key HAVING sum(outcome = 'withdrawn') = 0")
      let keys = try String.fetchAll(settled, arguments: [ticket])
      if keys.isEmpty { return 0 }
      let update = try RowStatement("UPDATE ticket SET known = ? WHERE id = ?", in: database)
      update.bind((known + keys.map(TicketMemory.hash(ofKey:))).knownBytes, at: 1)
      update.bind(ticket, at: 2)
      try update.run()
      let removal = try database.cachedStatement(sql: "DELETE FROM delivered WHERE key = ?")
      for key in keys { try removal.execute(arguments: [key]) }
      return keys.count
    }

    /// Nil where the ticket is not quiet.
    private static func known(
      of ticket: String, _ quietSince: Instant, _ database: Database
    ) throws -> [UInt64]? {
      let quiet = try RowStatement(
        """
        SELECT known FROM ticket
        WHERE id = ?1 AND evaluated_at < ?2 AND next_due IS NULL
          AND NOT EXISTS (SELECT 1 FROM outbox WHERE ticket = ?1)
        """, in: database)
      quiet.bind(ticket, at: 1)
      quiet.bind(quietSince.milliseconds, at: 2)
      return try quiet.first { [UInt64](known: 0, of: $0) }
    }
  }
#endif
