/// The most steps that an evaluation can take, from the limits of the environment; and which part takes them.
struct CostBound {
  private let expression: CheckedExpression
  private let environment: Environment
  /// The steps of each node and all below it.
  private var steps: [Int]
  /// What macros bind.
  private var locals: [Extent]
  private(set) var costliest: (node: NodeID, steps: Int) = (0, 0)

  /// How large a value can be.
  private struct Extent {
    /// Elements, or bytes of a text.
    var count: Int
    /// Steps for going through all of it.
    var weight: Int
    /// What is declared about it and its parts.
    var bounds = SizeBounds()

    static let scalar = Extent(count: 1, weight: 1)
  }

  init(_ expression: CheckedExpression, _ environment: Environment) {
    self.expression = expression
    self.environment = environment
    steps = Array(repeating: 0, count: expression.tree.nodes.count)
    locals = Array(repeating: .scalar, count: expression.tree.localCount)
  }

  mutating func bound() -> Int {
    _ = extent(expression.tree.root)
    return steps[expression.tree.root]
  }

  /// Finds the steps of a node and how large its value can be.
  private mutating func extent(_ node: NodeID) -> Extent {
    if let constant = expression.constants[node] {
      steps[node] = 1
      return extent(of: constant)
    }
    let result = uncached(node)
    let below = expression.tree.children(of: node).reduce(0) { sum($0, steps[$1]) }
    if !isLoop(node) { steps[node] = sum(steps[node], sum(below, 1)) }
    let own = isLoop(node) ? steps[node] : steps[node] - below
    if own > costliest.steps { costliest = (node, own) }
    return result
  }

  private func isLoop(_ node: NodeID) -> Bool {
    if case .comprehension = expression.tree.nodes[node].kind { true } else { false }
  }

  /// Leaves in `steps` what the node takes by itself.
  private mutating func uncached(_ node: NodeID) -> Extent {
    switch expression.tree.nodes[node].kind {
    case .literal(let value): return extent(of: value)
    case .identifier: return named(node)
    case .select(let operand, let field, _):
      switch expression.resolutions[node] {
      case .variable, .optionalVariable: return named(node)
      default:
        let whole = extent(operand)
        return within(whole, extent(of: expression.types[node], whole.bounds.members[field]))
      }
    case .has(let operand):
      if case .select(let base, _, _) = expression.tree.nodes[operand].kind,
        case .none = expression.resolutions[operand]
      {
        _ = extent(base)
        steps[operand] = steps[base]
      }
      return .scalar
    case .index(let operand, let index, _):
      _ = extent(index)
      let whole = extent(operand)
      return within(whole, extent(of: expression.types[node], whole.bounds.element))
    case .call(let name, let target, let arguments): return called(node, name, target, arguments)
    case .negate(let operand), .not(let operand): return extent(operand)
    case .binary(let sign, let left, let right): return combined(node, sign, extent(left), extent(right))
    case .and(let operands), .or(let operands):
      for operand in operands { _ = extent(operand) }
      return .scalar
    case .conditional(let condition, let first, let second):
      _ = extent(condition)
      let (first, second) = (extent(first), extent(second))
      return Extent(count: max(first.count, second.count), weight: max(first.weight, second.weight))
    case .list, .map: return gathered(expression.tree.children(of: node))
    case .comprehension(let comprehension): return looped(node, comprehension)
    case .bind(let local, let value, let body):
      locals[local.number] = extent(value)
      return extent(body)
    case .optionalMap(let target, let local, let body, _):
      locals[local.number] = extent(target)
      return extent(body)
    }
  }

  private func sum(_ left: Int, _ right: Int) -> Int {
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? .max : sum
  }

  private func product(_ left: Int, _ right: Int) -> Int {
    let (product, overflow) = left.multipliedReportingOverflow(by: right)
    return overflow ? .max : product
  }

  // MARK: Values

  private func extent(of value: Value) -> Extent {
    let weight = value.size(limit: 1 << 20)
    switch value {
    case .string(let it): return Extent(count: it.utf8.count, weight: weight)
    case .bytes(let it): return Extent(count: it.count, weight: weight)
    case .list(let it): return Extent(count: it.count, weight: weight)
    case .map(let it): return Extent(count: it.count, weight: weight)
    default: return .scalar
    }
  }

