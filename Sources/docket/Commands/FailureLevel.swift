import ArgumentParser
import Diagnostics

/// The level from which on what was found fails a command.
enum FailureLevel: String, ExpressibleByArgument, CaseIterable {
  case error, warning, info, never

  /// Nil where nothing does.
  var severity: Severity? { Severity(rawValue: rawValue) }

  /// - Parameter worst: the worst of what was found; nil for nothing.
  func fails(_ worst: Severity?) -> Bool {
    guard let worst, let severity else { return false }
    return worst >= severity
  }
}
