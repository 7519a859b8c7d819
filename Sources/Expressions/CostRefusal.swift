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
