import Foundation
import GRDB
import GRDBSQLite
import PluginAPI
import SQLiteStore

/// The same tickets by SQLite's C functions, by GRDB, and by the store.
enum SQLiteContestants {
  static func make(_ path: String, _ count: Int) async throws -> Tally {
    let store = SQLiteStore()
    try await store.open(
      PluginConfiguration(instance: "sqlite", values: ["path": .text(path), "create": .boolean(true)]))
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
    var tally = Tally()
    while sqlite3_step(statement) == SQLITE_ROW {
      _ = sqlite3_column_int64(statement, 2)
      let start = sqlite3_column_blob(statement, 1)
      tally.add(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, 1))))
    }
    return tally
  }

  static func store(_ path: String) async throws -> Tally {
    let store = SQLiteStore()
    try await store.open(PluginConfiguration(instance: "sqlite", values: ["path": .text(path)]))
    return try await read(store)
  }
}

/// All pages of a store, of 500 tickets each.
func read(_ store: any TicketStore) async throws -> Tally {
  var tally = Tally()
  for try await page in store.pages(since: nil, limit: 500) {
    page.buffer.withUnsafeBytes { bytes in
      for record in page.records { tally.add(UnsafeRawBufferPointer(rebasing: bytes[record.range])) }
    }
  }
  await store.close()
  return tally
}
