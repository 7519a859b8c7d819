public import PluginAPI

/// A notifier whose passing troubles nobody hears of, as long as they pass. Keys are stable, so a repeat does no harm.
///
/// A receipt that asks for another try is the engine's to follow; this is about calls that fail as a whole.
public struct RetryingNotifier: Notifier {
  private let notifier: any Notifier
  private let retries: Retries

  public init(_ notifier: any Notifier, _ retries: Retries = Retries()) {
    self.notifier = notifier
    self.retries = retries
  }

  public func open(_ configuration: PluginConfiguration) async throws(PluginError) {
    try await retries.run { () throws(PluginError) in try await notifier.open(configuration) }
  }

  public func check() async throws(PluginError) -> [PluginProblem] { try await notifier.check() }

  public var capabilities: NotifierCapabilities {
    get async { await notifier.capabilities }
  }

  public func deliver(_ deliveries: [Delivery]) async throws(PluginError) -> [Receipt] {
    try await retries.run { () throws(PluginError) in try await notifier.deliver(deliveries) }
  }

  public func resolve(_ keys: [String]) async throws(PluginError) -> [Receipt] {
    try await retries.run { () throws(PluginError) in try await notifier.resolve(keys) }
  }

  public func close() async throws(PluginError) { try await notifier.close() }
}
