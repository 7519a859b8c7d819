/// Which nodes of an expression may hold what was computed of a masked variable.
///
/// Asking whether a variable is there (`has`) tells nothing of its value; everything else that touches it does.
struct MaskedNodes {
  private let expression: CheckedExpression
  private let environment: Environment
  /// By node.
  private var nodes: [Bool]
  /// By the number of a name that a macro binds.
  private var locals: [Bool]

  static func find(in expression: CheckedExpression, _ environment: Environment) -> [Bool] {
    let count = expression.tree.nodes.count
    guard environment.variables.contains(where: \.isMasked) else {
      return Array(repeating: false, count: count)
    }
    var search = MaskedNodes(
      expression: expression, environment: environment, nodes: Array(repeating: false, count: count),
      locals: Array(repeating: false, count: expression.tree.localCount))
    search.visit(expression.tree.root)
    return search.nodes
  }

  private mutating func visit(_ node: NodeID) {
    switch expression.resolutions[node] {
    case .variable(let index), .optionalVariable(let index):
      nodes[node] = environment.variables[index].isMasked
    case .local(let number): nodes[node] = locals[number]
    default: visitParts(of: node)
    }
  }

  private mutating func visitParts(of node: NodeID) {
    switch expression.tree.nodes[node].kind {
    case .has(let operand):
      if case .variable = expression.resolutions[operand] { return }
    case .comprehension(let it):
      visit(it.range)
      bind([it.first] + (it.second.map { [$0] } ?? []), nodes[it.range])
    case .bind(let local, let value, _), .optionalMap(let value, let local, _, _):
      visit(value)
      bind([local], nodes[value])
    default: break
    }
    for child in expression.tree.children(of: node) {
      visit(child)
      if nodes[child] { nodes[node] = true }
    }
  }

  private mutating func bind(_ names: [SyntaxTree.Local], _ isMasked: Bool) {
    for name in names { locals[name.number] = isMasked }
  }
}
