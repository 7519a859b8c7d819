#if PostgreSQL
  import PluginAPI

  /// Listens for what the triggers of Docket's table tell, on a connection of its own that is made anew where it was lost.
  actor ChangeWatch {
    private nonisolated let executor = QueueExecutor()
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let parameters: ConnectionParameters
    private let table: TicketTable
    private let limits: Limits
    private var connection: Connection?

    init(_ parameters: ConnectionParameters, _ table: TicketTable, _ limits: Limits) {
      self.parameters = parameters
      self.table = table
      self.limits = limits
    }

    /// A stream that yields after changes since this call, until its reader or `task` is cancelled.
    func start() throws(PluginError) -> (stream: AsyncStream<Void>, task: Task<Void, Never>) {
      try connect()
      let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
      let task = Task {
        await listen { continuation.yield() }
        continuation.finish()
      }
      continuation.onTermination = { _ in task.cancel() }
      return (stream, task)
    }

    private func connect() throws(PluginError) {
      let connection = try Connection(parameters)
      try connection.execute("LISTEN \("docket.\(table.number)".quotedName)")
      self.connection = connection
    }

    private func listen(_ tell: () -> Void) async {
      var pause = limits.pause
      while !Task.isCancelled {
        do throws(PluginError) {
          if connection == nil {
            try connect()
            // Nobody knows what happened meanwhile.
            tell()
          }
          if try wait() { tell() }
          pause = limits.pause
        } catch {
          connection = nil
          try? await Task.sleep(for: pause)
          pause = min(pause * 2, limits.longestPause)
        }
      }
      connection = nil
    }

    private func wait() throws(PluginError) -> Bool {
      try connection?.waitForNotification(milliseconds: limits.watch.milliseconds) ?? false
    }
  }
#endif
