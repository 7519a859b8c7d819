/// An expression that is checked and ready to be evaluated any number of times, by any number of threads.
public struct Program: Sendable {
  public let text: String
  /// The type of its value.
  public let type: Type
  let environment: Environment
  let expression: CheckedExpression

  /// Parses, checks and compiles an expression.
  ///
  /// - Parameter expected: the type that its value must have, such as `.bool` for a condition.
  /// - Throws: all mistakes of the names and types, or the first of the syntax.
  public init(_ text: String, in environment: Environment, expected: Type? = nil) throws(ExpressionProblems) {
    let source = Array(text.utf8)
    let tree = try Self.parse(source, environment.limits)
    let checked = try Checker.check(tree, in: environment, source: source, expected: expected, isStrict: true)
    self.init(text, checked, environment)
  }

  /// An expression whose names and types are looked at only when it is evaluated.
  public init(unchecked text: String, in environment: Environment, expandsMacros: Bool = true)
    throws(ExpressionProblems)
  {
    let source = Array(text.utf8)
    let tree = try Self.parse(source, environment.limits, expandsMacros: expandsMacros)
    let checked = try Checker.check(tree, in: environment, source: source, expected: nil, isStrict: false)
    self.init(text, checked, environment)
  }

  private init(_ text: String, _ expression: CheckedExpression, _ environment: Environment) {
    self.text = text
    self.environment = environment
    self.expression = expression
    type = expression.types[expression.tree.root]
  }

  private static func parse(
    _ source: [UInt8], _ limits: Limits, expandsMacros: Bool = true
  ) throws(ExpressionProblems) -> SyntaxTree {
    do throws(ExpressionProblem) {
      return try Parser.parse(source, limits: limits, expandsMacros: expandsMacros)
    } catch { throw ExpressionProblems([error]) }
  }

  /// The value for the variables in `source`, or why there is none.
  public func evaluate(_ source: some SlotSource) -> Result<Value, EvaluationError> {
    var evaluator = Evaluator(expression, environment, source)
    do throws(EvaluationError) {
      return .success(try evaluator.evaluate(expression.tree.root))
    } catch { return .failure(error) }
  }
}
