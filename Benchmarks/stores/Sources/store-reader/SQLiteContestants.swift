import GRDB
import GRDBSQLite
import PluginAPI
import SQLiteStore

/// The same tickets by SQLite's C functions and by GRDB, with no docket around them.
enum SQLiteContestants {
  static func settings(_ path: String) -> [String: PluginConfiguration.Value] {
    ["path": .text(path), "create": .boolean(true)]
  }

  static func make(_ path: String, _ count: Int) async throws -> Tally {
    let store = SQLiteStore()
    try await store.open(PluginConfiguration(instance: "sqlite", values: settings(path)))
    store.close()
    return try await DatabaseQueue(path: path).write { database in
      let statement = try database.makeStatement(sql: "INSERT INTO tickets (id, json) VALUES (?, ?)")
      var tally = Tally()
      for number in 0..<count {
        let ticket = SampleTicket(number)
        try statement.execute(arguments: [ticket.id, ticket.json])
        ticket.json.utf8.withContiguousStorageIfAvailable { tally.add(UnsafeRawBufferPointer($0)) }
      }
      return tally
    }
  }

  private static let all = "SELECT number, json, version FROM tickets ORDER BY number"

  /// What GRDB documents as its fastest way: a cursor of rows, data without copies.
  static func grdb(_ path: String) throws -> Tally {
    var configuration = Configuration()
    configuration.readonly = true
    return try DatabaseQueue(path: path, configuration: configuration).read { database in
      var tally = Tally()
      let rows = try Row.fetchCursor(database, sql: all)
      while let row = try rows.next() {
        let _: Int64 = row[2]
        try row.withUnsafeData(atIndex: 1) { data in data?.withUnsafeBytes { tally.add($0) } }
      }
      return tally
    }
  }

  /// The floor: one statement, no copy.
  static func c(_ path: String) throws -> Tally {
    var connection: OpaquePointer?
    var statement: OpaquePointer?
    guard sqlite3_open_v2(path, &connection, SQLITE_OPEN_READONLY, nil) == SQLITE_OK,
      sqlite3_prepare_v2(connection, all, -1, &statement, nil) == SQLITE_OK
    else { throw DatabaseError(message: "cannot open") }
    defer {
      sqlite3_finalize(statement)
      sqlite3_close(connection)
    }
    var tally = Tally()
    while sqlite3_step(statement) == SQLITE_ROW {
      _ = sqlite3_column_int64(statement, 2)
      let start = sqlite3_column_blob(statement, 1)
      tally.add(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, 1))))
    }
    return tally
  }
}
