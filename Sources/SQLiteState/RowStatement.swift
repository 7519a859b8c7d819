#if Service
  import GRDB
  import GRDBSQLite

  /// A statement that is run for row after row of a page. Its values go straight to SQLite: the lists in which they are
  /// otherwise handed over cost as much as an insertion.
  struct RowStatement {
    private let statement: SQLiteStatement
    private let database: Database

    init(_ sql: String, in database: Database) throws {
      statement = try database.cachedStatement(sql: sql).sqliteStatement
      self.database = database
    }

    // MARK: - In

    /// - Parameter index: from 1.
    func bind(_ value: Int64?, at index: Int32) {
      if let value {
        sqlite3_bind_int64(statement, index, value)
      } else {
        sqlite3_bind_null(statement, index)
      }
    }

    func bind(_ text: String?, at index: Int32) {
      guard let text else {
        sqlite3_bind_null(statement, index)
        return
      }
      sqlite3_bind_text(statement, index, text, Int32(text.utf8.count), Self.copied)
    }

    /// No bytes become NULL.
    func bind(_ bytes: [UInt8], at index: Int32) {
      if bytes.isEmpty {
        sqlite3_bind_null(statement, index)
      } else {
        sqlite3_bind_blob(statement, index, bytes, Int32(bytes.count), Self.copied)
      }
    }

    /// SQLite takes a copy of what is bound (https://www.sqlite.org/c3ref/c_static.html).
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    // MARK: - Out

    /// Runs the statement with what was bound, and makes it ready for the next row.
    func run() throws {
      let code = sqlite3_step(statement)
      sqlite3_reset(statement)
      if code != SQLITE_DONE { throw failure(code) }
    }

    /// Runs the statement with what was bound, and makes it ready for the next row.
    ///
    /// - Parameter read: takes the first row that comes of it, where one does.
    func first<Result>(_ read: (SQLiteStatement) throws -> Result) throws -> Result? {
      let code = sqlite3_step(statement)
      defer { sqlite3_reset(statement) }
      switch code {
      case SQLITE_ROW: return try read(statement)
      case SQLITE_DONE: return nil
      default: throw failure(code)
      }
    }

    private func failure(_ code: Int32) -> DatabaseError {
      let message = String(cString: sqlite3_errmsg(database.sqliteConnection))
      return DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
    }
  }

  extension [UInt8] {
    /// A column of the row that a statement stands at; empty where it is NULL.
    ///
    /// - Parameter index: from 0.
    init(column index: Int32, of statement: SQLiteStatement) {
      let bytes = sqlite3_column_blob(statement, index)
      self.init(
        UnsafeRawBufferPointer(
          start: bytes, count: bytes == nil ? 0 : Int(sqlite3_column_bytes(statement, index))))
    }
  }
#endif
