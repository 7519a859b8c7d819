public import PluginAPI
import PluginProtocol

/// A notifier that runs as a process of its own. Whoever uses it cannot tell.
public final class ProcessNotifier: Notifier {
  private let plugin: SupervisedPlugin

  public init(_ manifest: PluginManifest, _ environment: PluginEnvironment) {
    plugin = SupervisedPlugin(manifest, environment)
  }

  /// The process's number; nil while there is none.
  public var pid: Int32? { plugin.pid }

  /// Kills the process, as a crash would end it: for tests. The next request starts another one.
  public func kill() { plugin.kill() }

  public func open(_ configuration: PluginConfiguration) async throws(PluginError) {
    try await plugin.open(configuration)
  }

  public func check() async throws(PluginError) -> [PluginProblem] { try await plugin.check() }

  public var capabilities: NotifierCapabilities {
    get async { plugin.capabilities?.ofNotifier ?? [] }
  }

  public func deliver(_ deliveries: [Delivery]) async throws(PluginError) -> [Receipt] {
    var receipts = [Receipt]()
    for batch in Batches(
      deliveries, size: { 256 + 2 * ($0.title.utf8.count + $0.body.utf8.count + $0.key.utf8.count) })
    {
      let message = try await plugin.call(.deliver) { line in
        line.appendKey("deliveries")
        line.appendList(batch) { $0.appendDelivery($1) }
      }
      receipts += try plugin.receipts(message, .deliver, count: batch.count)
    }
    return receipts
  }

  public func resolve(_ keys: [String]) async throws(PluginError) -> [Receipt] {
    var receipts = [Receipt]()
    for batch in Batches(keys, size: { $0.utf8.count * 2 + 8 }) {
      let message = try await plugin.call(.resolve) { line in
        line.appendKey("keys")
        line.appendList(batch) { $0.appendJSONString($1) }
      }
      receipts += try plugin.receipts(message, .resolve, count: batch.count)
    }
    return receipts
  }

  public func close() async throws(PluginError) { try await plugin.close() }
}
