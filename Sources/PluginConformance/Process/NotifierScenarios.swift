import PluginAPI
import PluginHost
import PluginProtocol

/// What a notifier's process must do, through the same port that the engine uses.
enum NotifierScenarios {
  static let all = [once, killed]

  private static let once = Scenario("delivers a key that comes twice once, with a receipt for each") {
    subject in
    let notifier = NotifierConformance(subject.configuration) {
      ProcessNotifier(subject.manifest, subject.environment)
    }
    guard let arrived = subject.arrived else {
      let violations = try await described { () throws(PluginError) in
        try await notifier.violations { _ in 1 }
      }
      if let first = violations.first { throw ScenarioEnd.failed(first) }
      throw ScenarioEnd.skipped(
        "each delivery got a receipt, but what arrived cannot be counted: see 'arrived' in conformance.yaml")
    }
    let violations = try await described { () throws(PluginError) in
      try await notifier.violations(arrived: arrived)
    }
    if let first = violations.first { throw ScenarioEnd.failed(first) }
  }

  private static let killed = Scenario("goes on after it was killed") { subject in
    let notifier = ProcessNotifier(subject.manifest, subject.environment)
    try await described { () throws(PluginError) in try await notifier.open(subject.configuration) }
    notifier.kill()
    _ = try await described { () throws(PluginError) in try await notifier.deliver([]) }
    try await described { () throws(PluginError) in try await notifier.close() }
  }
}
