import Diagnostics
public import RuleEvaluator
public import TicketModel
public import WorkingTime

/// How a decision came about, as a person reads it: decisions with the rows tried, windows with their arithmetic,
/// what nearly applied, notices and findings; every rule with its place.
public struct ExplanationText: Sendable {
  let rulebook: Rulebook
  let findings: FindingText
  let words: ExplanationWords
  let cells: CellWords

  public init(_ rulebook: Rulebook, language: String) {
    self.rulebook = rulebook
    findings = FindingText(rulebook, language: language)
    words = ExplanationWords(language: Language(tag: language))
    cells = CellWords(rulebook, language: language)
  }

  /// The whole text, ending in a newline.
  public func text(about ticket: borrowing Ticket, at now: Instant, source: String) -> String {
    var evaluator = Evaluator(rulebook)
    var decision = Decision()
    evaluator.evaluate(ticket, at: now, into: &decision)
    let trace = evaluator.trace(ticket, at: now)

    var lines = head(of: ticket, at: now, source)
    for index in rulebook.tables.indices {
      lines += [""] + explain(rulebook.tables[index], decision.outcomes[index], trace.tables[index], decision)
    }
    let passages = explainWorkflow(of: ticket, at: now)
    if !passages.isEmpty { lines += [""] + passages }
    for window in trace.windows { lines += [""] + explain(window, trace, decision, at: now) }
    let idle = rulesThatDoNotApply(trace)
    if !idle.isEmpty { lines += ["", words.notApplied] + idle }
    lines += nearMissLines(evaluator.nearMisses(ticket, at: now))
    lines += [""] + explainNotices(of: decision)
    lines += [""] + explainFindings(of: decision, trace, ticket, source)
    return Self.joined(lines)
  }

  static func joined(_ lines: [String]) -> String {
    lines.map(\.withoutControlCharacters).joined(separator: "\n") + "\n"
  }

  func head(of ticket: borrowing Ticket, at now: Instant, _ source: String) -> [String] {
    [words.title(id(of: ticket), source, text(now)), words.origin(rulebook.identity)]
  }

  private func id(of ticket: borrowing Ticket) -> String? {
    guard let slot = rulebook.idSlot, ticket.slots[slot].kind == .text else { return nil }
    return ticket.text(ticket.slots[slot])
  }

  func text(_ instant: Instant) -> String { instant.text(in: rulebook.timeZone) }

  func named(_ id: String, _ place: Place) -> String { words.named(id, place.lineReference) }

  // MARK: Decisions

  private func explain(
    _ table: DecisionTable, _ outcome: TableOutcome, _ trials: [Trace.RowTrial],
    _ decision: borrowing Decision
  ) -> [String] {
    [words.table(table.name, result(of: table, outcome, decision))] + trialLines(trials, of: table)
  }

  func result(
    of table: DecisionTable, _ outcome: TableOutcome, _ decision: borrowing Decision
  ) -> String {
    switch outcome {
    case .row(let row): return outputs(table.rows[row], of: table)
    case .otherwise: return table.otherwise.map { outputs($0, of: table) } ?? words.nothing
    case .rows(let range):
      return decision.listedRows[range].map { outputs(table.rows[$0], of: table) }.joined(
        separator: words.resultSeparator)
    case .aggregate(let value): return value.aggregateText
    case .conflict(let first, let second):
      return words.conflict(table.rows[first].id, table.rows[second].id)
    case .overflow: return words.overflow
    case .undecided: return words.undecided
    }
  }

  private func outputs(_ row: DecisionTable.Row, of table: DecisionTable) -> String {
    let values = zip(table.outputs.indices, row.outputs).map { index, value in
      let value = routing(table)?.assigneeOutput == index ? routing(table)?.assignee(of: row) ?? value : value
      return words.output(table.outputs[index].name, value.text(in: rulebook.timeZone))
    }
    return words.byRow(values.joined(separator: words.outputSeparator), named(row.id, row.place))
  }

  /// The routing decision, if that is what the table makes.
  private func routing(_ table: DecisionTable) -> RoutingDecision? {
    rulebook.routing.flatMap { rulebook.tables[$0.table].name == table.name ? $0 : nil }
  }

  private func trialLines(_ trials: [Trace.RowTrial], of table: DecisionTable) -> [String] {
    trials.flatMap { trial in
      let row = table.rows[trial.row]
      let name = named(row.id, row.place)
      switch trial.failure {
      case nil: return ["  + " + words.holds(name)]
      case .expression(let trace):
        return ["  - " + words.failed(name, words.notTrue(trace.text))] + lines(of: trace, indent: 6)
      case .cell(let index, let value):
        let cell = row.cells[index]
        let reason = words.cell(table.inputs[cell.input].name, is: value, wanted: cell.text)
        return ["  - " + words.failed(name, reason)]
      }
    }
  }

