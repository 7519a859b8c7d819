#if SQLite
  import Dispatch
  import GRDB
  import GRDBSQLite
  import PluginAPI

  /// One connection to the database, whose work runs on a queue of its own and never on the threads of Swift's tasks.
  ///
  /// A transaction may stay open between two calls.
  struct Connection: Sendable {
    let path: String
    private let queue: DatabaseQueue

    /// Opens an existing file, or makes it where `isReadOnly` is false. A file that nobody may write is opened for reading.
    static func open(_ path: String, isReadOnly: Bool, _ limits: Limits) async throws(PluginError)
      -> Connection
    {
      try await blocking(path) { try Connection(path, isReadOnly: isReadOnly, limits) }
    }

    private init(_ path: String, isReadOnly: Bool, _ limits: Limits) throws {
      var configuration = Configuration()
      configuration.readonly = isReadOnly
      configuration.busyMode = .timeout(limits.lockWait / .seconds(1))
      configuration.allowsUnsafeTransactions = true
      configuration.foreignKeysEnabled = false
      configuration.label = "docket.sqlite"
      // A page of the service's decisions is kept in memory until it is written.
      if !isReadOnly { configuration.prepareDatabase { try $0.execute(sql: "PRAGMA cache_size = -32768") } }
      self.path = path
      queue = try DatabaseQueue(path: path, configuration: configuration)
    }

    /// Runs `body`, whose errors are turned into those of plugins.
    func perform<Result: Sendable>(
      _ body: @Sendable (Database) throws -> Result
    ) async throws(PluginError) -> Result {
      do { return try await queue.writeWithoutTransaction(body) } catch {
        throw Failure.pluginError(error, path: path)
      }
    }

    /// Runs `body` here and now, for what waits for no lock: changing threads twice takes a third of the time of a page.
    func performHere<Result: Sendable>(_ body: (Database) throws -> Result) throws(PluginError) -> Result {
      do { return try queue.writeWithoutTransaction(body) } catch {
        throw Failure.pluginError(error, path: path)
      }
    }

    /// Runs `body` in one transaction that locks out other writers from its beginning on.
    func write<Result: Sendable>(
      _ body: @Sendable (Database) throws -> Result
    ) async throws(PluginError) -> Result {
      try await perform { database in
        var result: Result?
        try database.inTransaction(.immediate) {
          result = try body(database)
          return .commit
        }
        guard let result else { throw DatabaseError(resultCode: .SQLITE_ABORT) }
        return result
      }
    }

    func migrate(_ migrator: DatabaseMigrator) async throws(PluginError) {
      try await Self.blocking(path) { [queue] in try migrator.migrate(queue) }
    }

    /// Runs what may wait for a lock on a thread that may wait.
    private static func blocking<Result: Sendable>(
      _ path: String, _ body: @escaping @Sendable () throws -> Result
    ) async throws(PluginError) -> Result {
      do {
        return try await withCheckedThrowingContinuation { continuation in
          DispatchQueue.global().async { continuation.resume(with: Swift.Result { try body() }) }
        }
      } catch {
        throw Failure.pluginError(error, path: path)
      }
    }
  }

  extension Database {
    /// Whether SQLite opened the file for reading only, because of its permissions or its disk.
    var isWriteProtected: Bool { sqlite3_db_readonly(sqliteConnection, "main") != 0 }

    var usesWriteAheadLog: Bool {
      get throws { try String.fetchOne(self, sql: "PRAGMA journal_mode") == "wal" }
    }
  }
#endif
