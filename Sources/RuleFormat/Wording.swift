import Diagnostics

extension Diagnostic {
  static func changedMeaning(at place: Place) -> Diagnostic {
    Diagnostic(
      "format-refused", .error, "the layout of this file cannot be changed without changing what it says",
      at: place, hint: "write this value on one line, or as a block")
  }

  static func lostComment(at place: Place) -> Diagnostic {
    Diagnostic("format-refused", .error, "a comment of this file would be lost", at: place)
  }
}
