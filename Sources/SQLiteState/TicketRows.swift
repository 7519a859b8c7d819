#if Service
  import Engine
  import GRDB
  import PluginAPI
  import WorkingTime

  /// The table `ticket`.
  enum TicketRows {
    private static let lookup = """
      SELECT id, generation, digest, evaluated_at, next_due, known, findings, team, assignee, is_open
      FROM ticket WHERE id IN (SELECT value FROM json_each(?))
      """
    private static let pending = """
      SELECT ticket, key, notifier FROM outbox
      WHERE ticket IN (SELECT value FROM json_each(?)) AND review IS NULL
      """
    private static let upsert = """
      INSERT INTO ticket (id, generation, digest, evaluated_at, next_due, known, findings, team, assignee, is_open)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET
        generation = excluded.generation, digest = excluded.digest, evaluated_at = excluded.evaluated_at,
        next_due = excluded.next_due, known = excluded.known, findings = excluded.findings,
        team = excluded.team, assignee = excluded.assignee, is_open = excluded.is_open
      """

    static func recall(_ ids: [String], _ database: Database) throws -> [String: RememberedTicket] {
      let list = ids.json
      var remembered: [String: RememberedTicket] = [:]
      let statement = try database.cachedStatement(sql: lookup)
      let rows = try Row.fetchCursor(statement, arguments: [list])
      while let row = try rows.next() {
        let memory = memory(row)
        remembered[memory.id] = RememberedTicket(memory)
      }
      try ToldRows.told(of: list, database) { remembered[$0]?.told.insert($1) }
      if try remembered.isEmpty || OutboxRows.isEmpty(database) { return remembered }
      let waiting = try Row.fetchCursor(try database.cachedStatement(sql: pending), arguments: [list])
      while let row = try waiting.next() {
        remembered[row[0]]?.pending.insert(DeliveryName(row[1], row[2]))
      }
      return remembered
    }

    private static func memory(_ row: Row) -> TicketMemory {
      TicketMemory(
        id: row[0], generation: row[1], digest: UInt64(bitPattern: row[2]),
        evaluatedAt: Instant(milliseconds: row[3]),
        nextDue: (row[4] as Int64?).map { Instant(milliseconds: $0) },
        known: (row[5] as String?).map { [UInt64](hashes: $0) } ?? [],
        findings: (row[6] as String?).map { ReportedFindings(text: $0) } ?? ReportedFindings(),
        assignment: assignment(row))
    }

    private static func assignment(_ row: Row) -> Assignment? {
      guard let team: String = row[7], let member: String = row[8] else { return nil }
      return Assignment(team: team, member: member, isOpen: row[9])
    }

    /// How many open tickets everybody has who takes turns. O(these tickets).
    static func load(_ database: Database) throws -> [String: Int] {
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT assignee, count(*) FROM ticket WHERE is_open = 1 AND assignee IS NOT NULL GROUP BY assignee
          """)
      return Dictionary(uniqueKeysWithValues: rows.map { ($0[0] as String, $0[1] as Int) })
    }

    static func keep(_ changes: PageChanges, in database: Database) throws {
      if !changes.tickets.isEmpty {
        let insertion = try RowInsertion(upsert, in: database)
        for ticket in changes.tickets { try keep(ticket, insertion) }
      }
      for (id, due) in changes.timers {
        try database.cachedStatement(sql: "UPDATE ticket SET next_due = ? WHERE id = ?")
          .execute(arguments: [due.milliseconds, id])
      }
      for id in changes.vanished {
        try database.cachedStatement(sql: "DELETE FROM ticket WHERE id = ?").execute(arguments: [id])
        try OutboxRows.forget(ticket: id, at: changes.now, in: database)
        try TidyRows.note(gone: id, at: changes.now, in: database)
      }
    }

    private static func keep(_ ticket: TicketMemory, _ row: RowInsertion) throws {
      row.bind(ticket.id, at: 1)
      row.bind(Int64(ticket.generation), at: 2)
      row.bind(Int64(bitPattern: ticket.digest), at: 3)
      row.bind(ticket.evaluatedAt.milliseconds, at: 4)
      row.bind(ticket.nextDue?.milliseconds, at: 5)
      row.bind(ticket.known.isEmpty ? nil : ticket.known.text, at: 6)
      row.bind(ticket.findings.isEmpty ? nil : ticket.findings.text, at: 7)
      row.bind(ticket.assignment?.team, at: 8)
      row.bind(ticket.assignment?.member, at: 9)
      row.bind(ticket.assignment.map { $0.isOpen ? 1 : 0 }, at: 10)
      try row.run()
    }

    static func due(by now: Instant, limit: Int, _ database: Database) throws -> [String] {
      try String.fetchAll(
        try database.cachedStatement(
          sql: "SELECT id FROM ticket WHERE next_due <= ? ORDER BY next_due LIMIT ?"),
        arguments: [now.milliseconds, limit])
    }

    static func nextDue(_ database: Database) throws -> Instant? {
      let statement = try database.cachedStatement(
        sql: "SELECT next_due FROM ticket WHERE next_due IS NOT NULL ORDER BY next_due LIMIT 1")
      return try Int64.fetchOne(statement).map { Instant(milliseconds: $0) }
    }
  }

  extension [UInt64] {
    /// In base 36, with spaces between them.
    var text: String {
      var bytes = [UInt8]()
      bytes.reserveCapacity(14 * count)
      for hash in self {
        if !bytes.isEmpty { bytes.append(UInt8(ascii: " ")) }
        bytes.append(inBase36: hash)
      }
      return String(decoding: bytes, as: UTF8.self)
    }

    init(hashes text: String) {
      self = text.split(separator: " ").compactMap { UInt64($0, radix: 36) }
    }
  }

  extension [UInt8] {
    /// As `String(number, radix: 36)` writes it, without a string for each.
    fileprivate mutating func append(inBase36 number: UInt64) {
      let start = count
      var rest = number
      repeat {
        let digit = UInt8(truncatingIfNeeded: rest % 36)
        append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit)
        rest /= 36
      } while rest > 0
      self[start...].reverse()
    }
  }

  extension [String] {
    /// As a JSON array.
    fileprivate var json: String {
      var bytes: [UInt8] = [UInt8(ascii: "[")]
      for (index, text) in enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes.appendJSONString(text)
      }
      bytes.append(UInt8(ascii: "]"))
      return String(decoding: bytes, as: UTF8.self)
    }
  }
#endif
