import Expressions
public import TicketModel
public import WorkingTime

/// How a decision came about: every row tried, and the steps of every clock. Made on request only.
public struct Trace: Sendable {
  /// By the index of the table.
  public var tables: [[RowTrial]] = []
  /// The rows of the target tables, by the index of the window; empty where the window does not apply.
  public var targets: [[RowTrial]] = []
  public var windows: [WindowTrace] = []
  public var requirements: [RowTrial] = []
  /// What of each check's `when:` did not hold.
  public var checkConditions: [RowTrial] = []
  /// The expressions of the checks that failed, by the index of the check.
  public var failedChecks: [Int: ExpressionTrace] = [:]
  /// The expressions that give no value, by their index in the rulebook.
  public var failedExpressions: [Int: ExpressionTrace] = [:]

  /// What kept a row or a rule from holding.
  public enum Failure: Hashable, Sendable {
    /// The first cell that did not hold, and the value that was read.
    case cell(Int, value: String)
    /// All cells hold, but this expression does not.
    case expression(ExpressionTrace)
  }

  /// One look at a row, in the order in which its policy looks.
  public struct RowTrial: Sendable {
    /// The index of the row.
    public var row: Int
    /// Nil where it holds.
    public var failure: Failure?
  }

  /// What happened to a window's clock.
  public struct WindowTrace: Sendable {
    public var window: Int
    /// What of `when:` did not hold; nil where the window applies.
    public var failure: Failure?
    public var steps: [WindowStep]
    public var target: TargetDuration?
    /// What keeps the window from starting; nil where it has started, or where a field alone starts it.
    public var start: Failure?
    /// The expression that keeps the window from stopping; nil where none does.
    public var stop: ExpressionTrace?
  }
}

extension Evaluator {
  /// How the decision about `ticket` at `now` comes about. Slow and allocating: for people who ask.
  public mutating func trace(_ ticket: borrowing Ticket, at now: Instant) -> Trace {
    var decision = Decision()
    evaluate(ticket, at: now, into: &decision)
    var trace = Trace()
    for table in rulebook.tables { trace.tables.append(trials(of: table, in: ticket)) }
    for index in rulebook.windows.indices {
      let window = traceWindow(index, of: ticket, at: now)
      trace.windows.append(window)
      let table = window.failure == nil ? rulebook.windows[index].target.table : nil
      trace.targets.append(table.map { trials(of: $0, in: ticket) } ?? [])
    }
    trace.requirements = rulebook.requirements.enumerated().map { index, requirement in
      Trace.RowTrial(row: index, failure: failure(of: requirement.condition, in: ticket))
    }
    trace.checkConditions = rulebook.checks.enumerated().map { index, check in
      Trace.RowTrial(row: index, failure: failure(of: check.condition, in: ticket))
    }
    addFailures(of: decision, ticket, to: &trace)
    return trace
  }

  private func addFailures(of decision: borrowing Decision, _ ticket: borrowing Ticket, to trace: inout Trace)
  {
    for index in decision.findings.indices {
      let finding = decision.findings[index]
      switch finding.kind {
      case .failedCheck:
        trace.failedChecks[finding.rule] = trial(of: rulebook.checks[finding.rule].expression, ticket).trace
      case .failedExpression:
        // What failed at an earlier instant may have a value now.
        let trial = trial(of: finding.rule, ticket)
        if trial.isFailure { trace.failedExpressions[finding.rule] = trial.trace }
      default: break
      }
    }
  }

  /// The rows up to the one that settles the outcome.
  private mutating func trials(of table: DecisionTable, in ticket: borrowing Ticket) -> [Trace.RowTrial] {
    var trials = [Trace.RowTrial]()
    for (index, row) in table.rows.enumerated() {
      let failure = failure(of: row, at: index, in: table, ticket)
      trials.append(Trace.RowTrial(row: index, failure: failure))
      if failure == nil, table.hit == .first { break }
    }
    return trials
  }

  private mutating func failure(
    of row: DecisionTable.Row, at index: Int, in table: DecisionTable, _ ticket: borrowing Ticket
  ) -> Trace.Failure? {
    let failed = row.cells.firstIndex { cell in
      !table.index.accepts(row: index, column: cell.input, values.readable)
    }
    guard let failed else { return failure(of: row.expression, ticket) }
    return .cell(failed, value: text(of: table.inputs[row.cells[failed].input], in: ticket))
  }

  mutating func failure(of expression: Int?, _ ticket: borrowing Ticket) -> Trace.Failure? {
    guard let expression else { return nil }
    let trial = trial(of: expression, ticket)
    return trial.isTrue ? nil : .expression(trial.trace)
  }

