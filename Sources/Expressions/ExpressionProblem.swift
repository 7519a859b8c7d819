public import Diagnostics

/// What is wrong with an expression, found before it is evaluated.
public struct ExpressionProblem: Error, Hashable, Sendable {
  public var code: DiagnosticCode
  /// One sentence without a full stop.
  public var message: String
  /// What to write instead.
  public var hint: String?
  /// The names that could stand at `range` instead of one that is not known.
  public var candidates: [String] = []
  /// The bytes of the expression's UTF-8 that are meant; an empty range at the end where something is missing.
  public var range: Range<Int>

  public init(_ code: DiagnosticCode, _ message: String, hint: String? = nil, at range: Range<Int>) {
    self.code = code
    self.message = message
    self.hint = hint
    self.range = range
  }
}

/// All problems of one expression, in the order of their places.
public struct ExpressionProblems: Error, Hashable, Sendable {
  public var problems: [ExpressionProblem]

  public init(_ problems: [ExpressionProblem]) {
    self.problems = problems.sorted {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
  }
}

/// Why an evaluation gave no value.
public struct EvaluationError: Error, Hashable, Sendable {
  public var code: DiagnosticCode
  /// One sentence without a full stop.
  public var message: String
  /// The sub-expression, as bytes of the expression's UTF-8.
  public var range: Range<Int>

  public init(_ code: DiagnosticCode, _ message: String, at range: Range<Int> = 0..<0) {
    self.code = code
    self.message = message
    self.range = range
  }
}

/// The line and column, both from 1, of a byte of an expression; columns count code points.
public func position(ofByte offset: Int, in expression: String) -> Position {
  SourceText(path: "", text: expression).position(ofByte: offset)
}