  /// What the parts of an expression gave, a line each.
  func lines(of trace: ExpressionTrace, indent: Int) -> [String] {
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
      return "  "
        + words.passage(
          text(passage.at), domain.choices[passage.state].key, category, isAllowed: passage.isAllowed)
    }
    return [words.workflow(rulebook.schema.fields[workflow.field].name, workflow.place.lineReference)] + lines
  }

  // MARK: Windows

  private func explain(
    _ trace: Trace.WindowTrace, _ all: Trace, _ decision: borrowing Decision, at now: Instant
  ) -> [String] {
    let window = rulebook.windows[trace.window]
    let head = words.window(named(window.id, window.place))
    if let failure = trace.failure {
      let (reason, parts) = why(failure, window.condition)
      return [words.doesNotApply(head, reason)] + parts.flatMap { self.lines(of: $0, indent: 4) }
    }
    guard let reading = decision.reading(ofWindow: trace.window) else {
      return [words.cannotBeComputed(head)]
    }
    var lines = [words.state(head, reading)]
    if let target = trace.target {
      lines.append("  " + words.target(target.text, targetRow(reading, window)))
    }
    if case .decided(let table) = window.target {
      lines += trialLines(all.targets[trace.window], of: table).map { "  " + $0 }
    }
    lines += trace.steps.filter { $0.at != .earliest }.map {
      "  \(text($0.at)) \(words.transition($0.transition))"
    }
    return lines + obstacles(trace, reading, window) + arithmetic(of: reading, window, now)
  }

  /// Why a condition does not hold, and the parts of the expression that says so.
  private func why(
    _ failure: Trace.Failure, _ condition: Condition
  ) -> (text: String, parts: [ExpressionTrace]) {
    switch failure {
    case .expression(let trace): return (words.notTrue(trace.text), [trace])
    case .cell(let index, let value):
      let term = condition.terms[index]
      return (words.cell(term.name, is: value, wanted: term.text), [])
    }
  }

  /// What keeps the window from starting, and the expression that keeps it from stopping.
  private func obstacles(
    _ trace: Trace.WindowTrace, _ reading: WindowReading, _ window: ResponseWindow
  ) -> [String] {
    var lines = [String]()
    if reading.state == .notStarted { lines += obstacleToStart(trace, window) }
    if let stop = trace.stop {
      lines += ["  " + words.stopNotReached(words.notTrue(stop.text))] + self.lines(of: stop, indent: 6)
    }
    return lines
  }

  private func obstacleToStart(_ trace: Trace.WindowTrace, _ window: ResponseWindow) -> [String] {
    switch (window.start, trace.start) {
    case (.instant(let slot), _):
      return ["  " + words.startNotReached(words.isAbsent(rulebook.schema.fields[slot].name))]
    case (.reached(let condition), let failure?):
      let (reason, parts) = why(failure, condition)
      return ["  " + words.startNotReached(reason)] + parts.flatMap { self.lines(of: $0, indent: 6) }
    case (.reached, nil): return []
    }
  }

  private func targetRow(_ reading: WindowReading, _ window: ResponseWindow) -> String? {
    guard let row = reading.targetRow, case .decided(let table) = window.target else { return nil }
    return named(table.rows[row].id, table.rows[row].place)
  }

  /// The open spans between the start and the due instant, and what is used of the target.
  private func arithmetic(of reading: WindowReading, _ window: ResponseWindow, _ now: Instant) -> [String] {
    var lines = [String]()
    if reading.countsWorkingTime, let calendar = window.calendar, let start = reading.startedAt {
      let end = reading.dueAt ?? reading.stoppedAt ?? now
      let arithmetic = CalendarArithmetic(
        calendar: rulebook.calendars[calendar], from: start, to: end, target: .working(milliseconds: 0),
        language: words.language)
      lines.append("  " + words.openHours(rulebook.calendars[calendar].name))
      lines += arithmetic.spanLines.map { "    " + $0 }
    }
    if let due = reading.dueAt { lines.append("  " + words.due(text(due))) }
    let rest = reading.remaining.map { self.rest($0, reading) } ?? ""
    lines.append("  " + words.used(duration(reading.elapsed, reading)) + rest)
    return lines
  }

  private func rest(_ remaining: Int64, _ reading: WindowReading) -> String {
    remaining < 0 ? words.over(duration(-remaining, reading)) : words.left(duration(remaining, reading))
  }

  private func duration(_ milliseconds: Int64, _ reading: WindowReading) -> String {
    DurationText(milliseconds: milliseconds, isWorking: reading.countsWorkingTime).text(words.language)
  }
}

extension OutputValue {
  /// The value as rules write it.
  func text(in zone: TimeZoneRules) -> String {
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
