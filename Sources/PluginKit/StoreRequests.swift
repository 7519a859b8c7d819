import PluginAPI
import PluginProtocol

/// A store behind the protocol.
actor StoreRequests: PortRequests {
  nonisolated let methods: Set<WireMethod> = [.describe, .list, .get, .write]

  private let store: any TicketStore
  private var lineLimit = WireLimits.lineBytes
  /// The reading that the last page came from, so that the next page follows without starting anew.
  private var reading: StoreReading?
  private var changes: Task<Void, Never>?

  init(_ store: any TicketStore) { self.store = store }

  var capabilities: Capabilities {
    get async { Capabilities(await store.capabilities, isAskedAhead: true) }
  }

  func setLineLimit(_ limit: Int) { lineLimit = max(64 << 10, limit) }

  func open(_ configuration: PluginConfiguration) async throws(PluginError) {
    try await store.open(configuration)
  }

  func check() async throws(PluginError) -> [PluginProblem] { try await store.check() }

  func close() async {
    changes?.cancel()
    reading = nil
    await store.close()
  }

  func abandon() async { await close() }

  func watchForChanges(_ tell: @escaping @Sendable () -> Void) async {
    guard await store.capabilities.contains(.changes), let stream = try? await store.changes() else { return }
    changes = Task { for await _ in stream { tell() } }
  }

  func answer(_ method: WireMethod, _ message: WireMessage, id: [UInt8]) async throws(WireError) -> [UInt8] {
    switch method {
    case .list: try await list(message, id)
    case .get: try await get(message, id)
    case .write: try await write(message, id)
    default: try await describe(id)
    }
  }

  private func describe(_ id: [UInt8]) async throws(WireError) -> [UInt8] {
    let fields = try await plugin { () throws(PluginError) in try await store.describe() }
    return WireWriter.response(id: id, .object(["fields": .list(fields.map { JSONValue($0) })]))
  }

  private func list(_ message: WireMessage, _ id: [UInt8]) async throws(WireError) -> [UInt8] {
    let request = try shape { () throws(WireShapeError) in try ListRequest(message) }
    var current =
      reading.flatMap { $0.follows(request) ? $0 : nil } ?? StoreReading(store, request, lineLimit)
    reading = nil
    let answer = try await plugin { () throws(PluginError) in try await current.answer(request) }
    reading = current
    return answer.line(answering: id)
  }

  private func get(_ message: WireMessage, _ id: [UInt8]) async throws(WireError) -> [UInt8] {
    guard
      let ids = try shape({ () throws(WireShapeError) in
        try message.optional("ids", "a list of texts") { $0.texts }
      })
    else { throw WireError(WireErrorCode.invalidParameters, "'ids' is missing") }
    let (pages, missing) = try await plugin { () throws(PluginError) in try await store.get(ids) }
    var writer = PageWriter(limit: lineLimit - missing.reduce(0) { $0 + $1.utf8.count * 2 + 4 })
    var sources = [String]()
    for page in pages {
      for index in page.records.indices {
        guard writer.append(index, of: page) else {
          throw WireError(
            PluginError(.permanent, "\(ids.count) tickets do not fit into one answer", hint: "ask for fewer"))
        }
        sources.append(page.source)
      }
    }
    let answer = writer.finish(source: pages.first?.source ?? "") { line in
      if Set(sources).count > 1 {
        line.appendKey("sources")
        line.appendList(sources) { $0.appendJSONString($1) }
      }
      line.appendKey("missing")
      line.appendList(missing) { $0.appendJSONString($1) }
    }
    return answer.line(answering: id)
  }

  private func write(_ message: WireMessage, _ id: [UInt8]) async throws(WireError) -> [UInt8] {
    guard let elements = message.elements("decisions") else {
      throw WireError(WireErrorCode.invalidParameters, "'decisions' must be a list")
    }
    var decisions = [DecisionRecord]()
    for element in elements {
      guard let decision = DecisionRecord(message, in: element) else {
        throw WireError(
          WireErrorCode.invalidParameters, "'decisions' must hold {ticket, version?, decision: {…}}")
      }
      decisions.append(decision)
    }
    let results = try await plugin { () throws(PluginError) in try await store.write(decisions) }
    return WireWriter.response(id: id, .object(["results": .list(results.map { JSONValue($0) })]))
  }
}
