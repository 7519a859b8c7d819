#if PostgreSQL
  import PluginAPI

  /// One connection for everything but readings, made anew where it was lost.
  actor Session {
    private nonisolated let executor = QueueExecutor()
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let parameters: ConnectionParameters
    private var connection: Connection?

    /// Begins a transaction in which nothing takes longer than it should.
    let begin: String

    init(_ parameters: ConnectionParameters, _ limits: Limits) {
      self.parameters = parameters
      begin =
        "BEGIN; SET LOCAL statement_timeout = '\(limits.request.milliseconds)ms'; "
        + "SET LOCAL lock_timeout = '\(limits.lock.milliseconds)ms'"
    }

    /// Runs `body` with the connection. What it does must be a transaction, or nothing is left of it after an error.
    func perform<Result: Sendable>(
      _ body: @Sendable (Connection) throws(PluginError) -> Result
    ) throws(PluginError) -> Result {
      let current = try connect()
      do throws(PluginError) { return try body(current) } catch {
        if current.isLost { connection = nil }
        throw error
      }
    }

    private func connect() throws(PluginError) -> Connection {
      if let connection { return connection }
      let made = try Connection(parameters)
      connection = made
      return made
    }

    func transaction<Result: Sendable>(
      _ body: @Sendable (Connection) throws(PluginError) -> Result
    ) throws(PluginError) -> Result {
      try perform { [begin] (connection) throws(PluginError) in
        try connection.transaction(begin) { () throws(PluginError) in try body(connection) }
      }
    }

    func close() { connection = nil }
  }

  extension Duration {
    /// Whole milliseconds, as settings of the server and of libpq have them.
    var milliseconds: Int32 { Int32(self / .milliseconds(1)) }
  }
#endif
