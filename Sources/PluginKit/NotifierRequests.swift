import PluginAPI
import PluginProtocol

/// A notifier behind the protocol.
struct NotifierRequests: PortRequests {
  let methods: Set<WireMethod> = [.deliver, .resolve]
  private let notifier: any Notifier

  init(_ notifier: any Notifier) { self.notifier = notifier }

  var capabilities: Capabilities {
    get async { Capabilities(await notifier.capabilities) }
  }

  func setLineLimit(_ limit: Int) {}

  func open(_ configuration: PluginConfiguration) async throws(PluginError) {
    try await notifier.open(configuration)
  }

  func check() async throws(PluginError) -> [PluginProblem] { try await notifier.check() }

  func close() async throws(PluginError) { try await notifier.close() }

  /// Nothing: what was not finished by `shutdown` is not to be made visible.
  func abandon() {}

  func watchForChanges(_ tell: @escaping @Sendable () -> Void) {}

  func answer(_ method: WireMethod, _ message: WireMessage, id: [UInt8]) async throws(WireError) -> [UInt8] {
    let receipts = method == .resolve ? try await resolve(message) : try await deliver(message)
    return WireWriter.response(id: id, .object(["results": .list(receipts.map { JSONValue($0) })]))
  }

  private func deliver(_ message: WireMessage) async throws(WireError) -> [Receipt] {
    let deliveries = try shape { () throws(WireShapeError) in
      try message.optional("deliveries", "a list of deliveries") { $0.list?.all(Delivery.init) }
    }
    guard let deliveries else { throw WireError(WireErrorCode.invalidParameters, "'deliveries' is missing") }
    return try await plugin { () throws(PluginError) in try await notifier.deliver(deliveries) }
  }

  private func resolve(_ message: WireMessage) async throws(WireError) -> [Receipt] {
    let keys = try shape { () throws(WireShapeError) in
      try message.optional("keys", "a list of texts") { $0.texts }
    }
    guard let keys else { throw WireError(WireErrorCode.invalidParameters, "'keys' is missing") }
    return try await plugin { () throws(PluginError) in try await notifier.resolve(keys) }
  }
}
