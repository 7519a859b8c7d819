#if Service
  import GRDB
  import GRDBSQLite

  /// A statement that is run for row after row of a page. Its values go straight to SQLite: the lists in which they are
  /// otherwise handed over cost as much as the insertion.
  struct RowInsertion {
    private let statement: SQLiteStatement
    private let database: Database

    init(_ sql: String, in database: Database) throws {
      statement = try database.cachedStatement(sql: sql).sqliteStatement
      self.database = database
    }

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

    /// SQLite takes a copy of what is bound (https://www.sqlite.org/c3ref/c_static.html).
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    /// Runs the statement with what was bound, and makes it ready for the next row.
    func run() throws {
      let code = sqlite3_step(statement)
      sqlite3_reset(statement)
      if code == SQLITE_DONE { return }
      let message = String(cString: sqlite3_errmsg(database.sqliteConnection))
      throw DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
    }
  }
#endif
