import Diagnostics
import RuleEvaluator
import RuleSyntax
import TicketModel

/// `when:` maps and what starts, stops, pauses or cancels a window.
extension RulebookCompiler {
  /// - Parameter overHistory: whether it is asked of earlier instants, too, at which only the ticket's own fields are
  ///   known.
  /// - Returns: the condition, which always holds for nil; nil where something was reported.
  mutating func compileCondition(
    _ declaration: ConditionDeclaration?, of owner: String, overHistory: Bool = false
  ) -> Condition? {
    guard let declaration else { return Condition() }
    var isSound = true
    var expression: Int?
    if let text = declaration.expression {
      expression = compileExpression(text, of: owner, overHistory: overHistory)
      isSound = expression != nil
    }
    var terms = [Condition.Term]()
    for cell in declaration.cells {
      if let term = compileTerm(cell, overHistory) { terms.append(term) } else { isSound = false }
    }
    return isSound ? Condition(terms, expression: expression) : nil
  }

  private mutating func compileTerm(
    _ cell: InputCellDeclaration, _ overHistory: Bool
  ) -> Condition.Term? {
    guard var entry = entry(cell.input) else { return nil }
    if overHistory, entry.isDecided {
      guard let own = scope.field(cell.input.value) else {
        report(.decisionOverHistory(cell.input, scope.fieldNames))
        return nil
      }
      entry = Scope.Entry(slot: own.slot, type: own.field.type, isRequired: false, isDecided: false)
    }
    guard let set = set(cell.cell, entry) else { return nil }
    return Condition.Term(
      name: cell.input.value, slot: entry.slot, domain: entry.type.domain, set: set, text: cell.cell.text,
      place: cell.cell.place)
  }
}
