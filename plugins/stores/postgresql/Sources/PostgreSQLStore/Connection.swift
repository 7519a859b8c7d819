#if PostgreSQL
  import CLibPQ
  import Glibc
  import PluginAPI

  /// One connection over libpq, whose calls block: it belongs to an actor with a `QueueExecutor`.
  final class Connection {
    /// How long a server may take to let us in, in seconds.
    private static let connectLimit = 10

    private let handle: OpaquePointer
    let parameters: ConnectionParameters
    /// The SQLSTATE of the last error; empty where the server did not report it.
    private(set) var lastState = ""

    /// Connects, encrypted as the parameters say.
    init(_ parameters: ConnectionParameters) throws(PluginError) {
      self.parameters = parameters
      let keys = parameters.keywords.map { strdup($0.key) }
      let values = parameters.keywords.map { strdup($0.value) }
      defer { (keys + values).forEach { free($0) } }
      let started = PQconnectStartParams(
        keys.map { UnsafePointer($0) } + [nil], values.map { UnsafePointer($0) } + [nil], 0)
      guard let started else { throw PluginError(.transient, Messages.noMemory) }
      handle = started
      // Errors of the server then begin with their SQLSTATE, which says what to do about them.
      PQsetErrorVerbosity(handle, PQERRORS_VERBOSE)
      PQsetNoticeProcessor(handle, { _, _ in }, nil)
      try finishConnecting()
      guard PQserverVersion(handle) >= 130_000 else {
        throw PluginError(
          .configuration, Messages.oldServer(PQserverVersion(handle) / 10_000), pointer: "/host",
          hint: Messages.oldServerHint)
      }
    }

    deinit { PQfinish(handle) }

    private func finishConnecting() throws(PluginError) {
      let deadline = ContinuousClock.now + .seconds(Self.connectLimit)
      var state = PGRES_POLLING_WRITING
      while state != PGRES_POLLING_OK {
        guard state != PGRES_POLLING_FAILED, PQstatus(handle) != CONNECTION_BAD else {
          throw ConnectionFailure(handle, parameters).pluginError
        }
        let left = (deadline - ContinuousClock.now) / .milliseconds(1)
        guard left > 0,
          waitUntilReady(
            for: state == PGRES_POLLING_READING ? POLLIN : POLLOUT, milliseconds: Int32(left) + 1)
        else {
          throw PluginError(.transient, Messages.silent(parameters.place, Self.connectLimit))
        }
        state = PQconnectPoll(handle)
      }
    }

    /// Waits until the socket can be read or written; false where the time is up.
    private func waitUntilReady(for events: Int32, milliseconds: Int32) -> Bool {
      var descriptor = pollfd(fd: PQsocket(handle), events: Int16(events), revents: 0)
      return poll(&descriptor, 1, milliseconds) != 0
    }

    /// Whether it was lost: then it is of no further use.
    var isLost: Bool { PQstatus(handle) != CONNECTION_OK }

    var isEncrypted: Bool { PQsslInUse(handle) != 0 }

    // MARK: Statements

    /// Runs statements that answer nothing, as one transaction unless they say otherwise.
    func execute(_ sql: String) throws(PluginError) {
      _ = try Rows(PQexec(handle, sql), expecting: [PGRES_COMMAND_OK, PGRES_TUPLES_OK], of: self)
    }

    /// Runs one statement with arguments for `$1`, `$2`, …, all of them texts.
    func query(_ sql: String, _ arguments: [[UInt8]] = []) throws(PluginError) -> Rows {
      let texts = arguments.map { strndup($0.map(CChar.init(bitPattern:)), $0.count) }
      defer { texts.forEach { free($0) } }
      let values = texts.map { UnsafePointer($0) }
      let result = PQexecParams(handle, sql, Int32(values.count), nil, values, nil, nil, 0)
      return try Rows(result, expecting: [PGRES_TUPLES_OK, PGRES_COMMAND_OK], of: self)
    }

    /// Runs `body` in a transaction that `begin` opens.
    func transaction<Result>(
      _ begin: String, _ body: () throws(PluginError) -> Result
    ) throws(PluginError) -> Result {
      try execute(begin)
      do throws(PluginError) {
        let result = try body()
        try execute("COMMIT")
        return result
      } catch {
        try? execute("ROLLBACK")
        throw error
      }
    }

    // MARK: COPY

    /// Begins a `COPY … TO STDOUT`, whose rows `nextCopyData` then hands over.
    func beginCopy(_ sql: String) throws(PluginError) {
      _ = try Rows(PQexec(handle, sql), expecting: [PGRES_COPY_OUT], of: self)
    }

    /// Calls `body` with the next message of the running COPY; false behind the last one.
    func nextCopyData(_ body: (UnsafeRawBufferPointer) throws(PluginError) -> Void) throws(PluginError)
      -> Bool
    {
      var start: UnsafeMutablePointer<CChar>?
      let count = PQgetCopyData(handle, &start, 0)
      guard count > 0, let start else {
        while let result = PQgetResult(handle) {
          _ = try Rows(result, expecting: [PGRES_COMMAND_OK], of: self)
        }
        if count != -1 { throw failure(of: nil) }
        return false
      }
      defer { PQfreemem(start) }
      try body(UnsafeRawBufferPointer(start: start, count: Int(count)))
      return true
    }

    // MARK: Notifications

    /// Whether a notification came, of whatever channel; waits for one.
    func waitForNotification(milliseconds: Int32) throws(PluginError) -> Bool {
      var hasNotification = takeNotifications()
      if !hasNotification, waitUntilReady(for: POLLIN, milliseconds: milliseconds) {
        guard PQconsumeInput(handle) != 0 else { throw failure(of: nil) }
        hasNotification = takeNotifications()
      }
      return hasNotification
    }

    private func takeNotifications() -> Bool {
      var hasNotification = false
      while let notification = PQnotifies(handle) {
        PQfreemem(notification)
        hasNotification = true
      }
      return hasNotification
    }

    // MARK: Failures

    /// What went wrong with `result`, or with the connection.
    func failure(of result: OpaquePointer?) -> PluginError {
      lastState = ""
      if isLost {
        return PluginError(.transient, Messages.lost(parameters.place), hint: Messages.lostHint)
      }
      func field(_ code: Character) -> String {
        let text = PQresultErrorField(result, Int32(code.asciiValue ?? 0))
        return text.map { String(cString: $0) } ?? ""
      }
      // PG_DIAG_SQLSTATE and PG_DIAG_MESSAGE_PRIMARY; the detail may hold data, so that nobody is told.
      lastState = field("C")
      return ServerFailure(state: lastState, message: field("M")).pluginError(parameters)
    }
  }

  /// The rows that a statement answered, in the text format.
  final class Rows {
    private let result: OpaquePointer

    /// Takes over `result`; throws where its status is none of `expecting`.
    fileprivate init(
      _ result: OpaquePointer?, expecting: [ExecStatusType], of connection: Connection
    ) throws(PluginError) {
      guard let result else { throw connection.failure(of: nil) }
      self.result = result
      if !expecting.contains(PQresultStatus(result)) { throw connection.failure(of: result) }
    }

    deinit { PQclear(result) }

    var count: Int { Int(PQntuples(result)) }

    /// The bytes of one cell; nil for NULL.
    func bytes(_ row: Int, _ column: Int) -> UnsafeRawBufferPointer? {
      guard PQgetisnull(result, Int32(row), Int32(column)) == 0 else { return nil }
      return UnsafeRawBufferPointer(
        start: PQgetvalue(result, Int32(row), Int32(column)),
        count: Int(PQgetlength(result, Int32(row), Int32(column))))
    }

    func text(_ row: Int, _ column: Int) -> String? {
      bytes(row, column).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The first column.
    var texts: [String] { (0..<count).compactMap { text($0, 0) } }
  }
#endif
