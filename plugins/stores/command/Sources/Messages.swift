import ProcessAccess

/// Every sentence that this plugin says.
enum Messages {
  static let noCommand = "is missing: it says which program prints the tickets"
  static func noProgram(_ name: String) -> String { "names '\(name)', and there is no such program" }
  static let notOpen = "the store was used before it was opened"
  static func tooLong(_ limit: Int) -> String { "the line is longer than the limit of \(limit) bytes" }

  static func cannotStart(_ path: String, _ reason: String) -> String {
    "\(path) cannot be started: \(reason)"
  }

  static func failed(_ path: String, _ end: ProcessEnd, errors: [String]) -> String {
    let said = errors.isEmpty ? "" : "; its stderr ends: " + errors.joined(separator: " | ")
    return "\(path) ended with \(end.text)\(said)"
  }
}
