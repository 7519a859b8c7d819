#if SQLite
  import GRDB
  import GRDBSQLite
  import PluginAPI

  /// Appends rows to pages without making a Swift value of any column.
  struct RowReader {
    /// A page ends at this size, so that memory stays flat and a page fits into a line of the protocol.
    static let pageLimit = 1 << 20

    private let statement: SQLiteStatement
    private let rows: RowCursor
    private let hasVersions: Bool
    /// Bytes as the file has them; of a database in UTF-16 SQLite converts them first.
    private let isUTF8: Bool
    private var isOver = false

    /// - Parameter isUTF8: what `isUTF8(_:)` says of the database.
    init(_ database: Database, _ sql: String, arguments: StatementArguments, isUTF8: Bool) throws {
      let statement = try database.cachedStatement(sql: sql)
      rows = try Row.fetchCursor(statement, arguments: arguments)
      self.statement = statement.sqliteStatement
      hasVersions = statement.columnCount > 2
      self.isUTF8 = isUTF8
    }

    /// Whether the file holds texts as UTF-8, which never changes.
    static func isUTF8(_ database: Database) throws -> Bool {
      try String.fetchOne(database, sql: "PRAGMA encoding") == "UTF-8"
    }

    /// Goes to the next row; false behind the last one.
    mutating func advance() throws -> Bool {
      if isOver { return false }
      isOver = try rows.next() == nil
      return !isOver
    }

    /// The first column of the row.
    var key: Int64 { sqlite3_column_int64(statement, 0) }

    /// The first column of the row as text.
    var id: String {
      let start = sqlite3_column_text(statement, 0)
      return String(
        decoding: UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, 0))),
        as: UTF8.self)
    }

    /// Appends the row's ticket to `page`.
    func append(to page: inout TicketPage) {
      guard sqlite3_column_type(statement, 1) != SQLITE_NULL else {
        return page.addMalformed(Messages.noJSON)
      }
      let start = UnsafeRawPointer(
        isUTF8 ? sqlite3_column_blob(statement, 1) : UnsafeRawPointer(sqlite3_column_text(statement, 1)))
      let bytes = UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, 1)))
      if bytes.count > TicketTable.recordLimit { return page.addMalformed(Messages.tooLong(bytes.count)) }
      let first = page.buffer.count
      page.buffer.append(contentsOf: bytes)
      page.records.append(.init(range: first..<page.buffer.count, line: 0))
      if hasVersions { page.versions.append(String(sqlite3_column_int64(statement, 2))) }
    }
  }

  extension TicketPage {
    /// Whether a further record should go into another page.
    func isFull(_ limit: Int) -> Bool {
      records.count + malformed.count >= limit || buffer.count >= RowReader.pageLimit
    }

    fileprivate mutating func addMalformed(_ message: String) {
      malformed.append(.init(position: records.count, line: 0, message: message))
    }
  }
#endif
