import PluginAPI
import PluginHost

/// All scenarios over a plugin's process, in the order in which they are reported.
public struct ProcessConformance: Sendable {
  private let subject: ProcessSubject

  public init(_ subject: ProcessSubject) { self.subject = subject }

  /// Tries them one after the other; `report` is told each at once.
  public func run(_ report: (ScenarioResult) -> Void = { _ in }) async -> [ScenarioResult] {
    var results = [ScenarioResult]()
    for scenario in Self.scenarios(subject.manifest.role) {
      let result = await scenario.result(subject)
      report(result)
      results.append(result)
    }
    return results
  }

  static func scenarios(_ role: PluginDescription.Role) -> [Scenario] {
    SessionScenarios.all + (role == .store ? StoreScenarios.all : NotifierScenarios.all)
      + ConfigurationScenarios.all
  }
}
