#if SQLite
  import GRDB
  import GRDBSQLite
  import PluginAPI

  /// Keeps decisions in the table beside the tickets: the last one of each ticket.
  enum DecisionWriting {
    private static let version = "SELECT version FROM tickets WHERE id = ?"
    /// Where the ticket has that version. A decision that is there already is left as it is.
    private static let decision = """
      INSERT INTO decisions (ticket, version, json, written)
      SELECT id, version, ?2, ?4 FROM tickets WHERE id = ?1 AND version = ?3
      ON CONFLICT (ticket) DO UPDATE SET version = excluded.version, json = excluded.json, written = excluded.written
      WHERE version <> excluded.version OR json <> excluded.json
      """

    /// One result a decision, in the same order. To be called within a transaction.
    static func write(_ decisions: [DecisionRecord], to database: Database) throws -> [WriteResult] {
      let insertion = try database.cachedStatement(sql: decision).sqliteStatement
      let now = try String.fetchOne(database, sql: "SELECT strftime('%Y-%m-%dT%H:%M:%fZ')") ?? ""
      sqlite3_bind_text(insertion, 4, now, Int32(now.utf8.count), copied)
      return try decisions.map { record in
        WriteResult(ticket: record.ticket, status: try write(record, insertion, to: database))
      }
    }

    private static func write(
      _ record: DecisionRecord, _ insertion: SQLiteStatement, to database: Database
    ) throws -> WriteResult.Status {
      if record.version.isEmpty { return .rejected(reason: Messages.noVersion) }
      if let version = Int64(record.version), String(version) == record.version,
        try insert(record, version, insertion, to: database) > 0
      {
        return .written
      }
      // It was there already, or the ticket is another by now.
      let statement = try database.cachedStatement(sql: version)
      guard let current = try Int64.fetchOne(statement, arguments: [record.ticket]) else { return .missing }
      return String(current) == record.version ? .written : .conflict
    }

    /// How many rows changed. Values go straight to SQLite, which takes a copy of them: a decision is long, and the lists in
    /// which values are otherwise handed over copy it twice.
    private static func insert(
      _ record: DecisionRecord, _ version: Int64, _ statement: SQLiteStatement, to database: Database
    ) throws -> Int {
      sqlite3_bind_text(statement, 1, record.ticket, Int32(record.ticket.utf8.count), copied)
      record.json.withUnsafeBytes { bytes in
        let start = bytes.bindMemory(to: CChar.self).baseAddress
        sqlite3_bind_text(statement, 2, start, Int32(bytes.count), copied)
      }
      sqlite3_bind_int64(statement, 3, version)
      let code = sqlite3_step(statement)
      sqlite3_reset(statement)
      guard code == SQLITE_DONE else {
        let message = String(cString: sqlite3_errmsg(database.sqliteConnection))
        throw DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
      }
      return Int(sqlite3_changes(database.sqliteConnection))
    }

    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
  }
#endif
