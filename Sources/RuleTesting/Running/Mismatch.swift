public import Diagnostics

/// One way in which a decision is not what a test expects.
public struct Mismatch: Sendable {
  /// One sentence: what was expected, and what was there.
  public var message: String
  /// In the test file: the value that was expected.
  public var place: Place
  /// The rules that led to it, each with its place: the row that hit, the row that was missed and its first cell that differed.
  public var related: [Diagnostic.Related] = []
  /// What else helps.
  public var hint: String?

  init(_ message: String, at place: Place) {
    self.message = message
    self.place = place
  }

  func saying(_ addition: String) -> Mismatch {
    var copy = self
    copy.message += addition
    return copy
  }

  /// For a renderer, with the line of the test file.
  public var diagnostic: Diagnostic {
    Diagnostic("test-failed", .error, message, at: place, hint: hint, related: related)
  }
}

/// What came of one case.
public struct CaseResult: Sendable {
  public var testCase: TestCase
  /// Empty for a case that passed.
  public var mismatches: [Mismatch]

  public var passed: Bool { mismatches.isEmpty }
}
