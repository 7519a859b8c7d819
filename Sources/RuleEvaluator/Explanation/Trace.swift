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

  /// One look at a row, in the order in which its policy looks.
  public struct RowTrial: Sendable {
    /// The index of the row.
    public var row: Int
    /// The first cell that did not hold and the value that was read; nil where all of them held.
    public var failure: (cell: Int, value: String)?
  }

  /// What happened to a window's clock.
  public struct WindowTrace: Sendable {
    public var window: Int
    /// The first cell of `when:` that did not hold; nil where the window applies.
    public var failure: (cell: Int, value: String)?
    public var steps: [WindowStep]
    public var target: TargetDuration?
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
    return trace
  }

  /// The rows up to the one that settles the outcome.
  private func trials(of table: DecisionTable, in ticket: borrowing Ticket) -> [Trace.RowTrial] {
    var trials = [Trace.RowTrial]()
    for (index, row) in table.rows.enumerated() {
      let failed = row.cells.firstIndex {
        !table.index.accepts(row: index, column: $0.input, values.readable)
      }
      trials.append(
        Trace.RowTrial(
          row: index,
          failure: failed.map { ($0, text(of: table.inputs[row.cells[$0].input], in: ticket)) }))
      if failed == nil, table.hit == .first { break }
    }
    return trials
  }

  private mutating func traceWindow(
    _ index: Int, of ticket: borrowing Ticket, at now: Instant
  ) -> Trace.WindowTrace {
    let window = rulebook.windows[index]
    let failure = failure(of: window.condition, in: ticket)
    if failure != nil { return Trace.WindowTrace(window: index, failure: failure, steps: [], target: nil) }
    steps.collect(window, rulebook.moments.rows[index], timeline, values.readable, until: now)
    var row: Int?
    var decision = Decision()
    return Trace.WindowTrace(
      window: index, failure: nil, steps: steps.steps,
      target: target(of: window, for: ticket, row: &row, into: &decision))
  }

  private func failure(
    of condition: Condition, in ticket: borrowing Ticket
  ) -> (cell: Int, value: String)? {
    let failed = condition.terms.firstIndex { !Condition([$0]).holds(for: values.readable) }
    return failed.map { ($0, text(ofSlot: condition.terms[$0].slot, in: ticket)) }
  }

  /// The value of an input; one that is computed of masked fields shows as `***`, too.
  private func text(of input: DecisionTable.Input, in ticket: borrowing Ticket) -> String {
    guard let expression = input.expression else { return text(ofSlot: input.slot, in: ticket) }
    let value = values.elements[input.slot]
    if value.kind != .absent, value.kind != .invalid, rulebook.expressions[expression].readsMasked {
      return "***"
    }
    guard value.kind == .text else { return text(ofSlot: input.slot, in: ticket) }
    // Of a computed text the slot holds the symbol alone.
    let source = TicketSource(values: values.readable, bytes: ticket.bytes, rulebook: rulebook)
    guard case .success(.string(let text)) = rulebook.expressions[expression].program.evaluate(source) else {
      return "not valid"
    }
    return text.string
  }

  /// The value in a slot as rules write it; masked fields show as `***`.
  private func text(ofSlot slot: Int, in ticket: borrowing Ticket) -> String {
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

  func outputText(symbol: UInt32, slot: Int) -> String {
    for table in tables {
      guard let output = table.outputs.firstIndex(where: { $0.slot == slot }) else { continue }
      for row in table.rows + [table.otherwise].compactMap({ $0 }) {
        if case .text(let text, symbol) = row.outputs[output] { return text }
      }
    }
    return ""
  }
}
