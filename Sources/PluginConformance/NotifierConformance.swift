public import PluginAPI

/// What every notifier must do, whatever its channel is.
public struct NotifierConformance: Sendable {
  private let configuration: PluginConfiguration
  private let makeNotifier: @Sendable () -> any Notifier

  public init(
    _ configuration: PluginConfiguration, makeNotifier: @escaping @Sendable () -> any Notifier
  ) {
    self.configuration = configuration
    self.makeNotifier = makeNotifier
  }

  /// What the notifier does wrong, one sentence each; empty for a good one.
  ///
  /// Delivers three notices, the second one again in the same call and in the next one. `arrived` answers, after the notifier
  /// is closed, how often its channel got the notice of that title.
  public func violations(
    arrived: @Sendable (_ title: String) async -> Int
  ) async throws(PluginError) -> [String] {
    let deliveries = (1...3).map(Self.delivery)
    let calls = [[deliveries[0], deliveries[1], deliveries[1]], [deliveries[1], deliveries[2]], []]
    let notifier = makeNotifier()
    var violations = [String]()
    try await notifier.open(configuration)
    for call in calls {
      let receipts = try await notifier.deliver(call)
      if receipts.map(\.key) != call.map(\.key) {
        violations.append("\(call.count) deliveries got \(receipts.count) receipts, or in another order")
      }
    }
    try await notifier.close()
    for delivery in deliveries {
      let count = await arrived(delivery.title)
      if count != 1 { violations.append("'\(delivery.title)' arrived \(count) times") }
    }
    return violations
  }

  /// What is wrong about how the notifier refuses `configuration`, whose fault stands at `pointer`.
  public func violations(refusing configuration: PluginConfiguration, at pointer: String) async -> [String] {
    do throws(PluginError) {
      try await makeNotifier().open(configuration)
      return ["a wrong configuration is accepted"]
    } catch {
      return refusalViolations(error, at: pointer)
    }
  }

  private static func delivery(_ number: Int) -> Delivery {
    Delivery(
      key: "conformance-\(number)", notice: "finding", ticket: "conformance", rule: "R-\(number)",
      place: "rules.yaml:\(number)", to: ["desk"], title: "conformance notice \(number) of 3", body: "",
      severity: .warning)
  }
}
