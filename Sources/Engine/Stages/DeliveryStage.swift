import PluginAPI
import Reports

/// The stage that hands deliveries to every notifier and sees to it that each is either delivered or reported.
struct DeliveryStage: Sendable {
  let notifiers: [any Notifier]

  /// How often one delivery is tried before the check fails.
  private static let attempts = 5
  /// The longest wait between two attempts, whatever the notifier asks for.
  private static let longestWait: Int64 = 30_000

  /// Hands over what counts: no notifier hears of what is waived, or known from a baseline.
  func deliver(_ findings: [ReportedFinding]) async throws {
    if notifiers.isEmpty { return }
    try await deliver([Delivery](findings.filter { $0.standing == .new }))
  }

  func deliver(_ deliveries: [Delivery]) async throws {
    if deliveries.isEmpty { return }
    for notifier in notifiers { try await deliver(deliveries, by: notifier) }
  }

  private func deliver(_ deliveries: [Delivery], by notifier: any Notifier) async throws {
    var rest = deliveries
    for attempt in 1...Self.attempts {
      let receipts = try await notifier.deliver(rest)
      let answered = Set(receipts.map(\.key))
      if let lost = rest.first(where: { !answered.contains($0.key) }) {
        throw PluginError(.internal, "the notifier gave no receipt for delivery \(lost.key)")
      }
      var wait: Int64 = 0
      var again = Set<String>()
      for receipt in receipts {
        switch receipt.status {
        case .delivered: break
        case .rejected(let reason):
          throw PluginError(.permanent, "delivery \(receipt.key) was rejected: \(reason)")
        case .retry(let milliseconds):
          again.insert(receipt.key)
          wait = max(wait, min(milliseconds, Self.longestWait))
        }
      }
      if again.isEmpty { return }
      rest = rest.filter { again.contains($0.key) }
      if attempt < Self.attempts { try await Task.sleep(for: .milliseconds(wait)) }
    }
    throw PluginError(.transient, "\(rest.count) deliveries were not accepted in \(Self.attempts) attempts")
  }
}
