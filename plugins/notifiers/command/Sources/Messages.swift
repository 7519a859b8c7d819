import ProcessAccess

/// Every sentence that this plugin says.
enum Messages {
  static let noCommand = "is missing: it says which program delivers"
  static func noProgram(_ name: String) -> String { "names '\(name)', and there is no such program" }
  static let notOpen = "the notifier was used before it was opened"
  static func cannotStart(_ path: String, _ reason: String) -> String {
    "\(path) cannot be started: \(reason)"
  }

  static func failed(_ path: String, _ end: ProcessEnd, _ lastError: String?) -> String {
    "\(path) ended with \(end.text)" + (lastError.map { ": \($0)" } ?? "")
  }
}
