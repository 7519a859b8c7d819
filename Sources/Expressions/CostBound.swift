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
  private func larger(_ left: Extent, _ right: Extent) -> Extent {
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

  // MARK: Operators, functions, loops

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

  private mutating func called(
    _ node: NodeID, _ name: String, _ target: NodeID?, _ arguments: [NodeID]
  ) -> Extent {
    let operands = ((receiver(node, target).map { [$0] } ?? []) + arguments).map { extent($0) }
    let all = Extent(
      count: operands.reduce(0) { sum($0, $1.count) }, weight: operands.reduce(0) { sum($0, $1.weight) })
    steps[node] = ownSteps(name, node, all)
    guard case .function(let index, _) = expression.resolutions[node] else { return .scalar }
    switch environment.functions.functions[index].result {
    case .constant: return expression.types[node] == .string ? text(ofBytes: Self.longestNumber) : .scalar
    case .sum: return sumOfArguments(name, node, operands, all)
    case .product:
      let result = text(ofBytes: Self.resultBytes(name, operands, sum, product))
      steps[node] = sum(steps[node], result.weight)
      return result
    }
  }

  /// More bytes than any number, time or duration takes as a text.
  private static let longestNumber = 64

  private func sumOfArguments(_ name: String, _ node: NodeID, _ operands: [Extent], _ all: Extent) -> Extent {
    if Self.passingFunctions.contains(name) {
      return operands.dropFirst().reduce(operands.first ?? .scalar) { larger($0, $1) }
    }
    switch expression.types[node] {
    case .string: return text(ofBytes: sum(all.count, Self.longestNumber))
    case .list: return Extent(count: all.count, weight: sum(1, sum(all.count, all.weight)), parts: [all])
    default: return all
    }
  }

  /// Functions that hand on one of their arguments as it is.
  private static let passingFunctions: Set<String> = [
    "orValue", "or", "value", "hasValue", "optional.of", "optional.ofNonZeroValue", "dyn", "type",
  ]
  /// Functions that make a value of each code point, and take a step for each byte.
  private static let codePointFunctions: Set<String> = [
    "charAt", "indexOf", "lastIndexOf", "substring", "lowerAscii", "upperAscii", "trim", "reverse", "split",
  ]

  /// What the call takes beside its arguments.
  private func ownSteps(_ name: String, _ node: NodeID, _ all: Extent) -> Int {
    if Self.passingFunctions.contains(name) { return 0 }
    if Self.codePointFunctions.contains(name) { return product(all.weight, 17) }
    return name == "matches" && expression.patterns[node] == nil
      ? sum(100, product(all.weight, 68)) : product(all.weight, 2)
  }

  private func text(ofBytes count: Int) -> Extent { Extent(count: count, weight: 1 + count / 16) }

  /// How long a text can become that is longer than its arguments together.
  private static func resultBytes(
    _ name: String, _ operands: [Extent], _ sum: (Int, Int) -> Int, _ product: (Int, Int) -> Int
  ) -> Int {
    let first = operands.first ?? .scalar
    let others = operands.dropFirst()
    switch name {
    case "replace":
      // A part may be empty, and then stands before each character and at the end.
      let new = others.dropFirst().first ?? .scalar
      return sum(first.count, product(sum(first.count, 1), new.count))
    case "join":
      let separators = product(first.count, others.first?.count ?? 0)
      return sum(product(first.weight, 17), separators)
    default:
      // `format`: a number can take 1,100 characters.
      let clauses = product(first.count, 550)
      return sum(clauses, product(others.reduce(1) { sum($0, $1.weight) }, 64))
    }
  }

  /// The receiver, unless it is a namespace.
  private func receiver(_ node: NodeID, _ target: NodeID?) -> NodeID? {
    guard case .function(_, isMember: true) = expression.resolutions[node] else { return nil }
    return target
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
  fileprivate var undeclaredSizes: [String] {
    choices.isEmpty ? type.undeclaredSizes(bounds, of: "'\(name)'") : []
  }
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
        field.type.undeclaredSizes(
          bounds.members[field.name] ?? SizeBounds(), of: "'\(field.name)' in \(name)")
      }
    default: []
    }
  }
}
