/// An expression that is checked and ready to be evaluated any number of times, by any number of threads.
///
/// A class, because it is passed on for every evaluation and holds two dozen arrays.
public final class Program: Sendable {
  public let text: String
  /// The type of its value.
  public let type: Type
  let environment: Environment
  let expression: CheckedExpression
  /// By node: whether its value may come of a masked variable.
  let masked: [Bool]
  @usableFromInline let code: InstructionCode

  /// Parses, checks and compiles an expression.
  ///
  /// `expected` is the type that its value must have, such as `.bool` for a condition. Throws all mistakes of the
  /// names and types, or the first one of the syntax.
  public convenience init(
    _ text: String, in environment: Environment, expected: Type? = nil
  ) throws(ExpressionProblems) {
    let source = Array(text.utf8)
    let tree = try Self.parse(source, environment.limits)
    let checked = try Checker.check(tree, in: environment, source: source, expected: expected, isStrict: true)
    self.init(text, checked, environment)
    try refuseCost(above: environment.limits.staticCost)
  }

  /// An expression whose names and types are looked at only when it is evaluated.
  public convenience init(
    unchecked text: String, in environment: Environment, expandsMacros: Bool = true
  ) throws(ExpressionProblems) {
    let source = Array(text.utf8)
    let tree = try Self.parse(source, environment.limits, expandsMacros: expandsMacros)
    let checked = try Checker.check(tree, in: environment, source: source, expected: nil, isStrict: false)
    self.init(text, checked, environment)
  }

  private init(_ text: String, _ expression: CheckedExpression, _ environment: Environment) {
    self.text = text
    self.environment = environment
    self.expression = ConstantFolding.fold(expression, environment)
    type = expression.types[expression.tree.root]
    masked = MaskedNodes.find(in: self.expression, environment)
    code = InstructionCompiler.compile(self.expression, environment) ?? InstructionCode()
  }

  /// The same program with other instructions.
  init(_ other: Program, _ code: InstructionCode) {
    text = other.text
    environment = other.environment
    expression = other.expression
    type = other.type
    masked = other.masked
    self.code = code
  }

  private static func parse(
    _ source: [UInt8], _ limits: Limits, expandsMacros: Bool = true
  ) throws(ExpressionProblems) -> SyntaxTree {
    do throws(ExpressionProblem) {
      return try Parser.parse(source, limits: limits, expandsMacros: expandsMacros)
    } catch { throw ExpressionProblems([error]) }
  }

  /// A part of the expression as written.
  func part(_ range: Range<Int>) -> String { String(decoding: Array(text.utf8)[range], as: UTF8.self) }
}

extension Program {
  /// The value for the variables in `source`, or why there is none. Allocates nothing where tests and arithmetic on
  /// numbers, booleans, choices, times and texts of the ticket suffice.
  @inlinable
  public func evaluate(_ source: some SlotSource) -> Result<Value, EvaluationError> {
    switch run(source) {
    case .yes: .success(.bool(true))
    case .no: .success(.bool(false))
    case .value(let value): .success(Value(value))
    case .unknown: evaluateGenerally(source)
    }
  }

  /// For an expression whose type is `bool`: whether it holds.
  @inlinable
  public func holds(_ source: some SlotSource) -> Result<Bool, EvaluationError> {
    let target = decide(source)
    return target == Instruction.Target.unknown
      ? holdsGenerally(source) : .success(target == Instruction.Target.yes)
  }

  /// For an expression whose type is `bool`: whether it holds, as far as that can be told without an error and in few
  /// steps; nil where `holds` has to tell. A `Result` with room for an error takes longer to pass on than most tests.
  @inlinable
  public func holdsAtOnce(_ source: some SlotSource) -> Bool? {
    let target = decide(source)
    return target == Instruction.Target.unknown ? nil : target == Instruction.Target.yes
  }

  @usableFromInline @inline(never)
  func holdsGenerally(_ source: some SlotSource) -> Result<Bool, EvaluationError> {
    switch evaluateGenerally(source) {
    case .success(.bool(let value)): .success(value)
    case .success(let value): .failure(located(.notBool(value), at: expression.tree.root))
    case .failure(let error): .failure(error)
    }
  }

  @usableFromInline @inline(never)
  func evaluateGenerally(_ source: some SlotSource) -> Result<Value, EvaluationError> {
    var evaluator = Evaluator(expression, environment, source)
    do throws(EvaluationError) {
      return .success(try evaluator.evaluate(expression.tree.root))
    } catch { return .failure(named(error)) }
  }

  /// An exhausted budget names the part that exhausted it.
  func named(_ error: EvaluationError) -> EvaluationError {
    guard error.isFinal else { return error }
    return EvaluationError(error.code, error.message + " in '\(part(error.range))'", at: error.range)
  }

  private func located(_ error: EvaluationError, at node: NodeID) -> EvaluationError {
    EvaluationError(error.code, error.message, at: expression.tree.nodes[node].range)
  }

  /// A test that has no instruction of its own.
  @usableFromInline @inline(never)
  func general(_ instruction: Instruction, _ source: some SlotSource) -> Int32 {
    var evaluator = Evaluator(expression, environment, source)
    do throws(EvaluationError) {
      return try evaluator.condition(Int(instruction.literal)) ? instruction.whenTrue : instruction.whenFalse
    } catch { return Instruction.Target.unknown }
  }
}

extension Value {
  /// For the kinds that instructions compute.
  @usableFromInline
  init(_ value: SlotValue) {
    switch value.kind {
    case .bool: self = .bool(value.bits != 0)
    case .int: self = .int(value.bits)
    case .uint: self = .uint(UInt64(bitPattern: value.bits))
    case .double: self = .double(value.double)
    case .timestamp: self = .timestamp(value.timestamp)
    case .duration: self = .duration(value.bits)
    default: self = .null
    }
  }
}
