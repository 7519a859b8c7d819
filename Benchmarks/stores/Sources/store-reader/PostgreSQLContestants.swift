import CBareLibPQ
import PluginAPI
import PostgreSQLStore

/// The same tickets by libpq, with no docket around it.
enum PostgreSQLContestants {
  struct Failure: Error { var message: String }

  /// - Parameter place: `SOCKET-FOLDER:PORT`, as `server.py` of the plugin's tests has it.
  static func settings(_ place: String) -> [String: PluginConfiguration.Value] {
    let parts = place.split(separator: ":").map(String.init)
    return [
      "host": .text(parts[0]), "port": .number(Double(parts[1]) ?? 0), "database": .text("postgres"),
      "user": .text("docket"), "create": .boolean(true),
    ]
  }

  private static func connect(_ place: String) throws -> OpaquePointer {
    let parts = place.split(separator: ":")
    let connection = PQconnectdb("host=\(parts[0]) port=\(parts[1]) dbname=postgres user=docket")
    guard let connection, PQstatus(connection) == CONNECTION_OK else {
      throw Failure(message: "no connection")
    }
    return connection
  }

  private static func run(
    _ connection: OpaquePointer, _ sql: String, _ status: ExecStatusType = PGRES_COMMAND_OK
  ) throws {
    let result = PQexec(connection, sql)
    defer { PQclear(result) }
    if PQresultStatus(result) != status {
      throw Failure(message: String(cString: PQerrorMessage(connection)))
    }
  }

  static func make(_ place: String, _ count: Int) async throws -> Tally {
    let store = PostgreSQLStore()
    try await store.open(PluginConfiguration(instance: "postgresql", values: settings(place)))
    await store.close()
    let connection = try connect(place)
    defer { PQfinish(connection) }
    try run(connection, "COPY docket.tickets (id, json) FROM STDIN", PGRES_COPY_IN)
    var tally = Tally()
    for number in 0..<count {
      let ticket = SampleTicket(number)
      ticket.json.utf8.withContiguousStorageIfAvailable { tally.add(UnsafeRawBufferPointer($0)) }
      let line = "\(ticket.id)\t\(ticket.json.replacing("\\", with: "\\\\"))\n"
      guard line.withCString({ PQputCopyData(connection, $0, Int32(line.utf8.count)) }) == 1 else { break }
    }
    guard PQputCopyEnd(connection, nil) == 1, let result = PQgetResult(connection),
      PQresultStatus(result) == PGRES_COMMAND_OK
    else { throw Failure(message: String(cString: PQerrorMessage(connection))) }
    PQclear(result)
    while let result = PQgetResult(connection) { PQclear(result) }
    // What would otherwise happen within the first readings.
    try run(connection, "VACUUM ANALYZE docket.tickets")
    try run(connection, "CHECKPOINT")
    return tally
  }

  /// A binary COPY, row by row.
  static func copy(_ place: String) throws -> Tally {
    let connection = try connect(place)
    defer { PQfinish(connection) }
    try run(
      connection, "COPY (SELECT json, version FROM docket.tickets) TO STDOUT (FORMAT binary)", PGRES_COPY_OUT)
    var tally = Tally()
    var start: UnsafeMutablePointer<CChar>?
    while true {
      let count = Int(PQgetCopyData(connection, &start, 0))
      guard count > 0, let row = start else { break }
      // The first message begins with 19 bytes of header; the last one holds two bytes.
      let header = tally.tickets == 0 ? 19 : 0
      if count > 2 + header {
        let bytes = UnsafeRawBufferPointer(start: row, count: count)
        let size = Int(UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: header + 2, as: UInt32.self)))
        tally.add(UnsafeRawBufferPointer(rebasing: bytes[(header + 6)..<(header + 6 + size)]))
      }
      PQfreemem(row)
    }
    return tally
  }

  /// A query in single-row mode.
  static func rows(_ place: String) throws -> Tally {
    let connection = try connect(place)
    defer { PQfinish(connection) }
    guard PQsendQuery(connection, "SELECT json, version FROM docket.tickets") == 1,
      PQsetSingleRowMode(connection) == 1
    else { throw Failure(message: String(cString: PQerrorMessage(connection))) }
    var tally = Tally()
    while let result = PQgetResult(connection) {
      if PQntuples(result) == 1 {
        tally.add(
          UnsafeRawBufferPointer(start: PQgetvalue(result, 0, 0), count: Int(PQgetlength(result, 0, 0))))
      }
      PQclear(result)
    }
    return tally
  }
}
