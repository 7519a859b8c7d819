#if Service
  import Engine
  import GRDB
  import RuleEvaluator
  import WorkingTime

  /// The tables `told` and `resolution`: what notifiers that take notices back were given and has not ended, and what they are
  /// to take back.
  ///
  /// Other notifiers have no rows here.
  enum ToldRows {
    private static let insertion = """
      INSERT OR REPLACE INTO told (key, notifier, ticket, parcel, review, members) VALUES (?, ?, ?, ?, ?, ?)
      """
    private static let lookup = """
      SELECT ticket, key, notifier FROM told
      WHERE ticket IN (SELECT value FROM json_each(?)) AND review IS NULL
      """

    static func isEmpty(_ database: Database) throws -> Bool {
      try Int.fetchOne(try database.cachedStatement(sql: "SELECT 1 FROM told LIMIT 1")) == nil
    }

    static func isNothingToTakeBack(_ database: Database) throws -> Bool {
      try Int.fetchOne(try database.cachedStatement(sql: "SELECT 1 FROM resolution LIMIT 1")) == nil
    }

    /// By ticket; the tickets are a JSON array. Not what is told of a group of tickets.
    static func told(
      of tickets: String, _ database: Database, _ body: (String, DeliveryName) -> Void
    ) throws {
      if try isEmpty(database) { return }
      let statement = try database.cachedStatement(sql: lookup)
      let rows = try Row.fetchCursor(statement, arguments: [tickets])
      while let row = try rows.next() { body(row[0], DeliveryName(row[1], row[2])) }
    }

    /// What other notifiers were given by others of their name is nothing that can be taken back.
    static func keepOnly(_ notifiers: Set<String>, in database: Database) throws {
      for table in ["told", "resolution"] {
        let names = try String.fetchAll(database, sql: "SELECT DISTINCT notifier FROM \(table)")
        for name in names where !notifiers.contains(name) {
          try database.execute(sql: "DELETE FROM \(table) WHERE notifier = ?", arguments: [name])
        }
      }
    }

    // MARK: - In

    /// What was delivered may end.
    static func insert(_ row: OutboxRows.Leaving, in database: Database) throws {
      try database.cachedStatement(sql: insertion).execute(arguments: [
        row.name.key, row.name.notifier, row.ticket, row.parcel, row.review, row.members,
      ])
    }

    // MARK: - The end

    static func end(_ names: [DeliveryName], at now: Instant, in database: Database) throws {
      let statement = try database.cachedStatement(
        sql: "DELETE FROM told WHERE key = ? AND notifier = ? RETURNING parcel")
      for name in names {
        guard let parcel = try String.fetchOne(statement, arguments: [name.key, name.notifier]) else {
          continue
        }
        try resolve(parcel, of: name.notifier, at: now, in: database)
      }
    }

    static func end(ticket: String, at now: Instant, in database: Database) throws {
      let statement = try database.cachedStatement(sql: "SELECT key, notifier FROM told WHERE ticket = ?")
      try end(
        Row.fetchAll(statement, arguments: [ticket]).map { DeliveryName($0[0], $0[1]) }, at: now, in: database
      )
    }

    /// What was told of a group whose review is due with another ticket, or not any more.
    static func end(_ group: ReviewedGroup, at now: Instant, in database: Database) throws {
      let statement = try database.cachedStatement(
        sql: "SELECT key, notifier FROM told WHERE review = ? AND members = ? AND ticket IS NOT ?")
      let rows = try Row.fetchAll(
        statement, arguments: [group.group.review, group.group.values, group.due])
      try end(rows.map { DeliveryName($0[0], $0[1]) }, at: now, in: database)
    }

    /// Lets a notifier take back what was delivered, or may have been, once nothing of it stands any more.
    static func resolve(
      _ parcel: String, of notifier: String, at now: Instant, in database: Database
    ) throws {
      let standing = try database.cachedStatement(
        sql: """
          SELECT 1 FROM told WHERE notifier = ?1 AND parcel = ?2
          UNION ALL SELECT 1 FROM outbox WHERE batch = ?2 AND notifier = ?1 LIMIT 1
          """)
      if try Int.fetchOne(standing, arguments: [notifier, parcel]) != nil { return }
      try database.cachedStatement(
        sql: "INSERT OR IGNORE INTO resolution (notifier, key, not_before, attempts) VALUES (?, ?, ?, 0)"
      ).execute(arguments: [notifier, parcel, now.milliseconds])
    }

    // MARK: - Out

    /// Of what was taken back, and of what is to be delivered again: that must not be taken back afterwards.
    static func removeResolution(_ parcel: String, of notifier: String, in database: Database) throws {
      try database.cachedStatement(sql: "DELETE FROM resolution WHERE notifier = ? AND key = ?")
        .execute(arguments: [notifier, parcel])
    }

    static func take(
      _ notifier: String, by now: Instant, limit: Int, _ database: Database
    ) throws -> [PendingResolution] {
      let statement = try database.cachedStatement(
        sql: """
          SELECT key, attempts FROM resolution WHERE notifier = ? AND not_before <= ? ORDER BY not_before, key LIMIT ?
          """)
      return try Row.fetchAll(statement, arguments: [notifier, now.milliseconds, limit]).map {
        PendingResolution(key: $0[0], attempts: $0[1])
      }
    }

    static func settle(_ names: [DeliveryName], in database: Database) throws {
      for name in names { try removeResolution(name.key, of: name.notifier, in: database) }
    }

    static func postpone(_ resolutions: [DeliveryName: Instant], in database: Database) throws {
      let statement = try database.cachedStatement(
        sql: "UPDATE resolution SET not_before = ?, attempts = attempts + 1 WHERE notifier = ? AND key = ?")
      for (name, instant) in resolutions {
        try statement.execute(arguments: [instant.milliseconds, name.notifier, name.key])
      }
    }
  }
#endif
