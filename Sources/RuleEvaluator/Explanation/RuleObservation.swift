public import TicketModel
public import WorkingTime

extension Evaluator {
  /// Evaluates `ticket` at `now`, as `evaluate` does, and adds to `use` what each part of the rulebook said. Slow.
  public mutating func evaluate(
    _ ticket: borrowing Ticket, at now: Instant, into decision: inout Decision, noting use: inout RuleUse
  ) {
    let past = PastAnswers()
    pastAnswers = past
    evaluate(ticket, at: now, into: &decision)
    pastAnswers = nil
    for (index, answer) in past.guards { use.guards[index].note(answer) }
    for (index, answer) in past.notifications { use.notifications[index].note(answer) }
    for index in rulebook.tables.indices {
      note(
        decision.outcomes[index], of: rulebook.tables[index], decision, for: ticket, in: &use.tables[index])
    }
    noteConditions(decision, for: ticket, in: &use)
    for index in rulebook.windows.indices { noteWindow(index, decision, for: ticket, in: &use) }
  }

  // MARK: Tables

  private mutating func note(
    _ outcome: TableOutcome, of table: DecisionTable, _ decision: borrowing Decision,
    for ticket: borrowing Ticket, in use: inout RuleUse.TableUse
  ) {
    switch outcome {
    case .row(let row): use.hits[row] = true
    case .otherwise: use.hitsOtherwise = true
    case .rows(let range): for row in decision.listedRows[range] { use.hits[row] = true }
    case .conflict(let first, let second):
      use.hits[first] = true
      use.hits[second] = true
    case .aggregate, .overflow, .undecided: break
    }
    for row in table.rows.indices {
      let holds = noteCells(ofRow: row, table, for: ticket, in: &use)
      if holds, case .aggregate = outcome { use.hits[row] = true }
      if holds, table.hit == .first { return }
    }
  }

  /// - Returns: whether the row holds.
  private mutating func noteCells(
    ofRow row: Int, _ table: DecisionTable, for ticket: borrowing Ticket, in use: inout RuleUse.TableUse
  ) -> Bool {
    var holds = true
    for (index, cell) in table.rows[row].cells.enumerated() {
      let answer = table.index.accepts(row: row, column: cell.input, values.readable)
      use.cells[row][index].note(answer)
      holds = holds && answer
    }
    guard holds, let expression = table.rows[row].expression else { return holds }
    let answer = isTrue(expression, for: ticket)
    use.expressions[row]?.note(answer)
    return answer
  }

  private mutating func isTrue(_ expression: Int, for ticket: borrowing Ticket) -> Bool {
    var scratch = Decision()
    return holds(expression, for: ticket, failures: &scratch)
  }

  // MARK: Conditions

  private mutating func noteConditions(
    _ decision: borrowing Decision, for ticket: borrowing Ticket, in use: inout RuleUse
  ) {
    for row in 0..<rulebook.conditions.index.rowCount {
      var answer = rulebook.conditions.index.accepts(row: row, values.readable)
      let expression = rulebook.conditions.expressions[row]
      if answer, expression >= 0 { answer = isTrue(expression, for: ticket) }
      switch rulebook.conditions.rules[row] {
      case .escalation(let number): use.escalations[number].note(answer)
      case .window(let index): use.windows[index].condition.note(answer)
      case .requirement(let index): use.requirements[index].note(answer)
      case .check(let index):
        use.checks[index].note(answer)
        if answer { noteCheck(index, decision, in: &use) }
      case .notification(let index):
        // Of a change of the status its condition is asked at that change.
        let events = rulebook.notifications[index].events
        if events != [.statusChanged] { use.notifications[index].note(answer) }
      case .review(let index): use.reviews[index].note(answer)
      case .waiver(let index): use.waivers[index].note(decision.waivers.contains(index))
      }
    }
    for (index, review) in rulebook.reviews.enumerated() {
      guard case .ticket(let requirement) = review.subject else { continue }
      use.reviews[index] = use.requirements[requirement]
    }
  }

  /// A check that has failed is a finding; one without a value has said neither.
  private mutating func noteCheck(_ index: Int, _ decision: borrowing Decision, in use: inout RuleUse) {
    let expression = rulebook.checkExpressions[index]
    if decision.failures.contains(where: { $0.expression == expression }) { return }
    let failed = decision.findings.contains { $0.kind == .failedCheck && $0.rule == index }
    use.checkExpressions[index].note(!failed)
  }

  // MARK: Windows

  private mutating func noteWindow(
    _ index: Int, _ decision: borrowing Decision, for ticket: borrowing Ticket, in use: inout RuleUse
  ) {
    let reading = decision.reading(ofWindow: index)
    let hasNoTarget = decision.findings.contains { $0.kind == .windowWithoutTarget && $0.rule == index }
    if reading == nil, !hasNoTarget { return }
    let rows = rulebook.moments.rows[index]
    note(rows.start, for: ticket, in: &use.windows[index].start)
    note(rows.stop, for: ticket, in: &use.windows[index].stop)
    note(rows.pause, for: ticket, in: &use.windows[index].pause)
    note(rows.cancel, for: ticket, in: &use.windows[index].cancel)
    guard let table = rulebook.windows[index].target.table, var target = use.targets[index] else { return }
    if let row = reading?.targetRow {
      target.hits[row] = true
    } else if reading != nil {
      target.hitsOtherwise = true
    }
    for row in table.rows.indices {
      if noteCells(ofRow: row, table, for: ticket, in: &target), table.hit == .first { break }
    }
    use.targets[index] = target
  }

  /// A condition over time, in each state that the ticket was in; of a ticket without history as it is.
  private mutating func note(_ row: Int, for ticket: borrowing Ticket, in truth: inout RuleUse.Truth) {
    if row < 0 { return }
    if timeline.stateCount == 0 {
      var scratch = Decision()
      return truth.note(holdsNow(row, for: ticket, failures: &scratch))
    }
    for state in 0..<timeline.stateCount { truth.note(timeline.holds(row, in: state)) }
  }
}

// MARK: - Near misses

/// How a row that did not hit looked at a ticket.
public struct RowMiss: Sendable {
  /// The cells that did not hold: the index in the row's cells, and the value that was read.
  public var cells: [(cell: Int, value: String)]
  /// The expression that did not hold, although all cells did.
  public var expression: ExpressionTrace?

  /// Whether nothing speaks against the row: it holds, and another was preferred.
  public var holds: Bool { cells.isEmpty && expression == nil }
}

extension Evaluator {
  /// Why row `row` of table `table` does not hold for the ticket that was evaluated last.
  public mutating func miss(ofRow row: Int, table: DecisionTable, _ ticket: borrowing Ticket) -> RowMiss {
    var miss = RowMiss(cells: [])
    for (index, cell) in table.rows[row].cells.enumerated() {
      if table.index.accepts(row: row, column: cell.input, values.readable) { continue }
      miss.cells.append((index, text(of: table.inputs[cell.input], in: ticket)))
    }
    if miss.cells.isEmpty, case .expression(let trace)? = failure(of: table.rows[row].expression, ticket) {
      miss.expression = trace
    }
    return miss
  }
}
