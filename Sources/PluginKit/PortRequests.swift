import PluginAPI
import PluginProtocol

/// A port behind the protocol: what differs between stores and notifiers.
protocol PortRequests: Sendable {
  /// The methods besides those that every plugin has.
  var methods: Set<WireMethod> { get }
  var capabilities: Capabilities { get async }
  /// How long a line the host takes, in bytes.
  func setLineLimit(_ limit: Int) async
  func open(_ configuration: PluginConfiguration) async throws(PluginError)
  func check() async throws(PluginError) -> [PluginProblem]
  func close() async throws(PluginError)
  /// Called instead of `close` where the host went away.
  func abandon() async
  /// The line that answers request `id`.
  func answer(_ method: WireMethod, _ message: WireMessage, id: [UInt8]) async throws(WireError) -> [UInt8]
  /// Calls `tell` whenever something may have changed, until `close`.
  func watchForChanges(_ tell: @escaping @Sendable () -> Void) async
}
