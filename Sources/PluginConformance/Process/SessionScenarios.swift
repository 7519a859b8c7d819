import PluginAPI
import PluginHost
import PluginProtocol
import ProcessAccess

/// What a session asks of every plugin, whatever its role.
enum SessionScenarios {
  static let all = [
    identity, coalesced, slow, long, tooLong, unknownKeys, unknownMethod, wrongTypes, cancel, endOfInput,
    deadlines,
    standardError,
  ]

  private static let identity = Scenario("keeps stdout to the protocol and says who it is") { subject in
    let session = try RawSession(subject)
    let answer = try await session.result("initialize", session.initializeParameters)
    let plugin = try answer.value("plugin")
    let manifest = subject.manifest
    try require(plugin?["name"]?.text == manifest.name, "initialize names '\(plugin?["name"]?.text ?? "")'")
    try require(
      plugin?["version"]?.text == manifest.version,
      "initialize says version '\(plugin?["version"]?.text ?? "")', the manifest '\(manifest.version)'")
    try require(
      try answer.value("protocol")?.integer == WireLimits.version, "initialize says no 'protocol': 1")
    try require(try answer.value("capabilities") != nil, "initialize says no 'capabilities'")
    try await session.result("check")
    try await session.result("ping")
    try await session.result("shutdown")
    session.closeInput()
    try await session.expectEnd(within: .seconds(2), "behind shutdown")
    try require(session.end == .exited(0), "it ended with \(session.end?.text ?? "")")
  }

  private static let coalesced = Scenario("answers several lines that come at once, in order") { subject in
    let session = try RawSession(subject)
    let ids = (1...3).map { _ in session.newID() }
    session.send(ids.flatMap { session.line("ping", id: $0) })
    for id in ids { _ = try await session.answer(id) }
  }

  private static let slow = Scenario("answers a line that comes byte by byte") { subject in
    let session = try RawSession(subject)
    let id = session.newID()
    for byte in session.line("ping", id: id) {
      session.send([byte])
      try await Task.sleep(for: .microseconds(300))
    }
    _ = try await session.answer(id)
  }

  private static let long = Scenario("answers a line of 8 MiB") { subject in
    let session = try RawSession(subject)
    let id = session.newID()
    let frame = session.line("ping", ["padding": .text("")], id: id).count - 1
    let padding = String(repeating: "x", count: WireLimits.lineBytes - frame)
    session.send(session.line("ping", ["padding": .text(padding)], id: id))
    _ = try await session.answer(id)
  }

  private static let tooLong = Scenario("refuses a line of more than 8 MiB, naming the limit and the size") {
    subject in
    let session = try RawSession(subject)
    let size = WireLimits.lineBytes + 100
    let frame = session.line("ping", ["padding": .text("")], id: "long").count - 1
    session.send(
      session.line("ping", ["padding": .text(String(repeating: "x", count: size - frame))], id: "long"))
    let message = try await session.next()
    guard case .failure(_, let error) = message.kind else { throw ScenarioEnd.failed("it was answered") }
    try require(
      error.message.contains(String(WireLimits.lineBytes)) && error.message.contains(String(size)),
      "the error is '\(error.message)'")
    try await session.result("ping")
  }

  private static let unknownKeys = Scenario("ignores keys that it does not know") { subject in
    let session = try RawSession(subject)
    var parameters = session.initializeParameters
    parameters["x-unknown"] = .object(["a": .list([.null])])
    try await session.result("initialize", parameters)
    session.send(
      "{\"x-unknown\":[{}],\"jsonrpc\":\"2.0\",\"id\":\"u\",\"method\":\"check\",\"params\":{\"x\":1}}\n")
    let answer = try await session.answer("u")
    if case .failure(_, let error) = answer.kind { throw ScenarioEnd.failed(error.message) }
  }

  private static let unknownMethod = Scenario("refuses a method that it does not know, and goes on") {
    subject in
    let session = try RawSession(subject)
    try await session.initialize()
    let error = try await session.failure("docket/no-such-method")
    try require(error.code == WireErrorCode.unknownMethod, "the error has the code \(error.code), not -32601")
    session.send("{\"jsonrpc\":\"2.0\",\"method\":\"$/no-such-notification\",\"params\":{}}\n")
    try await session.result("ping")
  }

