import ArgumentParser
import Diagnostics

/// The level from which on what was found fails a command.
enum FailureLevel: String, ExpressibleByArgument, CaseIterable {
  case error, warning, info, never

  /// - Parameter worst: the worst of what was found; nil for nothing.
  func fails(_ worst: Severity?) -> Bool {
    guard let worst else { return false }
    return Severity(rawValue: rawValue).map { worst >= $0 } ?? false
  }
}
