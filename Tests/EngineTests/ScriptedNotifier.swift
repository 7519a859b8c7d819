import PluginAPI
import Synchronization

/// A notifier that remembers what it was given, and answers as the test says.
final class ScriptedNotifier: Notifier {
  /// What to answer for a key at the n-th call, from 1; nil for no receipt at all.
  typealias Answer = @Sendable (_ key: String, _ attempt: Int) -> Receipt.Status?

  private let received = Mutex([[Delivery]]())
  private let failure: PluginError?
  private let answer: Answer

  init(failure: PluginError? = nil, answer: @escaping Answer = { _, _ in .delivered }) {
    self.failure = failure
    self.answer = answer
  }

  var deliveries: [Delivery] { received.withLock { Array($0.joined()) } }
  /// The keys of each call.
  var calls: [[String]] { received.withLock { $0.map { $0.map(\.key) } } }

  func open(_ configuration: PluginConfiguration) {}
  func check() -> [PluginProblem] { [] }
  func close() {}

  func deliver(_ deliveries: [Delivery]) throws(PluginError) -> [Receipt] {
    let attempt = received.withLock { calls in
      calls.append(deliveries)
      return calls.count
    }
    if let failure { throw failure }
    return deliveries.compactMap { delivery in
      answer(delivery.key, attempt).map { Receipt(key: delivery.key, status: $0) }
    }
  }
}
