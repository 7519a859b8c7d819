/// Evaluates what is the same in every evaluation: literals, and what is made of them alone.
///
/// A part that gives an error is left to the evaluation, which may never reach it.
struct ConstantFolding {
  /// For all parts together; what takes more is left to the evaluation.
  private static let steps = 20_000

  static func fold(_ expression: CheckedExpression, _ environment: Environment) -> CheckedExpression {
    var evaluator = Evaluator(expression, environment, ValueSlots([]))
    evaluator.call.budget = Budget(steps)
    for node in expression.tree.nodes.indices {
      if case .literal(let value) = expression.tree.nodes[node].kind {
        evaluator.expression.constants[node] = value
      } else if isFoldable(node, evaluator.expression) {
        evaluator.expression.constants[node] = constant(node, &evaluator)
      }
    }
    return evaluator.expression
  }

  private static func constant(_ node: NodeID, _ evaluator: inout Evaluator) -> Value? {
    do throws(EvaluationError) { return try evaluator.evaluate(node) } catch { return nil }
  }

  /// Children stand before their parents, so that they are folded already.
  private static func isFoldable(_ node: NodeID, _ expression: CheckedExpression) -> Bool {
    switch expression.tree.nodes[node].kind {
    case .list, .map, .negate, .not, .binary, .index:
      return expression.tree.children(of: node).allSatisfy { expression.constants[$0] != nil }
    case .call(_, let target, let arguments):
      guard case .function(_, let isMember) = expression.resolutions[node] else { return false }
      return arguments.allSatisfy { expression.constants[$0] != nil }
        && (!isMember || target.map { expression.constants[$0] != nil } == true)
    default: return false
    }
  }
}
