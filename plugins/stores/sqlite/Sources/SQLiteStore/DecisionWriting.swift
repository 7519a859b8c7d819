#if SQLite
  import GRDB
  import PluginAPI

  /// Keeps decisions in the table beside the tickets: the last one of each ticket.
  enum DecisionWriting {
    private static let version = "SELECT version FROM tickets WHERE id = ?"
    /// A decision that is there already is left as it is.
    private static let decision = """
      INSERT INTO decisions (ticket, version, json) VALUES (?, ?, ?)
      ON CONFLICT (ticket) DO UPDATE
      SET version = excluded.version, json = excluded.json, written = strftime('%Y-%m-%dT%H:%M:%fZ')
      WHERE version <> excluded.version OR json <> excluded.json
      """

    /// One result a decision, in the same order. To be called within a transaction.
    static func write(_ decisions: [DecisionRecord], to database: Database) throws -> [WriteResult] {
      try decisions.map { WriteResult(ticket: $0.ticket, status: try write($0, to: database)) }
    }

    private static func write(_ record: DecisionRecord, to database: Database) throws -> WriteResult.Status {
      if record.version.isEmpty { return .rejected(reason: Messages.noVersion) }
      let statement = try database.cachedStatement(sql: version)
      guard let current = try Int64.fetchOne(statement, arguments: [record.ticket]) else { return .missing }
      guard record.version == String(current) else { return .conflict }
      let insertion = try database.cachedStatement(sql: decision)
      try insertion.execute(
        arguments: [record.ticket, current, String(decoding: record.json, as: UTF8.self)])
      return .written
    }
  }
#endif
