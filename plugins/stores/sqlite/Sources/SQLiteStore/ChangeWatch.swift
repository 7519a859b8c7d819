#if SQLite
  import GRDB
  import PluginAPI

  /// Looks twice a second whether something changed: SQLite tells other programs nothing.
  enum ChangeWatch {
    /// A stream that yields after changes since this call, until its reader or `task` is cancelled.
    static func start(
      _ path: String, _ table: TicketTable, _ limits: Limits
    ) async throws(PluginError) -> (stream: AsyncStream<Void>, task: Task<Void, Never>) {
      let connection = try await Connection.open(path, isReadOnly: true, limits)
      let first = try await state(connection, table)
      let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
      let task = Task {
        var last = first
        while (try? await Task.sleep(for: limits.watch)) != nil {
          // A database that is locked, or replaced, is looked at again.
          guard let state = try? await state(connection, table), state != last else { continue }
          last = state
          continuation.yield()
        }
        continuation.finish()
      }
      continuation.onTermination = { _ in task.cancel() }
      return (stream, task)
    }

    /// A number that is another one after a change: the count of changes of Docket's own tickets, else SQLite's count of
    /// commits by others (https://www.sqlite.org/pragma.html#pragma_data_version).
    private static func state(
      _ connection: Connection, _ table: TicketTable
    ) async throws(PluginError) -> Int64 {
      try await connection.perform { database in
        if table == .own { return try ChangeCount(database).value }
        return try Int64.fetchOne(database, sql: "PRAGMA data_version") ?? 0
      }
    }
  }
#endif
