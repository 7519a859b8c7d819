import Diagnostics

/// What can be wrong with a manifest.
extension Diagnostic {
  static func wrongShape(_ expected: String, _ place: Place) -> Diagnostic {
    Diagnostic("wrong-shape", .error, "expected \(expected)", at: place)
  }

  static func missingKey(_ key: String, _ place: Place) -> Diagnostic {
    Diagnostic("missing-key", .error, "\(quoted(key)) is missing", at: place)
  }

  static func unknownKey(_ key: Located<String>, _ known: [String]) -> Diagnostic {
    Diagnostic(
      "unknown-key", .error, "\(quoted(key.value)) means nothing here", at: key.place,
      hint: suggestion(for: key.value, among: known) ?? "the keys are \(known.joined(separator: ", "))")
  }

  static func unknownWord(_ what: String, _ word: String, _ known: [String], _ place: Place) -> Diagnostic {
    Diagnostic(
      "unknown-name", .error, "\(quoted(word)) is no \(what)", at: place,
      hint: suggestion(for: word, among: known) ?? "write one of \(known.joined(separator: ", "))")
  }

  static func otherName(_ name: String, folder: String, _ place: Place) -> Diagnostic {
    Diagnostic(
      "other-name", .error, "the plugin is called \(quoted(name)) and its folder \(quoted(folder))",
      at: place,
      hint: "give both one name: the folder's name selects the plugin")
  }

  static func protocolNotSupported(_ place: Place) -> Diagnostic {
    Diagnostic(
      "unsupported-protocol", .error, "this plugin does not speak version 1 of the protocol", at: place,
      hint: "this docket speaks version 1 alone")
  }

  static func emptyCommand(_ place: Place) -> Diagnostic {
    Diagnostic(
      "empty-command", .error, "the command has no words", at: place, hint: "write [python3, plugin.py], say")
  }
}