  private static let wrongTypes = Scenario(
    "refuses parameters of the wrong types and lines that are none, and goes on"
  ) {
    subject in
    let session = try RawSession(subject)
    try await session.initialize()
    let isStore = subject.manifest.role == .store
    let wrong: [(String, [String: JSONValue])] =
      isStore
      ? [("store/list", ["limit": .text("many")]), ("store/get", ["ids": .number(1)]), ("store/list", [:])]
      : [
        ("notifier/deliver", ["deliveries": .number(1)]),
        ("notifier/deliver", ["deliveries": .list([.null])]),
      ]
    for (method, parameters) in wrong { try await session.failure(method, parameters) }
    session.send("[1,2\n")
    guard case .failure = try await session.next().kind else {
      throw ScenarioEnd.failed("a line that is no JSON was answered as if all were well")
    }
    try await session.result("ping")
  }

  private static let cancel = Scenario("answers once, whether it is cancelled before, during or after") {
    subject in
    let session = try RawSession(subject)
    try await session.initialize()
    session.send(cancellation("nobody"))
    let first = session.newID()
    session.send(cancellation(first) + session.line("ping", id: first))
    _ = try await session.answer(first)
    let second = session.newID()
    let (method, parameters) = harmless(subject)
    session.send(session.line(method, parameters, id: second) + cancellation(second))
    _ = try await session.answer(second)
    session.send(cancellation(second))
    try await session.expectSilence(milliseconds: 200)
    try await session.result("ping")
  }

  private static let endOfInput = Scenario("ends within two seconds of the end of stdin, whenever that comes")
  { subject in
    let fresh = try RawSession(subject)
    // It runs now: how long a process takes to start is no matter of its end.
    try await fresh.result("ping")
    fresh.closeInput()
    try await fresh.expectEnd(within: .seconds(2), "before initialize")
    let idle = try RawSession(subject)
    try await idle.initialize()
    idle.closeInput()
    try await idle.expectEnd(within: .seconds(2), "after initialize")
    let busy = try RawSession(subject)
    try await busy.initialize()
    let (method, parameters) = harmless(subject)
    busy.send(busy.line(method, parameters, id: busy.newID()))
    busy.closeInput()
    try await busy.expectEnd(within: .seconds(2), "during \(method)")
    let torn = try RawSession(subject)
    try await torn.result("ping")
    torn.send("{\"jsonrpc\":\"2.0\",\"id\":")
    torn.closeInput()
    try await torn.expectEnd(within: .seconds(2), "within a line")
  }

  private static let deadlines = Scenario("keeps to deadlines: an answer comes in time, or an error does") {
    subject in
    let session = try RawSession(subject)
    try await session.result("ping")
    let start = ContinuousClock.now
    try await session.initialize()
    try require(ContinuousClock.now - start < session.limit(.seconds(10)), "initialize took more than 10 s")
    let (method, parameters) = harmless(subject)
    var hurried = parameters
    hurried["deadlineMs"] = .number(1)
    let id = session.newID()
    session.send(session.line(method, hurried, id: id))
    try await Task.sleep(for: .milliseconds(50))
    session.send(cancellation(id))
    _ = try await session.answer(id)
    try await session.result("ping")
  }

  private static let standardError = Scenario("is not stalled by 1 MiB of stderr") { subject in
    var noisy = subject
    let launch = try subject.manifest.launch(subject.environment)
    let noise = "(head -c 1048576 /dev/zero | tr '\\0' x | fold -w 100 >&2) & exec \"$0\" \"$@\""
    noisy.manifest.command = ["/bin/sh", "-c", noise, launch.path] + launch.arguments
    let session = try RawSession(noisy)
    try await session.initialize()
    for _ in 1...20 { try await session.result("ping") }
    try await session.result("shutdown")
  }

  /// A request that may be tried at any time: a page, or a delivery of nothing.
  static func harmless(_ subject: ProcessSubject) -> (String, [String: JSONValue]) {
    subject.manifest.role == .store
      ? ("store/list", ["limit": .number(500)]) : ("notifier/deliver", ["deliveries": .list([])])
  }

  private static func cancellation(_ id: String) -> [UInt8] {
    WireWriter.notification(.cancel, .object(["id": .text(id)]))
  }
}

extension RawSession {
  func send(_ parts: [UInt8]...) { send(parts.flatMap { $0 }) }
}
