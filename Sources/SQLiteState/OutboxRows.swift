#if Service
  import Engine
  import GRDB
  import PluginAPI
  import RuleEvaluator
  import WorkingTime

  /// The table `outbox`: what waits to be sent.
  enum OutboxRows {
    private static let columns = """
      key, notifier, ticket, due, planned, not_before, attempts, batch_group, batch, notice, rule, place, recipients, title,
      body, severity, review, members
      """

    /// The column `is_over`: what has become of what a delivery is about.
    enum Fate: Int {
      case stands = 0
      /// It has ended; the delivery goes out, and is taken back.
      case over = 1
      /// Nobody needs it any more; it goes out because its batch may have arrived, and is taken back.
      case unneeded = 2
    }

    static func isEmpty(_ database: Database) throws -> Bool {
      try Int.fetchOne(try database.cachedStatement(sql: "SELECT 1 FROM outbox LIMIT 1")) == nil
    }

    static func counts(_ database: Database) throws -> [String: Int] {
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT notifier, count(*)
          FROM (SELECT notifier FROM outbox UNION ALL SELECT notifier FROM resolution) GROUP BY notifier
          """)
      return Dictionary(uniqueKeysWithValues: rows.map { ($0[0] as String, $0[1] as Int) })
    }

    // MARK: - In

    /// What waits already is called for once more; what was delivered since it was asked for stays so.
    private static let insertion = """
      INSERT INTO outbox (\(columns)) SELECT ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
      WHERE NOT EXISTS (SELECT 1 FROM delivered WHERE key = ?1 AND notifier = ?2 AND outcome <> '\(DeliveredRows.withdrawn)')
      ON CONFLICT (key, notifier) DO UPDATE SET is_over = \(Fate.stands.rawValue)
      """
    /// The batch of a group that still waits, was never taken and has room; not one that closes too early for the delivery, or
    /// later than the delivery's own wait would end.
    private static let openBatch = """
      SELECT batch, min(not_before) FROM outbox
      WHERE batch_group = ? AND not_before > ? GROUP BY batch
      HAVING max(attempts) = 0 AND max(handed) = 0 AND count(*) < \(PendingDelivery.batchLimit) AND min(not_before) BETWEEN ? AND ?
      LIMIT 1
      """

    static func insert(_ pending: [PendingDelivery], at now: Instant, in database: Database) throws {
      if pending.isEmpty { return }
      let row = try RowStatement(insertion, in: database)
      let takesBack = try !ToldRows.isNothingToTakeBack(database)
      for item in pending {
        let item = try joined(item, at: now, database)
        try insert(item, row)
        if takesBack, database.changesCount > 0 {
          try ToldRows.removeResolution(item.batch?.key ?? item.delivery.key, of: item.notifier, in: database)
        }
      }
    }

    private static func insert(_ item: PendingDelivery, _ row: RowStatement) throws {
      let delivery = item.delivery
      row.bind(delivery.key, at: 1)
      row.bind(item.notifier, at: 2)
      row.bind(delivery.ticket, at: 3)
      row.bind(item.due.milliseconds, at: 4)
      row.bind(item.planned.milliseconds, at: 5)
      row.bind(item.notBefore.milliseconds, at: 6)
      row.bind(item.batch?.group, at: 7)
      row.bind(item.batch?.key, at: 8)
      row.bind(delivery.notice, at: 9)
      row.bind(delivery.rule, at: 10)
      row.bind(delivery.place, at: 11)
      row.bind(delivery.to.joined(separator: separator), at: 12)
      row.bind(delivery.title, at: 13)
      row.bind(delivery.body, at: 14)
      row.bind(delivery.severity.rawValue, at: 15)
      row.bind(item.review?.review, at: 16)
      row.bind(item.review?.values, at: 17)
      try row.run()
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
      if first.allSatisfy({ $0.batch == nil }) { return first }
      var (taken, closed) = ([PendingDelivery](), Set<String>())
      try database.inTransaction(.immediate) {
        for item in first where taken.count < limit {
          if let batch = item.batch?.key {
            if closed.insert(batch).inserted { taken += try close(batch, of: notifier, database) }
          } else {
            taken.append(item)
          }
        }
        return .commit
      }
      return taken
    }

    /// All of a notifier's batch, which nothing joins from now on, and which may have arrived.
    private static func close(
      _ batch: String, of notifier: String, _ database: Database
    ) throws -> [PendingDelivery] {
      try database.cachedStatement(
        sql: "UPDATE outbox SET handed = min(handed + 1, 2) WHERE batch = ? AND notifier = ?"
      ).execute(arguments: [batch, notifier])
      let statement = try database.cachedStatement(
        sql: "SELECT \(columns) FROM outbox WHERE batch = ? AND notifier = ? ORDER BY number")
      return try rows(statement, [batch, notifier])
    }

    /// What is handed to a notifier that takes back may have arrived from now on, whatever becomes of the call.
    static func note(handed names: [DeliveryName], in database: Database) throws {
      if names.isEmpty { return }
      try database.inTransaction(.immediate) {
        let statement = try database.cachedStatement(
          sql: """
            UPDATE outbox SET handed = min(handed + 1, 2) WHERE key = ? AND notifier = ? AND batch IS NULL
            """)
        for name in names { try statement.execute(arguments: [name.key, name.notifier]) }
        return .commit
      }
    }

    /// A breach goes out though its window has ended, and is taken back afterwards.
    static func note(
      over: [DeliveryName], standing: [DeliveryName], in database: Database
    ) throws {
      let statement = try database.cachedStatement(
        sql: "UPDATE outbox SET is_over = ? WHERE key = ? AND notifier = ?")
      for (names, fate) in [(over, Fate.over), (standing, Fate.stands)] {
        for name in names { try statement.execute(arguments: [fate.rawValue, name.key, name.notifier]) }
      }
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
        sql: """
          SELECT min(not_before) FROM (
            SELECT * FROM (SELECT not_before FROM outbox WHERE notifier = ?1 ORDER BY not_before LIMIT 1)
            UNION ALL
            SELECT * FROM (SELECT not_before FROM resolution WHERE notifier = ?1 ORDER BY not_before LIMIT 1))
          """)
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

    /// What may have arrived is taken back; also what has arrived since it was recalled.
    static func withdraw(_ names: [DeliveryName], at now: Instant, in database: Database) throws {
      for name in names where try !keepInBatch(name, in: database) {
        let row = try remove(name, from: database)
        try DeliveredRows.insert(
          Settlement(name, .withdrawn), ticket: row?.ownTicket, at: now, in: database)
        if let row { try resolve(row, at: now, in: database) }
      }
      try ToldRows.end(names, at: now, in: database)
    }

    /// A batch that may have arrived is always the same under its key, whoever needs it: a receiver that has it would accept a
    /// notice that left it a second time in another batch, and one that has it without the notice never.
    ///
    /// Answers whether the delivery is part of such a batch.
    private static func keepInBatch(_ name: DeliveryName, in database: Database) throws -> Bool {
      let statement = try database.cachedStatement(
        sql: """
          UPDATE outbox SET is_over = \(Fate.unneeded.rawValue)
          WHERE key = ? AND notifier = ? AND batch IS NOT NULL AND handed > 0
          """)
      try statement.execute(arguments: [name.key, name.notifier])
      return database.changesCount > 0
    }

    /// Nothing waits for a ticket that is gone, but in batches that may have arrived.
    static func forget(ticket: String, at now: Instant, in database: Database) throws {
      let statement = try database.cachedStatement(sql: "SELECT key, notifier FROM outbox WHERE ticket = ?")
      let names = try Row.fetchAll(statement, arguments: [ticket]).map { DeliveryName($0[0], $0[1]) }
      let rows = try names.filter { try !keepInBatch($0, in: database) }
        .compactMap { try remove($0, from: database) }
      for row in rows { try resolve(row, at: now, in: database) }
      try ToldRows.end(ticket: ticket, at: now, in: database)
    }

    /// - Parameter resolving: the notifiers that take back what they delivered when it ends.
    static func settle(
      _ settlements: [Settlement], _ resolving: Set<String>, at now: Instant, in database: Database
    ) throws {
      for settlement in settlements {
        let row = try remove(settlement.name, from: database)
        try DeliveredRows.insert(settlement, ticket: row?.ownTicket, at: now, in: database)
        guard let row, row.mayEnd, resolving.contains(settlement.name.notifier),
          settlement.outcome == .delivered || row.handed > 1
        else { continue }
        if row.fate != .stands {
          try ToldRows.resolve(row.parcel, of: row.name.notifier, at: now, in: database)
        } else {
          try ToldRows.insert(row, in: database)
        }
      }
    }

    /// A delivery that leaves the outbox.
    struct Leaving {
      var name: DeliveryName
      var ticket: String
      /// The key under which it was delivered, or would have been.
      var parcel: String
      var review: String?
      var members: String?
      /// Whether it is about something that ends: a change of status is not.
      var mayEnd: Bool
      /// How often it was handed over and nothing said of it, up to 2: the last time it may have been refused, but not before.
      var handed: Int
      /// Nil where it is about a group of tickets.
      var ownTicket: String? { review == nil ? ticket : nil }
      var fate: Fate
    }

    private static func remove(_ name: DeliveryName, from database: Database) throws -> Leaving? {
      let statement = try database.cachedStatement(
        sql: """
          DELETE FROM outbox WHERE key = ? AND notifier = ?
          RETURNING ticket, coalesce(batch, key), review, members, notice, handed, is_over
          """)
      guard let row = try Row.fetchOne(statement, arguments: [name.key, name.notifier]) else { return nil }
      return Leaving(
        name: name, ticket: row[0], parcel: row[1], review: row[2], members: row[3],
        mayEnd: row[4] != Notice.Event.statusChanged.rawValue, handed: row[5],
        fate: Fate(rawValue: row[6]) ?? .stands)
    }

    private static func resolve(_ row: Leaving, at now: Instant, in database: Database) throws {
      guard row.handed > 0 else { return }
      try ToldRows.resolve(row.parcel, of: row.name.notifier, at: now, in: database)
    }

    /// What was refused has not arrived, unless nothing was said of an attempt before; a batch then goes on without those that
    /// nobody needs any more.
    static func postpone(
      _ deliveries: [DeliveryName: Postponement], at now: Instant, in database: Database
    ) throws {
      let statement = try database.cachedStatement(
        sql: """
          UPDATE outbox SET not_before = ?, attempts = attempts + 1, handed = iif(? AND handed = 1, 0, handed)
          WHERE key = ? AND notifier = ? RETURNING handed = 0 AND is_over = \(Fate.unneeded.rawValue)
          """)
      for (name, postponement) in deliveries {
        let isUnneeded = try Bool.fetchOne(
          statement,
          arguments: [
            postponement.until.milliseconds, postponement.isRefused, name.key, name.notifier,
          ])
        if isUnneeded ?? false { try withdraw([name], at: now, in: database) }
      }
    }

    static func hasten(_ notifier: String, to now: Instant, longest: Int64, in database: Database) throws {
      let latest = now.advanced(byMilliseconds: longest).milliseconds
      try database.execute(
        sql: "UPDATE outbox SET not_before = ? WHERE notifier = ? AND attempts > 0 AND not_before > ?",
        arguments: [latest, notifier, latest])
      try database.execute(
        sql: "UPDATE resolution SET not_before = ? WHERE notifier = ? AND not_before > ?",
        arguments: [latest, notifier, latest])
    }
  }
#endif
