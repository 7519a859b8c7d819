import Glibc

/// How the process ends (rule-language: "Exit codes").
enum ExitStatus: Int32, Error {
  /// Nothing was found at or above the level that fails.
  case success = 0
  case findings = 1
  /// Wrong usage, configuration or rule file.
  case usage = 2
  /// A plugin or the engine failed.
  case failure = 3
}

func exitProcess(_ status: ExitStatus) -> Never { exit(status.rawValue) }
