import Expressions
import TicketModel

extension Evaluator {
  /// Applies every table in its order, and makes the outputs readable for what comes after.
  mutating func decide(for ticket: borrowing Ticket, into decision: inout Decision) {
    for index in rulebook.tables.indices {
      let outcome = tables[index]._withUnsafeGuaranteedRef { table in
        let outcome = evaluate(table, for: ticket, into: &decision)
        store(outcome, of: table)
        return outcome
      }
      decision.outcomes.append(outcome)
      report(outcome, ofTable: index, in: &decision)
    }
  }

  mutating func evaluate(
    _ table: DecisionTable, for ticket: borrowing Ticket, into decision: inout Decision
  ) -> TableOutcome {
    if table.readsExpressions { return evaluateWithExpressions(table, for: ticket, into: &decision) }
    return table.outcome(listed: &decision.listedRows) { body in
      table.index.forEachMatch(values.readable, classes.elements, body)
    }
  }

  /// The way of tables with expressions: inputs are computed first; a row matches where its expression holds, too.
  private mutating func evaluateWithExpressions(
    _ table: DecisionTable, for ticket: borrowing Ticket, into decision: inout Decision
  ) -> TableOutcome {
    for input in table.inputs {
      guard let expression = input.expression else { continue }
      values.elements[input.slot] = value(of: expression, input.symbols, for: ticket, failures: &decision)
    }
    var listed = [Int]()
    var matching = [Int]()
    table.index.forEachMatch(values.readable, classes.elements) { row in
      matching.append(row)
      return true
    }
    matching = matching.filter { row in
      table.rows[row].expression.map { holds($0, for: ticket, failures: &decision) } ?? true
    }
    let outcome = table.outcome(listed: &listed) { body in
      for row in matching where !body(row) { return }
    }
    guard case .rows = outcome else { return outcome }
    let start = decision.listedRows.count
    decision.listedRows += listed
    return .rows(start..<decision.listedRows.count)
  }

  /// Makes the outputs readable for later tables.
  private mutating func store(_ outcome: TableOutcome, of table: DecisionTable) {
    for index in table.slotsOfOutputs.indices {
      let slot = table.slotsOfOutputs[index]
      if slot < 0 { continue }
      values.elements[slot] =
        switch outcome {
        case .row(let row): table.outputSlots[row &* table.outputs.count &+ index]
        case .otherwise: table.otherwise?.outputs[index].slot ?? .absent
        case .aggregate(let value): value
        case .rows: .absent
        case .conflict, .overflow, .undecided: Slot(kind: .invalid)
        }
    }
  }

  private mutating func report(_ outcome: TableOutcome, ofTable index: Int, in decision: inout Decision) {
    switch outcome {
    case .conflict(let first, let second):
      let rows = Int64(first) << 32 | Int64(second)
      decision.findings.append(Finding(.conflictingRows, rule: index, detail: rows))
    case .overflow: decision.findings.append(Finding(.overflow, rule: index))
    case .undecided: decision.findings.append(Finding(.undecided, rule: index))
    case .row, .otherwise, .rows, .aggregate: break
    }
  }
}
