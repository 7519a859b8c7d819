#if Service
  import Engine
  import GRDB
  import PluginAPI
  import WorkingTime

  /// The table `ticket`.
  enum TicketRows {
    private static let lookup = """
      SELECT id, generation, digest, evaluated_at, next_due, known, findings, team, assignee, is_open, targets
      FROM ticket WHERE id IN (SELECT value FROM json_each(?))
      """
    /// What goes out only for its batch's sake is not expected: where it is called for again, it is news.
    private static let pending = """
      SELECT ticket, key, notifier FROM outbox
      WHERE ticket IN (SELECT value FROM json_each(?)) AND review IS NULL
        AND is_over <> \(OutboxRows.Fate.unneeded.rawValue)
      """
    private static let upsert = """
      INSERT INTO ticket (
        id, generation, digest, evaluated_at, next_due, known, findings, team, assignee, is_open, counted, targets
      ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET
        generation = excluded.generation, digest = excluded.digest, evaluated_at = excluded.evaluated_at,
        next_due = excluded.next_due, known = excluded.known, findings = excluded.findings,
        team = excluded.team, assignee = excluded.assignee, is_open = excluded.is_open, counted = excluded.counted,
        targets = excluded.targets
      """

    static func recall(_ ids: [String], _ database: Database) throws -> [String: RememberedTicket] {
      let list = ids.json
      var remembered: [String: RememberedTicket] = [:]
      let statement = try database.cachedStatement(sql: lookup)
      let rows = try Row.fetchCursor(statement, arguments: [list])
      while let row = try rows.next() {
        let memory = memory(row, statement.sqliteStatement)
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

    private static func memory(_ row: Row, _ statement: SQLiteStatement) -> TicketMemory {
      TicketMemory(
        id: row[0], generation: row[1], digest: UInt64(bitPattern: row[2]),
        evaluatedAt: Instant(milliseconds: row[3]),
        nextDue: (row[4] as Int64?).map { Instant(milliseconds: $0) },
        known: [UInt64](known: 5, of: statement),
        findings: (row[6] as String?).map { ReportedFindings(text: $0) } ?? ReportedFindings(),
        assignment: assignment(row),
        targets: (row[10] as String?).map { TargetMemory(text: $0) } ?? TargetMemory())
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
      var counting = try PageCounting(database)
      if !changes.tickets.isEmpty { try keep(changes, &counting, database) }
      for (id, due) in changes.timers {
        try database.cachedStatement(sql: "UPDATE ticket SET next_due = ? WHERE id = ?")
          .execute(arguments: [due.milliseconds, id])
      }
      if !changes.vanished.isEmpty { try forget(changes.vanished, at: changes.now, &counting, database) }
    }

    /// Of a ticket that has no row nothing is counted: nobody would find it again.
    private static func keep(
      _ changes: PageChanges, _ counting: inout PageCounting, _ database: Database
    ) throws {
      let known = Set(changes.known)
      let before = try RowStatement("SELECT counted FROM ticket WHERE id = ?", in: database)
      let row = try RowStatement(upsert, in: database)
      for ticket in changes.tickets {
        let counted = try counting.add(changes.contributions[ticket.id] ?? [], of: ticket.id)
        if known.contains(ticket.id) {
          let old = try self.counted(ticket.id, before)
          counting.remove(old, of: ticket.id, except: counted)
        }
        try keep(ticket, counted, row)
      }
      try counting.write()
    }

    private static func forget(
      _ vanished: [String], at now: Instant, _ counting: inout PageCounting, _ database: Database
    ) throws {
      let deletion = try RowStatement("DELETE FROM ticket WHERE id = ? RETURNING counted", in: database)
      for id in vanished {
        counting.remove(try counted(id, deletion), of: id)
        try OutboxRows.forget(ticket: id, at: now, in: database)
        try TidyRows.note(gone: id, at: now, in: database)
      }
      try counting.write()
    }

    /// What the ticket was counted for before the statement; nothing where it has no row.
    private static func counted(_ id: String, _ statement: RowStatement) throws -> [UInt8] {
      statement.bind(id, at: 1)
      return try statement.first { [UInt8](column: 0, of: $0) } ?? []
    }

    private static func keep(_ ticket: TicketMemory, _ counted: [UInt8], _ row: RowStatement) throws {
      row.bind(ticket.id, at: 1)
      row.bind(Int64(ticket.generation), at: 2)
      row.bind(Int64(bitPattern: ticket.digest), at: 3)
      row.bind(ticket.evaluatedAt.milliseconds, at: 4)
      row.bind(ticket.nextDue?.milliseconds, at: 5)
      row.bind(ticket.known.knownBytes, at: 6)
      row.bind(ticket.findings.isEmpty ? nil : ticket.findings.text, at: 7)
      row.bind(ticket.assignment?.team, at: 8)
      row.bind(ticket.assignment?.member, at: 9)
      row.bind(ticket.assignment.map { $0.isOpen ? 1 : 0 }, at: 10)
      row.bind(counted, at: 11)
      row.bind(ticket.targets.isEmpty ? nil : ticket.targets.text, at: 12)
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
