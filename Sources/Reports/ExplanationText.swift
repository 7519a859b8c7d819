import Diagnostics
public import RuleEvaluator
public import TicketModel
public import WorkingTime

/// How a decision came about, as a person reads it: decisions with the rows tried, windows with their arithmetic,
/// findings; every rule with its place.
public struct ExplanationText: Sendable {
  private let rulebook: Rulebook
  private let findings: FindingText
  private let language: String

  public init(_ rulebook: Rulebook, language: String) {
    self.rulebook = rulebook
    self.language = language
    findings = FindingText(rulebook, language: language)
  }

  /// The whole text, ending in a newline.
  public func text(about ticket: borrowing Ticket, at now: Instant, source: String) -> String {
    var evaluator = Evaluator(rulebook)
    var decision = Decision()
    evaluator.evaluate(ticket, at: now, into: &decision)
    let trace = evaluator.trace(ticket, at: now)

    var lines = [
      "Ticket \(id(of: ticket) ?? "without id") (\(source)) as of \(now.text(in: rulebook.timeZone))"
    ]
    lines.append("by \(rulebook.identity)")
    for index in rulebook.tables.indices {
      lines += [""] + explain(rulebook.tables[index], decision.outcomes[index], trace.tables[index], decision)
    }
    let passages = explainWorkflow(of: ticket, at: now)
    if !passages.isEmpty { lines += [""] + passages }
    for window in trace.windows { lines += [""] + explain(window, trace, decision, at: now) }
    let idle = rulesThatDoNotApply(trace)
    if !idle.isEmpty { lines += ["", "not applied:"] + idle }
    lines += [""] + explainFindings(of: decision, trace, ticket, source)
    return lines.map(\.withoutControlCharacters).joined(separator: "\n") + "\n"
  }

  private func id(of ticket: borrowing Ticket) -> String? {
    guard let slot = rulebook.idSlot, ticket.slots[slot].kind == .text else { return nil }
    return ticket.text(ticket.slots[slot])
  }

  // MARK: Decisions

  private func explain(
    _ table: DecisionTable, _ outcome: TableOutcome, _ trials: [Trace.RowTrial],
    _ decision: borrowing Decision
  ) -> [String] {
    ["\(table.name): \(result(of: table, outcome, decision))"] + trialLines(trials, of: table)
  }

  private func result(
    of table: DecisionTable, _ outcome: TableOutcome, _ decision: borrowing Decision
  ) -> String {
    switch outcome {
    case .row(let row): return outputs(table.rows[row], of: table)
    case .otherwise: return table.otherwise.map { outputs($0, of: table) } ?? "nothing"
    case .rows(let range):
      return decision.listedRows[range].map { outputs(table.rows[$0], of: table) }.joined(separator: "; ")
    case .aggregate(let value): return value.aggregateText
    case .conflict(let first, let second):
      return "rows \(table.rows[first].id) and \(table.rows[second].id) must not both match"
    case .overflow: return "the sum does not fit 64 bits"
    case .undecided: return "no row matches"
    }
  }

  private func outputs(_ row: DecisionTable.Row, of table: DecisionTable) -> String {
    let values = zip(table.outputs.indices, row.outputs).map { index, value in
      let value = routing(table)?.assigneeOutput == index ? routing(table)?.assignee(of: row) ?? value : value
      return "\(table.outputs[index].name) \(value.text(in: rulebook.timeZone))"
    }
    return "\(values.joined(separator: ", ")) by row \(row.id) (\(row.place.lineReference))"
  }

  /// The routing decision, if that is what the table makes.
  private func routing(_ table: DecisionTable) -> RoutingDecision? {
    rulebook.routing.flatMap { rulebook.tables[$0.table].name == table.name ? $0 : nil }
  }

  private func trialLines(_ trials: [Trace.RowTrial], of table: DecisionTable) -> [String] {
    trials.flatMap { trial in
      let row = table.rows[trial.row]
      let name = "\(row.id) (\(row.place.lineReference))"
      switch trial.failure {
      case nil: return ["  + \(name): every cell holds"]
      case .expression(let trace):
        return ["  - \(name): this is not true: \(trace.text)"] + lines(of: trace, indent: 6)
      case .cell(let index, let value):
        let cell = row.cells[index]
        return ["  - \(name): \(table.inputs[cell.input].name) is \(value), wanted \(cell.text)"]
      }
    }
  }

  /// What the parts of an expression gave, a line each.
  private func lines(of trace: ExpressionTrace, indent: Int) -> [String] {
    trace.lines.map { String(repeating: " ", count: indent) + $0 }
  }

  // MARK: Workflow

  /// The states that the ticket entered; nothing where none is known.
  private func explainWorkflow(of ticket: borrowing Ticket, at now: Instant) -> [String] {
    guard let workflow = rulebook.workflow,
      case .choice(let domain) = rulebook.schema.fields[workflow.field].type
    else { return [] }
    let passages = rulebook.passages(of: ticket, until: now)
    if passages.isEmpty { return [] }
    let lines = passages.map { passage in
      let category = workflow.states[passage.state].category.rawValue
      return "  \(passage.at.text(in: rulebook.timeZone)) \(domain.choices[passage.state].key) (\(category))"
        + (passage.isAllowed ? "" : ", which is not allowed")
    }
    return ["workflow of \(rulebook.schema.fields[workflow.field].name) (\(workflow.place.lineReference)):"]
      + lines
  }

  // MARK: Windows

