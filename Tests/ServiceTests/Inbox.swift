import PluginAPI
import Synchronization

/// A notifier that remembers what it was given, and answers as the test says.
final class Inbox: Notifier {
  /// What to answer to a delivery at its n-th attempt, from 1; nil for no receipt at all.
  typealias Answer =
    @Sendable (_ delivery: Delivery, _ attempt: Int) async throws(PluginError) -> Receipt.Status?

  private struct State {
    var received: [Delivery] = []
    var calls = 0
    var attempts: [String: Int] = [:]
  }

  private let state = Mutex(State())
  private let answer: Answer

  init(_ answer: @escaping Answer = { _, _ in .delivered }) { self.answer = answer }

  /// Everything that it was handed, also what it refused.
  var received: [Delivery] { state.withLock { $0.received } }
  var keys: [String] { received.map(\.key) }
  var calls: Int { state.withLock { $0.calls } }

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
      let attempt = state.withLock {
        $0.attempts[delivery.key, default: 0] += 1
        return $0.attempts[delivery.key] ?? 0
      }
      if let status = try await answer(delivery, attempt) {
        receipts.append(Receipt(key: delivery.key, status: status))
      }
    }
    return receipts
  }
}
