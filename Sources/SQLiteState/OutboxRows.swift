#if Service
  import Engine
  import GRDB
  import PluginAPI
  import WorkingTime

  /// The table `outbox`: what waits to be sent.
  enum OutboxRows {
    private static let columns = """
      key, notifier, ticket, due, planned, not_before, attempts, batch_group, batch, notice, rule, place, recipients, title,
      body, severity, review, members
      """

    static func isEmpty(_ database: Database) throws -> Bool {
      try Int.fetchOne(try database.cachedStatement(sql: "SELECT 1 FROM outbox LIMIT 1")) == nil
    }

    static func counts(_ database: Database) throws -> [String: Int] {
      let rows = try Row.fetchAll(database, sql: "SELECT notifier, count(*) FROM outbox GROUP BY notifier")
      return Dictionary(uniqueKeysWithValues: rows.map { ($0[0] as String, $0[1] as Int) })
    }

    // MARK: - In

    private static let insertion = """
      INSERT OR IGNORE INTO outbox (\(columns)) VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    /// The batch of a group that still waits, was never taken and has room; not one that closes too early for the delivery, or
    /// later than the delivery's own wait would end.
    private static let openBatch = """
      SELECT batch, min(not_before) FROM outbox
      WHERE batch_group = ? AND not_before > ? GROUP BY batch
      HAVING max(attempts) = 0 AND count(*) < \(PendingDelivery.batchLimit) AND min(not_before) BETWEEN ? AND ?
      LIMIT 1
      """

    static func insert(_ pending: [PendingDelivery], at now: Instant, in database: Database) throws {
      if pending.isEmpty { return }
      let statement = try database.cachedStatement(sql: insertion)
      for item in pending {
        let item = try joined(item, at: now, database)
        let delivery = item.delivery
        try statement.execute(arguments: [
          delivery.key, item.notifier, delivery.ticket, item.due.milliseconds, item.planned.milliseconds,
          item.notBefore.milliseconds, item.batch?.group, item.batch?.key, delivery.notice, delivery.rule,
          delivery.place, delivery.to.joined(separator: separator), delivery.title, delivery.body,
          delivery.severity.rawValue, item.review?.review, item.review?.values,
        ])
      }
    }

    private static func joined(
      _ item: PendingDelivery, at now: Instant, _ database: Database
    ) throws -> PendingDelivery {
      guard let batch = item.batch else { return item }
      let statement = try database.cachedStatement(sql: openBatch)
      let open = try Row.fetchOne(
        statement,
        arguments: [
          batch.group, now.milliseconds, batch.from.milliseconds, item.notBefore.milliseconds,
        ])
      guard let open else { return item }
      var item = item
      item.batch?.key = open[0]
      item.notBefore = Instant(milliseconds: open[1])
      item.planned = min(item.planned, item.notBefore)
      return item
    }

    // MARK: - Out

    /// Recipients stand in one column: ASCII's unit separator is part of no name.
    private static let separator = "\u{1F}"

    static func take(
      _ notifier: String, by now: Instant, limit: Int, _ database: Database
    ) throws -> [PendingDelivery] {
      let statement = try database.cachedStatement(
        sql: """
          SELECT \(columns) FROM outbox WHERE notifier = ? AND not_before <= ? ORDER BY not_before, number LIMIT ?
          """)
      let first = try rows(statement, [notifier, now.milliseconds, limit])
      let batches = Set(first.compactMap(\.batch?.key))
      if batches.isEmpty { return first }
      var taken = first.filter { $0.batch == nil }
      try database.inTransaction(.immediate) {
        for batch in batches.sorted() { taken += try close(batch, database) }
        return .commit
      }
      return taken.sorted { ($0.notBefore, $0.delivery.key) < ($1.notBefore, $1.delivery.key) }
    }

    /// All of a batch, which nothing joins from now on.
    private static func close(_ batch: String, _ database: Database) throws -> [PendingDelivery] {
      try database.cachedStatement(sql: "UPDATE outbox SET attempts = max(attempts, 1) WHERE batch = ?")
        .execute(arguments: [batch])
      let statement = try database.cachedStatement(
        sql: "SELECT \(columns) FROM outbox WHERE batch = ? ORDER BY number")
      return try rows(statement, [batch])
    }

    private static func rows(
      _ statement: Statement, _ arguments: StatementArguments
    ) throws -> [PendingDelivery] {
      var result: [PendingDelivery] = []
      let cursor = try Row.fetchCursor(statement, arguments: arguments)
      while let row = try cursor.next() { result.append(pending(row)) }
      return result
    }

    private static func pending(_ row: Row) -> PendingDelivery {
      let recipients: String = row[12]
      let delivery = Delivery(
        key: row[0], notice: row[9], ticket: row[2], rule: row[10], place: row[11],
        to: recipients.split(separator: separator).map(String.init), title: row[13], body: row[14],
        severity: Delivery.Severity(rawValue: row[15]) ?? .error)
      var batch: PendingDelivery.Batch?
      if let group: String = row[7], let key: String = row[8] {
        batch = .init(group: group, key: key, from: Instant(milliseconds: row[5]))
      }
      return PendingDelivery(
        delivery, notifier: row[1], due: Instant(milliseconds: row[3]),
        planned: Instant(milliseconds: row[4]), notBefore: Instant(milliseconds: row[5]), attempts: row[6],
        batch: batch)
    }

    static func next(of notifier: String, _ database: Database) throws -> Instant? {
      let statement = try database.cachedStatement(
        sql: "SELECT not_before FROM outbox WHERE notifier = ? ORDER BY not_before LIMIT 1")
      return try Int64.fetchOne(statement, arguments: [notifier]).map { Instant(milliseconds: $0) }
    }

    // MARK: - Afterwards

    /// A group whose review is due with another ticket, or not any more, needs what waits about it no longer.
    static func withdraw(_ group: ReviewedGroup, at now: Instant, in database: Database) throws {
      let statement = try database.cachedStatement(
        sql: "SELECT key, notifier FROM outbox WHERE review = ? AND members = ? AND ticket IS NOT ?")
      let rows = try Row.fetchAll(
        statement, arguments: [group.group.review, group.group.values, group.due])
      try withdraw(rows.map { DeliveryName($0[0], $0[1]) }, at: now, in: database)
    }

    static func withdraw(_ names: [DeliveryName], at now: Instant, in database: Database) throws {
      try settle(names.map { Settlement($0, .withdrawn) }, at: now, in: database)
    }

    static func settle(_ settlements: [Settlement], at now: Instant, in database: Database) throws {
      for settlement in settlements {
        try DeliveredRows.insert(settlement, at: now, in: database)
        try database.cachedStatement(sql: "DELETE FROM outbox WHERE key = ? AND notifier = ?")
          .execute(arguments: [settlement.name.key, settlement.name.notifier])
      }
    }

    static func postpone(_ deliveries: [DeliveryName: Instant], in database: Database) throws {
      for (name, instant) in deliveries {
        try database.cachedStatement(
          sql: "UPDATE outbox SET not_before = ?, attempts = attempts + 1 WHERE key = ? AND notifier = ?"
        ).execute(arguments: [instant.milliseconds, name.key, name.notifier])
      }
    }

    static func hasten(_ notifier: String, to now: Instant, longest: Int64, in database: Database) throws {
      let latest = now.advanced(byMilliseconds: longest).milliseconds
      try database.execute(
        sql: "UPDATE outbox SET not_before = ? WHERE notifier = ? AND attempts > 0 AND not_before > ?",
        arguments: [latest, notifier, latest])
    }
  }
#endif
