import RuleEvaluator
import TestSupport
import TicketModel
import WorkingTime

extension Rulebook {
  /// What the evaluator makes of a ticket in the first table, in the words of differences.
  func outcome(_ json: String) throws -> String? {
    let decision = decision(about: try ticket(json), at: .earliest)
    let table = tables[0]
    switch decision.outcomes[0] {
    case .row(let row): return table.text(table.rows[row])
    case .otherwise: return table.otherwise.map { table.text($0) }
    case .rows(let range):
      let texts = decision.listedRows[range].map { table.text(table.rows[$0]) }
      return "[\((table.hit == .collect(nil) ? texts.sorted() : texts).joined(separator: ", "))]"
    case .aggregate(let value): return String(value.integer)
    case .conflict: return "conflict"
    case .overflow: return "overflow"
    case .undecided: return nil
    }
  }
}

extension DecisionTable {
  func text(_ row: Row) -> String {
    let values = row.outputs.map { value in
      switch value {
      case .choice(_, let key): key
      case .integer(let integer): String(integer)
      case .text(let text, _): text
      default: "none"
      }
    }
    if outputs.count == 1 { return values[0] }
    return zip(outputs, values).map { "\($0.name): \($1)" }.joined(separator: ", ")
  }
}
