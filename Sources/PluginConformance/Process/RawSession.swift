import PluginAPI
import PluginHost
import PluginProtocol
import ProcessAccess
import Synchronization

/// A session without a supervisor: bytes go out as the scenario says, and every line that comes back is looked at.
final class RawSession: Sendable {
  private struct State {
    var lines: [[UInt8]] = []
    var errors: [String] = []
    var end: ProcessEnd?
    var output: [UInt8] = []
    var nextID = 1
    /// How long the process took from its start to its first line.
    var startTime = Duration.zero
  }

  private final class Inbox: Sendable {
    let state = Mutex(State())
    private let start = ContinuousClock.now

    func receive(_ event: ProcessChannel.Event) {
      state.withLock { state in
        switch event {
        case .line(let line), .unfinishedLine(let line):
          if state.startTime == .zero { state.startTime = ContinuousClock.now - start }
          state.lines.append(line)
          if state.output.count < 16 << 20 { state.output += line + [0x0A] }
        case .lineTooLong(let size, _): state.lines.append(Array("a line of \(size) bytes".utf8))
        case .errorLine(let line): state.errors.append(line)
        case .expired: break
        case .end(let end): state.end = end
        }
      }
    }
  }

  private let inbox = Inbox()
  private let channel: ProcessChannel
  private let configuration: PluginConfiguration

  /// Starts the subject's process, and says nothing yet.
  init(_ subject: ProcessSubject, _ configuration: PluginConfiguration? = nil) throws {
    self.configuration = configuration ?? subject.resolved
    let launch = try subject.manifest.launch(subject.environment)
    let inbox = inbox
    channel = try ProcessChannel(launch, lineLimit: WireLimits.lineBytes) { inbox.receive($0) }
  }

  deinit { channel.signal(EndSignal.kill) }

  /// Everything that came out so far: stdout, and stderr.
  var output: (standard: [UInt8], error: String) {
    inbox.state.withLock { ($0.output, $0.errors.joined(separator: "\n")) }
  }

  var end: ProcessEnd? { inbox.state.withLock { $0.end } }

  // MARK: Saying

  func send(_ text: String) { channel.send(Array(text.utf8)) }
  func send(_ bytes: [UInt8]) { channel.send(bytes) }
  func closeInput() { channel.closeInput() }
  func kill() { channel.signal(EndSignal.kill) }

  /// The line of a request, with its end.
  func line(_ method: String, _ parameters: [String: JSONValue] = [:], id: String) -> [UInt8] {
    var parameters = parameters
    if parameters["deadlineMs"] == nil { parameters["deadlineMs"] = .number(30_000) }
    var line = [UInt8]()
    line.appendJSON(
      .object([
        "jsonrpc": .text("2.0"), "id": .text(id), "method": .text(method), "params": .object(parameters),
      ]))
    return line + [0x0A]
  }

  func newID() -> String {
    inbox.state.withLock { state in
      state.nextID += 1
      return "c\(state.nextID - 1)"
    }
  }

  /// What `initialize` is asked with.
  var initializeParameters: [String: JSONValue] {
    [
      "protocol": .number(Double(WireLimits.version)),
      "host": .object(["name": .text("docket plugin check"), "version": .text("1")]),
      "instance": .text(configuration.instance),
      "config": .object(configuration.values.mapValues { JSONValue($0) }),
      "limits": .object(["lineBytes": .number(Double(WireLimits.lineBytes))]), "deadlineMs": .number(10_000),
    ]
  }

  // MARK: Hearing

  /// The next line that is no notification. Throws where none comes in time, the process ends, or the line is no message.
  func next(within milliseconds: Int = 15_000) async throws -> WireMessage {
    let deadline = ContinuousClock.now + .milliseconds(milliseconds)
    while true {
      let (line, end) = inbox.state.withLock { state in
        (state.lines.isEmpty ? nil : state.lines.removeFirst(), state.end)
      }
      if let line {
        let message = try Self.message(line)
        if case .notification = message.kind { continue }
        return message
      }
      if let end { throw ScenarioEnd.failed("it ended with \(end.text)\(lastErrors)") }
      if ContinuousClock.now > deadline { throw ScenarioEnd.failed("no answer within \(milliseconds) ms") }
      try await Task.sleep(for: .milliseconds(2))
    }
  }

  private static func message(_ line: [UInt8]) throws -> WireMessage {
    do throws(WireSyntaxError) { return try WireMessage(line: line) } catch {
      throw ScenarioEnd.failed(
        "stdout carries '\(error.quotation)' (\(error.reason)); write logs to stderr: stdout carries the protocol alone"
      )
    }
  }

  private var lastErrors: String {
    let lines = inbox.state.withLock { $0.errors.suffix(3) }
    return lines.isEmpty ? "" : "; its stderr ends: " + lines.joined(separator: " | ")
  }

  /// Asks, and expects the answer to this and to nothing else.
  @discardableResult
  func request(_ method: String, _ parameters: [String: JSONValue] = [:]) async throws -> WireMessage {
    let id = newID()
    send(line(method, parameters, id: id))
    return try await answer(id)
  }

  /// The next answer, which must be that to `id`.
  func answer(_ id: String) async throws -> WireMessage {
    let message = try await next()
    try require(message.answeredID == id, "request \(id) was answered under \(message.answeredID ?? "no id")")
    return message
  }

  /// The answer must be a result.
  @discardableResult
  func result(_ method: String, _ parameters: [String: JSONValue] = [:]) async throws -> WireMessage {
    let message = try await request(method, parameters)
    if case .failure(_, let error) = message.kind {
      throw ScenarioEnd.failed("\(method) was answered with an error: \(error.message)")
    }
    return message
  }

  /// The answer must be an error.
  @discardableResult
  func failure(_ method: String, _ parameters: [String: JSONValue] = [:]) async throws -> WireError {
    let message = try await request(method, parameters)
    guard case .failure(_, let error) = message.kind else {
      throw ScenarioEnd.failed("\(method) with wrong parameters was answered as if all were well")
    }
    return error
  }

  func initialize() async throws { try await result("initialize", initializeParameters) }

  /// Nothing more may come within this time.
  func expectSilence(milliseconds: Int) async throws {
    try await Task.sleep(for: .milliseconds(milliseconds))
    let line = inbox.state.withLock { $0.lines.first }
    guard let line else { return }
    let message = try Self.message(line)
    if case .notification = message.kind { return }
    throw ScenarioEnd.failed("a second answer came: '\(WireSyntaxError.quotation(of: line))'")
  }

  /// A limit for a process that runs already: longer where its start shows that the machine is busy.
  func limit(_ duration: Duration) -> Duration {
    max(duration, inbox.state.withLock { $0.startTime } * 4)
  }

  /// The process must end within `duration`, see `limit`.
  func expectEnd(within duration: Duration, _ when: String) async throws {
    let limit = limit(duration)
    let deadline = ContinuousClock.now + limit
    while end == nil {
      if ContinuousClock.now > deadline {
        let milliseconds = Int(limit / .milliseconds(1))
        throw ScenarioEnd.failed("it is still there \(milliseconds) ms after the end of stdin \(when)")
      }
      try await Task.sleep(for: .milliseconds(5))
    }
  }
}

extension WireMessage {
  var answeredID: String? {
    switch kind {
    case .response(let id): id
    case .failure(let id, _): id
    case .request, .notification: nil
    }
  }
}
