/// The most steps that an evaluation can take, from the limits of the environment; and which part takes them.
struct CostBound {
  let expression: CheckedExpression
  let environment: Environment
  /// The steps of each node and all below it.
  var steps: [Int]
  /// What macros bind.
  private var locals: [Extent]
  private(set) var costliest: (node: NodeID, steps: Int) = (0, 0)

  /// How large a value can be.
  struct Extent {
    /// Elements, or bytes of a text.
    var count: Int
    /// Steps for going through all of it.
    var weight: Int
    /// What is declared about it and its parts.
    var bounds = SizeBounds()
    /// Whether it is a variable, or a part of one, whose parts keep to their types' sizes.
    var isVariable = false
    /// What its largest element or member is like, where that is known; none or one.
    var parts: [Extent] = []

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
  mutating func extent(_ node: NodeID) -> Extent {
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
        return part(of: whole, expression.types[node], whole.bounds.members[field])
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
      return part(of: whole, expression.types[node], whole.bounds.element)
    case .call(let name, let target, let arguments): return called(node, name, target, arguments)
    case .negate(let operand), .not(let operand): return extent(operand)
    case .binary(let sign, let left, let right): return combined(node, sign, extent(left), extent(right))
    case .and(let operands), .or(let operands):
      for operand in operands { _ = extent(operand) }
      return .scalar
    case .conditional(let condition, let first, let second):
      _ = extent(condition)
      let (first, second) = (extent(first), extent(second))
      return larger(first, second)
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

  func sum(_ left: Int, _ right: Int) -> Int {
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? .max : sum
  }

  func product(_ left: Int, _ right: Int) -> Int {
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
      if !variable.choices.isEmpty { return text(ofBytes: variable.choices.map(\.utf8.count).max() ?? 0) }
      var extent = extent(of: variable.type, variable.bounds)
      extent.isVariable = true
      if variable.type == .string || variable.type == .bytes { steps[node] = extent.weight }
      return extent
    case .local(let number): return locals[number]
    default: return .scalar
    }
  }

  /// A part of a value is no larger than the value, and of a variable no larger than its type allows.
  private func part(of whole: Extent, _ type: Type, _ bounds: SizeBounds?) -> Extent {
    if let part = whole.parts.first { return part }
    let room = Extent(count: product(whole.weight, 16), weight: whole.weight)
    guard whole.isVariable else { return room }
    let own = extent(of: type, bounds)
    return Extent(
      count: min(own.count, room.count), weight: min(own.weight, room.weight), bounds: own.bounds,
      isVariable: true)
  }

  /// As large as either.
  func larger(_ left: Extent, _ right: Extent) -> Extent {
    if left.count == 0 { return right }
    if right.count == 0 { return left }
    var result = Extent(count: max(left.count, right.count), weight: max(left.weight, right.weight))
    if let first = left.parts.first, let second = right.parts.first { result.parts = [larger(first, second)] }
    if left.isVariable, right.isVariable, left.bounds == right.bounds {
      result.isVariable = true
      result.bounds = left.bounds
    }
    return result
  }

  private mutating func gathered(_ nodes: [NodeID]) -> Extent {
    var weight = 1
    var part = Extent(count: 0, weight: 1)
    for node in nodes {
      let extent = extent(node)
      weight = sum(weight, extent.weight)
      part = larger(part, extent)
    }
    return Extent(count: nodes.count, weight: weight, parts: [part])
  }

  // MARK: Operators and loops

  private mutating func combined(
    _ node: NodeID, _ sign: BinaryOperator, _ left: Extent, _ right: Extent
  ) -> Extent {
    var both = Extent(count: sum(left.count, right.count), weight: sum(left.weight, right.weight))
    if case .list(let element) = expression.types[node] {
      both.parts = [
        larger(part(of: left, element, left.bounds.element), part(of: right, element, right.bounds.element))
      ]
    }
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

  private mutating func looped(_ node: NodeID, _ comprehension: SyntaxTree.Comprehension) -> Extent {
    let range = extent(comprehension.range)
    let element = part(
      of: range, elementType(expression.types[comprehension.range], comprehension.second == nil),
      range.bounds.element)
    locals[comprehension.first.number] =
      comprehension.second == nil ? element : part(of: range, .string, nil)
    if let second = comprehension.second { locals[second.number] = element }
    if let filter = comprehension.filter { _ = extent(filter) }
    let body = extent(comprehension.body)
    var each = sum(steps[comprehension.body], comprehension.filter.map { steps[$0] } ?? 0)
    if comprehension.kind == .transformMapEntry { each = sum(each, body.count) }
    steps[node] = sum(sum(steps[comprehension.range], 1), product(range.count, sum(each, 1)))
    switch comprehension.kind {
    case .all, .exists, .existsOne: return .scalar
    case .filter: return range
    default:
      let count = comprehension.kind == .transformMapEntry ? product(range.count, body.count) : range.count
      return Extent(
        count: count, weight: sum(1, product(range.count, sum(body.weight, 1))),
        parts: comprehension.kind == .transformMapEntry ? [] : [body])
    }
  }

  private func elementType(_ type: Type, _ isSingle: Bool) -> Type {
    switch type {
    case .list(let element): element
    case .map(let key, let value): isSingle ? key : value
    default: .dyn
    }
  }
}
