import Glibc
import ProcessAccess

/// How the process ends (rule-language: "Exit codes").
package enum ExitStatus: Int32, Error {
  /// Nothing was found at or above the level that fails.
  case success = 0
  case findings = 1
  /// Wrong usage, configuration or rule file.
  case usage = 2
  /// A plugin or the engine failed.
  case failure = 3
}

/// Plugins' processes that are still there, after a failure, do not outlive us.
package func exitProcess(_ status: ExitStatus) -> Never {
  RunningProcesses.killAll()
  exit(status.rawValue)
}
