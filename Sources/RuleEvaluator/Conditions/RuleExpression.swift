public import Diagnostics
public import Expressions

/// A CEL expression of a rule, compiled; rules refer to it by its index in `Rulebook.expressions`.
public final class RuleExpression: Sendable {
  /// The id of the rule that it belongs to.
  public let rule: String
  public let place: Place
  public let program: Program

  public init(rule: String, place: Place, program: Program) {
    self.rule = rule
    self.place = place
    self.program = program
  }

  /// The same, asking sets of patterns.
  func asking(_ sets: PatternSets) -> RuleExpression {
    RuleExpression(rule: rule, place: place, program: program.asking(sets))
  }

  /// As it is written.
  public var text: String { program.text }

  /// Whether it reads a masked field, so that nothing it computes or fails with may be shown.
  public var readsMasked: Bool { program.readsMasked }
}

/// An expression that gave no value for a ticket.
public struct ExpressionFailure: Sendable {
  /// The index in `Rulebook.expressions`.
  public var expression: Int
  public var error: EvaluationError
}
