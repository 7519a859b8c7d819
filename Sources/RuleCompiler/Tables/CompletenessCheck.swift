import Diagnostics
import RuleAnalysis
import RuleEvaluator
import TicketModel

/// Whether some row of a table always holds, so that it needs no `otherwise`.
extension RulebookCompiler {
  /// Reports a table without `otherwise` for which some ticket has no row.
  mutating func proveComplete(_ table: DecisionTable, _ entries: [Scope.Entry], _ place: Place) {
    guard let classes = ClassTable(table, values: entries.map(values)) else {
      report(.unprovable(table.name, at: place))
      return
    }
    switch classes.gap() {
    case .covered: break
    case .undecided: report(.unprovable(table.name, at: place))
    case .point(let gap):
      let symbols = symbols
      let texts = ClassText(zone: timeZone) { symbols.text(of: Int($0), slot: $1) }
      let named = texts.text(of: gap, in: classes)
      report(.incomplete(table.name, gap: named.isEmpty ? "any ticket" : named, at: place))
    }
  }

  /// What tickets can have there. What a table decides is taken to be there: where it is not, that has a finding of its own.
  private func values(_ entry: Scope.Entry) -> ValueSet {
    if entry.isDecided { return ValueSet(.allBut([])) }
    if let own = scope.ownField(ofSlot: entry.slot) { return InputValues.values(of: own) }
    return ValueSet(.allBut([]), includesAbsent: true)
  }
}