  private func explain(
    _ trace: Trace.WindowTrace, _ all: Trace, _ decision: borrowing Decision, at now: Instant
  ) -> [String] {
    let window = rulebook.windows[trace.window]
    let head = "window \(window.id) (\(window.place.lineReference))"
    switch trace.failure {
    case nil: break
    case .expression(let trace):
      return ["\(head): does not apply, for this is not true: \(trace.text)"] + lines(of: trace, indent: 4)
    case .cell(let index, let value):
      let term = window.condition.terms[index]
      return ["\(head): does not apply, for \(term.name) is \(value), wanted \(term.text)"]
    }
    guard let reading = decision.reading(ofWindow: trace.window) else {
      return ["\(head): cannot be computed"]
    }
    var lines = ["\(head): \(reading.state.rawValue)"]
    if let target = trace.target { lines.append("  target \(target.text)" + targetRow(reading, window)) }
    if case .decided(let table) = window.target {
      lines += trialLines(all.targets[trace.window], of: table).map { "  " + $0 }
    }
    lines += trace.steps.filter { $0.at != .earliest }.map {
      "  \($0.at.text(in: rulebook.timeZone)) \($0.transition.word)"
    }
    for (boundary, obstacle) in [("start", trace.start), ("stop", trace.stop)] {
      guard let obstacle else { continue }
      lines.append("  \(boundary) not reached, for this is not true: \(obstacle.text)")
      lines += self.lines(of: obstacle, indent: 6)
    }
    return lines + arithmetic(of: reading, window, now)
  }

  private func targetRow(_ reading: WindowReading, _ window: ResponseWindow) -> String {
    guard let row = reading.targetRow, case .decided(let table) = window.target else { return "" }
    return " by row \(table.rows[row].id) (\(table.rows[row].place.lineReference))"
  }

  /// The open spans between the start and the due instant, and what is used of the target.
  private func arithmetic(of reading: WindowReading, _ window: ResponseWindow, _ now: Instant) -> [String] {
    var lines = [String]()
    if reading.countsWorkingTime, let calendar = window.calendar, let start = reading.startedAt {
      let end = reading.dueAt ?? reading.stoppedAt ?? now
      let arithmetic = CalendarArithmetic(
        calendar: rulebook.calendars[calendar], from: start, to: end, target: .working(milliseconds: 0))
      lines.append("  open hours of \(rulebook.calendars[calendar].name):")
      lines += arithmetic.spanLines.map { "    " + $0 }
    }
    if let due = reading.dueAt { lines.append("  \(due.text(in: rulebook.timeZone)) due") }
    lines.append(
      "  used \(duration(reading.elapsed, reading))" + (reading.remaining.map { rest($0, reading) } ?? ""))
    return lines
  }

  private func rest(_ remaining: Int64, _ reading: WindowReading) -> String {
    remaining < 0 ? ", over by \(duration(-remaining, reading))" : ", left \(duration(remaining, reading))"
  }

  private func duration(_ milliseconds: Int64, _ reading: WindowReading) -> String {
    DurationText(milliseconds: milliseconds, isWorking: reading.countsWorkingTime).text(.english)
  }

  // MARK: Findings

  /// Requirements and checks whose cells hold, but whose expression does not.
  private func rulesThatDoNotApply(_ trace: Trace) -> [String] {
    func lines(_ trials: [Trace.RowTrial], _ names: [(id: String, place: Place)]) -> [String] {
      trials.flatMap { trial -> [String] in
        guard case .expression(let expression)? = trial.failure else { return [] }
        let (id, place) = names[trial.row]
        return ["  \(id) (\(place.lineReference)): this is not true: \(expression.text)"]
          + self.lines(of: expression, indent: 6)
      }
    }
    return lines(trace.requirements, rulebook.requirements.map { ($0.id, $0.place) })
      + lines(trace.checkConditions, rulebook.checks.map { ($0.id, $0.place) })
  }

  private func explainFindings(
    of decision: borrowing Decision, _ trace: Trace, _ ticket: borrowing Ticket, _ source: String
  ) -> [String] {
    if decision.findings.isEmpty { return ["findings: none"] }
    var lines = ["findings:"]
    for index in decision.findings.indices {
      let finding = decision.findings[index]
      let reference = rulebook.reference(of: finding, ticket.problems)
      let place = reference.place?.lineReference ?? source
      lines.append(
        "  \(reference.severity.rawValue) \(reference.rule) (\(place)): "
          + findings.message(of: finding, of: ticket, decision))
      lines += reasonLines(for: finding, trace)
    }
    return lines
  }

  /// What the parts of the expression gave that failed.
  private func reasonLines(for finding: Finding, _ trace: Trace) -> [String] {
    switch finding.kind {
    case .failedCheck:
      guard let expression = trace.failedChecks[finding.rule] else { return [] }
      // Where the rule has no message, the finding tells the condition.
      let head =
        rulebook.checks[finding.rule].message == nil ? [] : ["    this is not true: \(expression.text)"]
      return head + lines(of: expression, indent: 6)
    case .failedExpression:
      guard let expression = trace.failedExpressions[finding.rule] else { return [] }
      return ["    this has no value: \(expression.text)"] + lines(of: expression, indent: 6)
    default: return []
    }
  }
}

extension Transition {
  fileprivate var word: String {
    switch self {
    case .start: "starts"
    case .pause: "pauses"
    case .resume: "goes on"
    case .stop: "stops"
    case .reopen(let mode): "reopened (\(mode.rawValue))"
    case .cancel: "cancelled"
    case .retarget(let target): "begins anew with \(target.text)"
    }
  }
}

extension OutputValue {
  /// The value as rules write it.
  fileprivate func text(in zone: TimeZoneRules) -> String {
    switch self {
    case .absent: "–"
    case .boolean(let value): String(value)
    case .integer(let value): String(value)
    case .number(let value): numberText(value)
    case .instant(let value): value.text(in: zone)
    case .date(let value): value.text
    case .choice(_, let key): key
    case .text(let text, _): text
    case .duration(let duration): duration.text
    }
  }
}