  private func extent(of type: Type, _ declared: SizeBounds? = nil) -> Extent {
    let bounds = declared ?? SizeBounds()
    switch type {
    case .string, .bytes:
      // A code point takes four bytes at most.
      let count = bounds.maximum.map { product($0, 4) } ?? environment.limits.textLength
      return Extent(count: count, weight: 1 + count / 16, bounds: bounds)
    case .list(let element): return repeated(extent(of: element, bounds.element).weight, bounds)
    case .map(let key, let value):
      return repeated(sum(extent(of: key).weight, extent(of: value).weight), bounds)
    case .record(let record):
      let weight = record.fields.reduce(1) {
        sum($0, extent(of: $1.type, bounds.members[$1.name]).weight)
      }
      return Extent(count: record.fields.count, weight: weight, bounds: bounds)
    case .optional(let wrapped): return extent(of: wrapped, bounds)
    case .dyn, .abstract: return repeated(extent(of: .string).weight, bounds)
    default: return .scalar
    }
  }

  private func repeated(_ weight: Int, _ bounds: SizeBounds) -> Extent {
    let count = bounds.maximum ?? environment.limits.listSize
    return Extent(count: count, weight: sum(1, product(count, weight)), bounds: bounds)
  }

  /// Reading a text copies it.
  private mutating func named(_ node: NodeID) -> Extent {
    switch expression.resolutions[node] {
    case .variable(let index), .optionalVariable(let index):
      let variable = environment.variables[index]
      guard variable.choices.isEmpty else { return .scalar }
      let extent = extent(of: variable.type, variable.bounds)
      if variable.type == .string || variable.type == .bytes { steps[node] = extent.weight }
      return extent
    case .local(let number): return locals[number]
    default: return .scalar
    }
  }

  /// A part of a value is no larger than the value, nor than its type allows.
  private func within(_ whole: Extent, _ part: Extent) -> Extent {
    let weight = min(whole.weight, part.weight)
    return Extent(count: min(part.count, product(weight, 16)), weight: weight, bounds: part.bounds)
  }

  private mutating func gathered(_ nodes: [NodeID]) -> Extent {
    var weight = 1
    for node in nodes { weight = sum(weight, extent(node).weight) }
    return Extent(count: nodes.count, weight: weight)
  }

  // MARK: Operators, functions, loops

  private mutating func combined(
    _ node: NodeID, _ sign: BinaryOperator, _ left: Extent, _ right: Extent
  ) -> Extent {
    let both = Extent(count: sum(left.count, right.count), weight: sum(left.weight, right.weight))
    switch (sign, expression.types[node]) {
    case (.add, .string), (.add, .bytes), (.add, .list), (.add, .dyn):
      steps[node] = both.weight
      return both
    case (.equal, _), (.notEqual, _): steps[node] = min(left.weight, right.weight)
    case (.contained, _): steps[node] = sum(right.weight, right.count)
    default: break
    }
    return .scalar
  }

  private mutating func called(
    _ node: NodeID, _ name: String, _ target: NodeID?, _ arguments: [NodeID]
  ) -> Extent {
    let operands = ((receiver(node, target).map { [$0] } ?? []) + arguments).map { extent($0) }
    let all = Extent(
      count: operands.reduce(0) { sum($0, $1.count) }, weight: operands.reduce(0) { sum($0, $1.weight) })
    steps[node] =
      name == "matches" && expression.patterns[node] == nil
      ? product(all.weight, 64) : product(all.weight, 17)
    guard case .function(let index, _) = expression.resolutions[node] else { return .scalar }
    switch environment.functions.functions[index].result {
    case .constant: return .scalar
    case .sum:
      guard name == "orValue" || name == "or", let first = operands.first else { return all }
      let largest = Extent(
        count: operands.map(\.count).max() ?? 1, weight: operands.map(\.weight).max() ?? 1)
      return Extent(count: largest.count, weight: largest.weight, bounds: first.bounds)
    case .product:
      let first = operands.first ?? .scalar
      let result = Extent(
        count: product(first.count, all.count), weight: product(first.weight, all.weight))
      steps[node] = sum(steps[node], result.weight)
      return result
    }
  }

  /// The receiver, unless it is a namespace.
  private func receiver(_ node: NodeID, _ target: NodeID?) -> NodeID? {
    guard case .function(_, isMember: true) = expression.resolutions[node] else { return nil }
    return target
  }

