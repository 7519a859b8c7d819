import PluginAPI
import PluginProtocol

/// One session, from `initialize` to `shutdown`: what is the same for stores and notifiers.
actor PluginSession {
  private enum Phase { case new, open, closed }

  private let requests: any PortRequests
  private let description: PluginDescription
  private var phase = Phase.new

  init(_ requests: any PortRequests, _ description: PluginDescription, output: OutputStream) {
    self.requests = requests
    self.description = description
    self.output = output
  }

  private let output: OutputStream

  /// The line that answers `message`.
  func answer(_ message: WireMessage, id: [UInt8]) async -> [UInt8] {
    do throws(WireError) {
      guard case .request(_, let name) = message.kind else {
        throw WireError(WireErrorCode.invalidRequest, "no request")
      }
      return try await line(for: name, message, id)
    } catch {
      return WireWriter.failure(id: id, error)
    }
  }

  /// At the end of stdin, where no `shutdown` came before it.
  func abandon() async {
    guard phase == .open else { return }
    phase = .closed
    await requests.abandon()
  }

  private func line(for name: String, _ message: WireMessage, _ id: [UInt8]) async throws(WireError)
    -> [UInt8]
  {
    switch WireMethod(rawValue: name) {
    case .initialize: return WireWriter.response(id: id, try await initialize(message))
    case .ping: return WireWriter.response(id: id, .object([:]))
    case .shutdown:
      defer { phase = .closed }
      if phase == .open { try await plugin { () throws(PluginError) in try await requests.close() } }
      return WireWriter.response(id: id, .object([:]))
    case .check:
      try requireOpen()
      let problems = try await plugin { () throws(PluginError) in try await requests.check() }
      return WireWriter.response(
        id: id,
        .object(["ok": .boolean(problems.isEmpty), "problems": .list(problems.map { JSONValue($0) })]))
    case let method?:
      guard requests.methods.contains(method) else { throw unknown(name) }
      try requireOpen()
      return try await requests.answer(method, message, id: id)
    case nil: throw unknown(name)
    }
  }

  private func initialize(_ message: WireMessage) async throws(WireError) -> JSONValue {
    guard phase == .new else {
      throw WireError(WireErrorCode.invalidRequest, "initialize came a second time")
    }
    let version = try shape { () throws(WireShapeError) in
      try message.optional("protocol", "a whole number") { $0.integer }
    }
    guard version == WireLimits.version else { throw Self.noCommonVersion(version) }
    let settings = try shape { () throws(WireShapeError) in
      try message.optional("config", "an object") { $0.object }
    }
    let instance = try shape { () throws(WireShapeError) in
      try message.optional("instance", "a text") { $0.text }
    }
    let limits = try shape { () throws(WireShapeError) in
      try message.optional("limits", "an object") { $0.object }
    }
    await requests.setLineLimit(limits?["lineBytes"]?.integer ?? WireLimits.lineBytes)
    let configuration = PluginConfiguration(
      instance: instance ?? description.name,
      values: (settings ?? [:]).compactMapValues(PluginConfiguration.Value.init))
    try await plugin { () throws(PluginError) in try await requests.open(configuration) }
    phase = .open
    let output = output
    await requests.watchForChanges { output.write(WireWriter.notification(.changed)) }
    return
      .object([
        "protocol": .number(Double(WireLimits.version)),
        "plugin": .object(["name": .text(description.name), "version": .text(description.version)]),
        "capabilities": await requests.capabilities.json,
      ])
  }

  private func requireOpen() throws(WireError) {
    if phase != .open { throw WireError(WireErrorCode.notInitialized, "initialize must come first") }
  }

  private func unknown(_ method: String) -> WireError {
    let known = requests.methods.map(\.rawValue).sorted()
    return WireError(
      WireErrorCode.unknownMethod, "a \(description.role.rawValue) has no method '\(method)'",
      data: .object(["known": .list(known.map(JSONValue.text))]))
  }

  private static func noCommonVersion(_ version: Int?) -> WireError {
    WireError(
      WireErrorCode.plugin, "protocol \(version.map(String.init) ?? "of no version") is not supported",
      data: .object(["kind": .text("config"), "supported": .list([.number(Double(WireLimits.version))])]))
  }
}

/// Turns what a port throws into what the wire says.
func plugin<Result>(
  isolation: isolated (any Actor)? = #isolation, _ body: () async throws(PluginError) -> Result
) async throws(WireError) -> Result {
  do throws(PluginError) { return try await body() } catch { throw WireError(error) }
}

/// Turns parameters of the wrong shape into what the wire says.
func shape<Result>(_ body: () throws(WireShapeError) -> Result) throws(WireError) -> Result {
  do throws(WireShapeError) { return try body() } catch {
    throw WireError(WireErrorCode.invalidParameters, error.message)
  }
}
