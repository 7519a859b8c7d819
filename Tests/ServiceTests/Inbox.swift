import PluginAPI
import Synchronization

/// A notifier that remembers what it was given and what it was to take back, and answers as the test says.
final class Inbox: Notifier {
  /// What to answer to a delivery at its n-th attempt, from 1; nil for no receipt at all.
  typealias Answer =
    @Sendable (_ delivery: Delivery, _ attempt: Int) async throws(PluginError) -> Receipt.Status?
  /// What to answer where a key is to be taken back for the n-th time.
  typealias Resolution =
    @Sendable (_ key: String, _ attempt: Int) async throws(PluginError) -> Receipt.Status?

  private struct State {
    var received: [Delivery] = []
    var resolved: [String] = []
    var calls = 0
    var attempts: [String: Int] = [:]
  }

  let capabilities: NotifierCapabilities
  private let state = Mutex(State())
  private let answer: Answer
  private let resolution: Resolution

  init(resolves: Bool = false, _ answer: @escaping Answer = { _, _ in .delivered }) {
    capabilities = resolves ? .resolve : []
    self.answer = answer
    resolution = { _, _ in .delivered }
  }

  private init(_ answer: @escaping Answer, _ resolution: @escaping Resolution) {
    capabilities = .resolve
    self.answer = answer
    self.resolution = resolution
  }

  /// One that accepts everything, and takes back as the test says.
  static func resolving(_ resolution: @escaping Resolution) -> Inbox {
    Inbox({ _, _ in .delivered }, resolution)
  }

  /// Everything that it was handed, also what it refused.
  var received: [Delivery] { state.withLock { $0.received } }
  var keys: [String] { received.map(\.key) }
  var calls: Int { state.withLock { $0.calls } }
  /// Every key that it was to take back, also where it refused.
  var resolved: [String] { state.withLock { $0.resolved } }

  func open(_ configuration: PluginConfiguration) {}
  func check() -> [PluginProblem] { [] }
  func close() {}

  func deliver(_ deliveries: [Delivery]) async throws(PluginError) -> [Receipt] {
    state.withLock {
      $0.received += deliveries
      $0.calls += 1
    }
    var receipts: [Receipt] = []
    for delivery in deliveries {
      if let status = try await answer(delivery, attempt(delivery.key)) {
        receipts.append(Receipt(key: delivery.key, status: status))
      }
    }
    return receipts
  }

  func resolve(_ keys: [String]) async throws(PluginError) -> [Receipt] {
    state.withLock { $0.resolved += keys }
    var receipts: [Receipt] = []
    for key in keys {
      if let status = try await resolution(key, attempt("-\(key)")) {
        receipts.append(Receipt(key: key, status: status))
      }
    }
    return receipts
  }

  private func attempt(_ key: String) -> Int {
    state.withLock {
      $0.attempts[key, default: 0] += 1
      return $0.attempts[key] ?? 0
    }
  }
}