  private mutating func looped(_ node: NodeID, _ comprehension: SyntaxTree.Comprehension) -> Extent {
    let range = extent(comprehension.range)
    let element = within(
      range,
      element(of: expression.types[comprehension.range], range.bounds, comprehension.second == nil))
    locals[comprehension.first.number] =
      comprehension.second == nil ? element : within(range, extent(of: .string))
    if let second = comprehension.second { locals[second.number] = element }
    if let filter = comprehension.filter { _ = extent(filter) }
    let body = extent(comprehension.body)
    let each = sum(steps[comprehension.body], comprehension.filter.map { steps[$0] } ?? 0)
    steps[node] = sum(sum(steps[comprehension.range], 1), product(range.count, sum(each, 1)))
    switch comprehension.kind {
    case .all, .exists, .existsOne: return .scalar
    case .filter: return range
    default: return Extent(count: range.count, weight: sum(1, product(range.count, sum(body.weight, 1))))
    }
  }

  private func element(of type: Type, _ bounds: SizeBounds, _ isSingle: Bool) -> Extent {
    switch type {
    case .list(let element): extent(of: element, bounds.element)
    case .map(let key, let value): extent(of: isSingle ? key : value)
    default: extent(of: .dyn)
    }
  }
}

extension Program {
  /// The most steps that an evaluation can take while texts and lists keep to the environment's limits, and the part
  /// of the expression that takes most of them. `Int.max` stands for more than can be counted.
  public var costBound: (steps: Int, costliest: Range<Int>) {
    var bound = CostBound(expression, environment)
    let steps = bound.bound()
    return (steps, expression.tree.nodes[bound.costliest.node].range)
  }

  func refuseCost(above limit: Int) throws(ExpressionProblems) {
    guard limit < .max else { return }
    var bound = CostBound(expression, environment)
    let steps = bound.bound()
    if steps <= limit { return }
    let node = bound.costliest.node
    let range = expression.tree.nodes[node].range
    throw ExpressionProblems([
      .tooCostly(steps, limit: limit, part: part(range), remedy: remedy(for: node), at: range)
    ])
  }

  /// How the cost of a part can be bounded: by declaring the sizes of the variables in it that declare none.
  private func remedy(for node: NodeID) -> String {
    let variables = expression.variables(in: node).map { environment.variables[$0] }
    let missing = variables.flatMap { $0.undeclaredSizes }
    if !missing.isEmpty { return "declare \(missing.joined(separator: " and "))" }
    let sized = variables.filter { $0.choices.isEmpty && $0.type.hasSize }.map { "'\($0.name)'" }
    return sized.isEmpty
      ? "make it simpler" : "make it simpler, or declare smaller sizes of \(sized.joined(separator: " and "))"
  }
}

extension CheckedExpression {
  /// The indexes of the variables that a node and all below it read, each once, in the order of the text.
  func variables(in node: NodeID) -> [Int] {
    var found: [Int] = []
    func visit(_ node: NodeID) {
      switch resolutions[node] {
      case .variable(let index), .optionalVariable(let index):
        if !found.contains(index) { found.append(index) }
      default: for child in tree.children(of: node) { visit(child) }
      }
    }
    visit(node)
    return found
  }
}

extension Variable {
  /// The keys with which a rulebook would bound its size, as `max_items of 'tags'`.
  fileprivate var undeclaredSizes: [String] { choices.isEmpty ? type.undeclaredSizes(bounds, of: "'\(name)'") : [] }
}

extension Type {
  fileprivate var hasSize: Bool {
    switch self {
    case .string, .bytes, .list, .map, .dyn: true
    default: false
    }
  }

  fileprivate func undeclaredSizes(_ bounds: SizeBounds, of name: String) -> [String] {
    switch self {
    case .string: bounds.maximum == nil ? ["max_length of \(name)"] : []
    case .list(let element):
      (bounds.maximum == nil ? ["max_items of \(name)"] : [])
        + element.undeclaredSizes(bounds.element, of: "the elements of \(name)")
    case .record(let record):
      record.fields.flatMap { field in
        field.type.undeclaredSizes(bounds.members[field.name] ?? SizeBounds(), of: "'\(field.name)' in \(name)")
      }
    default: []
    }
  }
}
