/// Resolves names and finds types (langdef.md, "Gradual Type Checking"); reports all mistakes, not just the first.
///
/// Where the specification is silent it follows cel-go's checker.
struct Checker {
  let environment: Environment
  /// Without it types are found as far as they go, nothing is reported, and mistakes wait for the evaluation.
  let isStrict: Bool
  let source: [UInt8]

  var tree: SyntaxTree
  var types: [Type]
  var resolutions: [CheckedExpression.Resolution]
  var patterns: [NodeID: RegularExpression] = [:]
  var problems: [ExpressionProblem] = []
  var unification = Unification()

  /// Names that macros around the current node bind, innermost last.
  var locals: [(local: SyntaxTree.Local, type: Type)] = []
  /// What conditions around the current node have shown to be there.
  var present: [AccessPath] = []
  /// The longest chain of names around the current name, for messages.
  var chain: (text: String, range: Range<Int>)?

  init(_ tree: SyntaxTree, in environment: Environment, source: [UInt8], isStrict: Bool) {
    self.environment = environment
    self.isStrict = isStrict
    self.source = source
    self.tree = tree
    types = Array(repeating: .dyn, count: tree.nodes.count)
    resolutions = Array(repeating: .none, count: tree.nodes.count)
  }

  /// `expected` is the type that the whole must have, if any.
  static func check(
    _ tree: SyntaxTree, in environment: Environment, source: [UInt8], expected: Type?, isStrict: Bool
  ) throws(ExpressionProblems) -> CheckedExpression {
    var checker = Checker(tree, in: environment, source: source, isStrict: isStrict)
    let type = checker.check(tree.root)
    if let expected, !checker.unification.assign(type, to: expected) {
      let found = checker.unification.resolve(type)
      checker.report(.typeMismatch(found, expected: expected, at: checker.range(tree.root)))
    }
    guard checker.problems.isEmpty else { throw ExpressionProblems(checker.problems) }
    return CheckedExpression(
      tree: tree, types: checker.types.map { checker.unification.resolve($0, isFinal: true) },
      resolutions: checker.resolutions, patterns: checker.patterns,
      constants: Array(repeating: nil, count: tree.nodes.count))
  }

  mutating func report(_ problem: ExpressionProblem) {
    if isStrict { problems.append(problem) }
  }

  func range(_ node: NodeID) -> Range<Int> { tree.nodes[node].range }

  func type(_ node: NodeID) -> Type { unification.resolve(types[node]) }

  /// Finds the type of a node and of all below it. A node with a mistake is `dyn`, so that it causes no others.
  @discardableResult
  mutating func check(_ node: NodeID) -> Type {
    let type = inferredType(node)
    types[node] = type
    return type
  }

  /// A separate step, because `unification.resolve(check(node))` would resolve by what was known before the check.
  mutating func checkResolved(_ node: NodeID) -> Type {
    let type = check(node)
    return unification.resolve(type)
  }

  private mutating func inferredType(_ node: NodeID) -> Type {
    switch tree.nodes[node].kind {
    case .literal(let value): return Self.type(of: value)
    case .identifier(let name, let isAbsolute):
      return checkName(node, QualifiedName(names: [name], isAbsolute: isAbsolute))
    case .select(let operand, let field, let isOptional): return checkSelect(node, operand, field, isOptional)
    case .has(let operand): return checkPresence(operand)
    case .index(let operand, let index, let isOptional): return checkIndex(node, operand, index, isOptional)
    case .call(let name, let target, let arguments): return checkCall(node, name, target, arguments)
    case .negate(let operand): return checkNegation(node, operand)
    case .not(let operand): return checkCondition(operand)
    case .binary(let sign, let left, let right): return checkBinary(node, sign, left, right)
    case .and(let operands): return checkLogical(operands, presentWhen: true)
    case .or(let operands): return checkLogical(operands, presentWhen: false)
    case .conditional(let condition, let first, let second): return checkConditional(condition, first, second)
    case .list(let elements): return checkList(elements)
    case .map(let entries): return checkMap(entries)
    case .comprehension(let comprehension): return checkComprehension(comprehension)
    case .bind(let local, let value, let body):
      let type = check(value)
      return with(local, type) { $0.check(body) }
    case .optionalMap(let target, let local, let body, let isFlat):
      return checkOptionalMap(target, local, body, isFlat)
    }
  }

  private static func type(of value: Value) -> Type {
    switch value {
    case .null: .null
    case .bool: .bool
    case .int: .int
    case .uint: .uint
    case .double: .double
    case .string: .string
    case .bytes: .bytes
    default: .dyn
    }
  }

  // MARK: Conditions

  /// Checks an operand that must be a boolean.
  @discardableResult
  mutating func checkCondition(_ node: NodeID) -> Type {
    let type = check(node)
    if !unification.assign(type, to: .bool) {
      report(.typeMismatch(unification.resolve(type), expected: .bool, at: range(node)))
    }
    return .bool
  }

  /// Later operands of `&&` are read only where the earlier ones hold, those of `||` only where they do not.
  private mutating func checkLogical(_ operands: [NodeID], presentWhen value: Bool) -> Type {
    let before = present.count
    for operand in operands {
      checkCondition(operand)
      present += presencesShown(by: operand, being: value)
    }
    present.removeSubrange(before...)
    return .bool
  }

  private mutating func checkConditional(_ condition: NodeID, _ first: NodeID, _ second: NodeID) -> Type {
    checkCondition(condition)
    let firstType = check(first, knowing: presencesShown(by: condition, being: true))
    let secondType = check(second, knowing: presencesShown(by: condition, being: false))
    let parameter = unification.newParameter()
    if unification.assign([firstType, secondType], to: [parameter, parameter]) {
      return unification.resolve(parameter)
    }
    report(
      .typeMismatch(
        unification.resolve(secondType), expected: unification.resolve(firstType), at: range(second)))
    return .dyn
  }

  private mutating func check(_ node: NodeID, knowing paths: [AccessPath]) -> Type {
    let before = present.count
    present += paths
    defer { present.removeSubrange(before...) }
    return check(node)
  }

  // MARK: Lists and maps

  private mutating func checkList(_ elements: [SyntaxTree.Element]) -> Type {
    var joined: Type?
    for element in elements {
      let type = elementType(element.value, isOptional: element.isOptional)
      joined = joined.map { unification.join($0, type) } ?? type
    }
    return .list(joined ?? unification.newParameter())
  }

  private mutating func elementType(_ node: NodeID, isOptional: Bool) -> Type {
    let type = checkResolved(node)
    guard isOptional else { return type }
    switch type {
    case .optional(let wrapped): return wrapped
    case .dyn, .parameter: return .dyn
    default:
      report(.typeMismatch(type, expected: .optional(type), at: range(node)))
      return .dyn
    }
  }

  private mutating func checkMap(_ entries: [SyntaxTree.Entry]) -> Type {
    var joined: (key: Type, value: Type)?
    for entry in entries {
      let key = check(entry.key)
      let value = elementType(entry.value, isOptional: entry.isOptional)
      joined =
        joined.map { (unification.join($0.key, key), unification.join($0.value, value)) } ?? (key, value)
    }
    return .map(joined?.key ?? unification.newParameter(), joined?.value ?? unification.newParameter())
  }
}
