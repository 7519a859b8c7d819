import Expressions
public import RuleEvaluator

/// A text that an expression of a rulebook might have had instead: a slip of the pen, to see whether a test notices.
public struct ExpressionVariant: Sendable {
  /// The index in the rulebook's expressions.
  public var expression: Int
  public var text: String
  /// Whether it is asked of earlier instants, too, at which only the ticket's own fields are known.
  public var isOverHistory: Bool

  public init(expression: Int, text: String, isOverHistory: Bool) {
    self.expression = expression
    self.text = text
    self.isOverHistory = isOverHistory
  }
}

extension RulebookCompiler {
  /// The variants, checked and compiled as rules are; nil for each that means nothing, or not what its place needs.
  ///
  /// The rules are compiled once, however many variants there are; what is wrong with them is not told here.
  public consuming func expressions(of variants: [ExpressionVariant]) -> [RuleExpression?] {
    var compiler = self
    var trial: Int?
    guard let rulebook = compiler.rulebook(trying: nil, &trial) else { return variants.map { _ in nil } }
    return variants.map { variant in
      let original = rulebook.expressions[variant.expression]
      let environment = compiler.environment(for: variant.text, overHistory: variant.isOverHistory)
      let program = try? Program(variant.text, in: environment, expected: original.program.type)
      return program.map { RuleExpression(rule: original.rule, place: original.place, program: $0) }
    }
  }
}
