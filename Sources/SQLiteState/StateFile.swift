#if Service
  import Engine
  import GRDB
  import GRDBSQLite
  import Glibc
  import Synchronization

  /// The file: one connection that keeps others out, opened again after a failure that a new one may not have.
  final class StateFile: Sendable {
    let path: String
    private let queue = Mutex<DatabaseQueue?>(nil)

    init(path: String) { self.path = path }

    /// Runs `body` in one transaction.
    ///
    /// - Parameter isLasting: whether it must outlive a failure of the power as well as one of the process; the next
    ///   transaction that must makes those before it last, too.
    func write<Result: Sendable>(
      isLasting: Bool = true, _ body: @escaping @Sendable (Database) throws -> Result
    ) async throws(StateError) -> Result {
      try await perform { database in
        var result: Result?
        if !isLasting { try database.execute(sql: "PRAGMA synchronous = NORMAL") }
        defer { if !isLasting { try? database.execute(sql: "PRAGMA synchronous = FULL") } }
        try database.inTransaction(.immediate) {
          result = try body(database)
          return .commit
        }
        guard let result else { throw DatabaseError(resultCode: .SQLITE_ABORT) }
        return result
      }
    }

    /// Runs `body`, which only reads, is one statement, or makes its own transactions.
    func perform<Result: Sendable>(
      _ body: @escaping @Sendable (Database) throws -> Result
    ) async throws(StateError) -> Result {
      do {
        return try await opened().writeWithoutTransaction(body)
      } catch {
        let failure = Failure.stateError(error, path: path, isWritable: isWritable)
        // A connection to a file that could not be written stays so.
        if failure.kind != .full { close() }
        throw failure
      }
    }

    /// Makes the tables or brings them up to date.
    func migrate() async throws(StateError) {
      do {
        let queue = try opened()
        try await queue.writeWithoutTransaction { _ in }
        try Schema.migrator.migrate(queue)
      } catch {
        close()
        throw Failure.stateError(error, path: path, isWritable: isWritable)
      }
    }

    /// Whether the file may be written; also where there is none yet.
    private var isWritable: Bool { access(path, W_OK) == 0 || errno == ENOENT }

    func close() {
      let old = queue.withLock { queue in
        defer { queue = nil }
        return queue
      }
      try? old?.close()
    }

    private func opened() throws -> DatabaseQueue {
      try queue.withLock { queue in
        if let queue { return queue }
        let new = try Self.open(path)
        queue = new
        return new
      }
    }

    /// Exclusive locking keeps a second service out from the first access on, until this process ends, whichever way it
    /// ends (https://www.sqlite.org/pragma.html#pragma_locking_mode). With it the log needs no shared memory beside the file.
    ///
    /// `synchronous = FULL` makes each transaction durable before anything of it is sent, also when the power fails. A log of
    /// 32 MiB is put into the file at once, so that what is written often is put there once; and as much is kept in memory, so
    /// that a page of tickets, whose timers lie all over the index, is not written out and read again within a transaction.
    private static func open(_ path: String) throws -> DatabaseQueue {
      var configuration = Configuration()
      configuration.busyMode = .immediateError
      configuration.allowsUnsafeTransactions = true
      configuration.foreignKeysEnabled = false
      configuration.label = "docket.state"
      configuration.prepareDatabase { database in
        try database.execute(
          sql: """
            PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 8192;
            PRAGMA cache_size = -32768
            """)
      }
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.writeWithoutTransaction { try prepare($0, path) }
      return queue
    }

    private static func prepare(_ database: Database, _ path: String) throws {
      if sqlite3_db_readonly(database.sqliteConnection, "main") != 0 {
        throw StateError(.readOnly, path: path)
      }
      switch try Schema.condition(database) {
      case .newer: throw StateError(.newer, path: path)
      case .foreign: throw StateError(.unusable, path: path, detail: "it holds other tables")
      case .empty, .older, .current: break
      }
      _ = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
      // Takes the lock that is not given back.
      try database.execute(sql: "BEGIN IMMEDIATE; COMMIT")
    }
  }
#endif