  private mutating func traceWindow(
    _ index: Int, of ticket: borrowing Ticket, at now: Instant
  ) -> Trace.WindowTrace {
    let window = rulebook.windows[index]
    let failure = failure(of: window.condition, in: ticket)
    if failure != nil { return Trace.WindowTrace(window: index, failure: failure, steps: [], target: nil) }
    var row: Int?
    var decision = Decision()
    let rows = rulebook.moments.rows[index]
    let isCancelled =
      ticket.events.isEmpty && holdsNow(rows.cancel, for: ticket, failures: &decision)
    steps.collect(window, rows, timeline, values.readable, isCancelled: isCancelled, until: now)
    return Trace.WindowTrace(
      window: index, failure: nil, steps: steps.steps,
      target: target(of: window, for: ticket, row: &row, into: &decision),
      start: hasStep { $0 == .start } ? nil : barrier(of: window.start, in: ticket),
      stop: hasStep { $0 == .stop } ? nil : obstacle(to: window.stop, ticket))
  }

  private func hasStep(_ isMeant: (Transition) -> Bool) -> Bool {
    steps.steps.contains { isMeant($0.transition) }
  }

  /// The expression that alone keeps a boundary from being reached.
  private mutating func obstacle(
    to boundary: ResponseWindow.Boundary, _ ticket: borrowing Ticket
  ) -> ExpressionTrace? {
    guard case .expression(let trace)? = barrier(of: boundary, in: ticket) else { return nil }
    return trace
  }

  /// What keeps a boundary from being reached as the ticket is now; nil for a boundary that is a field.
  private mutating func barrier(
    of boundary: ResponseWindow.Boundary, in ticket: borrowing Ticket
  ) -> Trace.Failure? {
    boundary.condition.flatMap { failure(of: $0, in: ticket) }
  }

  private mutating func failure(
    of condition: Condition, in ticket: borrowing Ticket
  ) -> Trace.Failure? {
    let failed = condition.terms.firstIndex { !Condition([$0]).holds(for: values.readable) }
    guard let failed else { return failure(of: condition.expression, ticket) }
    return .cell(failed, value: text(ofSlot: condition.terms[failed].slot, in: ticket))
  }

  /// The value of an input; one that is computed of masked fields shows as `***`, too.
  mutating func text(of input: DecisionTable.Input, in ticket: borrowing Ticket) -> String {
    guard let expression = input.expression else { return text(ofSlot: input.slot, in: ticket) }
    let value = values.elements[input.slot]
    if value.kind != .absent, value.kind != .invalid, rulebook.expressions[expression].readsMasked {
      return "***"
    }
    guard value.kind == .text else { return text(ofSlot: input.slot, in: ticket) }
    // Of a computed text the slot holds the symbol alone.
    guard case .success(.string(let text)) = self.value(of: expression, for: ticket) else {
      return "not valid"
    }
    return text.string
  }

  /// The value in a slot as rules write it; masked fields show as `***`.
  func text(ofSlot slot: Int, in ticket: borrowing Ticket) -> String {
    let value = values.elements[slot]
    switch value.kind {
    case .absent: return "absent"
    case .invalid: return "not valid"
    default: break
    }
    if slot < rulebook.schema.fields.count, rulebook.schema.fields[slot].isMasked { return "***" }
    return rulebook.text(of: value, inSlot: slot, ticket)
  }
}

extension Rulebook {
  /// A value as rules write it: a choice by its key.
  public func text(of value: Slot, inSlot slot: Int, _ ticket: borrowing Ticket) -> String {
    switch value.kind {
    case .choice: return choiceKeys(ofSlot: slot)[Int(value.integer)]
    case .boolean: return value.integer == 1 ? "true" : "false"
    case .integer: return String(value.integer)
    case .number: return String(value.double)
    case .instant: return Instant(milliseconds: value.integer).text(in: timeZone)
    case .date: return CivilDate(days: Int32(clamping: value.integer)).text
    case .duration: return TargetDuration.elapsed(milliseconds: value.integer).text
    case .text where slot >= schema.fields.count: return outputText(symbol: value.symbol, slot: slot)
    case .text, .raw: return ticket.text(value)
    case .absent: return "absent"
    case .invalid: return "not valid"
    }
  }

  private func choiceKeys(ofSlot slot: Int) -> [String] {
    let type = slot < schema.fields.count ? schema.fields[slot].type : output(ofSlot: slot)?.type
    guard case .choice(let domain)? = type else { return [] }
    return domain.keys
  }

  private func output(ofSlot slot: Int) -> DecisionTable.Output? {
    tables.lazy.flatMap(\.outputs).first { $0.slot == slot }
  }

  /// The text with this number among those that an output can have; empty where there is none.
  public func outputText(symbol: UInt32, slot: Int) -> String {
    for table in tables {
      guard let output = table.outputs.firstIndex(where: { $0.slot == slot }) else { continue }
      for row in table.rows + [table.otherwise].compactMap({ $0 }) {
        if case .text(let text, symbol) = row.outputs[output] { return text }
      }
    }
    return ""
  }
}

extension Condition {
  /// Whether every cell holds; for explanations, which look at one condition alone.
  func holds(for values: UnsafeBufferPointer<Slot>) -> Bool {
    terms.allSatisfy { term in
      let partition = Partition(term.domain, cutBy: CollectionOfOne(term.set))
      return partition.isClass(partition.classify(values[term.slot]), in: term.set)
    }
  }
}
