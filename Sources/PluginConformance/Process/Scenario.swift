import PluginHost

/// One thing that every plugin must do, and how it did it.
public struct ScenarioResult: Hashable, Sendable {
  public enum Outcome: Hashable, Sendable {
    case passed
    /// What was wrong, in one sentence.
    case failed(String)
    /// Why it could not be tried.
    case skipped(String)
  }

  /// What the plugin must do, as a sentence without its subject: "answers several lines that come at once".
  public var name: String
  public var outcome: Outcome

  public init(_ name: String, _ outcome: Outcome) {
    self.name = name
    self.outcome = outcome
  }
}

/// What ends a scenario before its end.
enum ScenarioEnd: Error {
  case failed(String)
  case skipped(String)
}

/// A scenario over a plugin's process.
struct Scenario: Sendable {
  var name: String
  var run: @Sendable (ProcessSubject) async throws -> Void

  init(_ name: String, _ run: @escaping @Sendable (ProcessSubject) async throws -> Void) {
    self.name = name
    self.run = run
  }

  func result(_ subject: ProcessSubject) async -> ScenarioResult {
    do {
      try await run(subject)
      return ScenarioResult(name, .passed)
    } catch ScenarioEnd.failed(let reason) {
      return ScenarioResult(name, .failed(subject.redaction.apply(reason)))
    } catch ScenarioEnd.skipped(let reason) {
      return ScenarioResult(name, .skipped(reason))
    } catch {
      return ScenarioResult(name, .failed(subject.redaction.apply("\(error)")))
    }
  }
}

/// Ends the scenario where `condition` does not hold.
func require(_ condition: Bool, _ reason: @autoclosure () -> String) throws(ScenarioEnd) {
  if !condition { throw .failed(reason()) }
}
