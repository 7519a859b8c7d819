public import TicketModel
public import WorkingTime

/// Applies a rulebook to tickets, one after the other; each worker has one of its own.
///
/// Pure: the same ticket and instant always give the same decision. Nothing is allocated for a ticket once the
/// decision's arrays have grown to their size.
public struct Evaluator: ~Copyable {
  public let rulebook: Rulebook
  /// The fields of the ticket at the instant, then the outputs of the tables.
  let values: FixedBuffer<Slot>
  let classes: FixedBuffer<Int32>
  var applicable: [Int] = []
  var timeline: Timeline
  var steps = WindowSteps()

  public init(_ rulebook: Rulebook) {
    self.rulebook = rulebook
    values = FixedBuffer(repeating: .absent, count: rulebook.slotCount)
    classes = FixedBuffer(repeating: 0, count: rulebook.widestIndex)
    timeline = Timeline(rulebook.moments)
  }

  /// Replaces the contents of `decision` by what the rules say about `ticket` at `now`.
  ///
  /// - Precondition: the ticket was decoded with the rulebook's layout.
  public mutating func evaluate(
    _ ticket: borrowing Ticket, at now: Instant, into decision: inout Decision
  ) {
    decision.reset()
    read(ticket, at: now)
    reportProblems(of: ticket, in: &decision)
    decide(into: &decision)
    comparePriority(in: &decision)
    findApplicableRules()
    for row in applicable {
      if row < rulebook.windows.count {
        evaluateWindow(row, hasHistory: !ticket.events.isEmpty, at: now, into: &decision)
      } else {
        requireFields(row - rulebook.windows.count, in: &decision)
      }
    }
  }

  /// Takes over the ticket's values as they were at `now`.
  private mutating func read(_ ticket: borrowing Ticket, at now: Instant) {
    for slot in ticket.slots.indices { values.elements[slot] = ticket.slots[slot] }
    timeline.removeAll()
    if !ticket.events.isEmpty {
      timeline.replay(ticket, until: now, values: values.elements, classes: classes.elements)
    }
  }

  /// One finding a field: what stands wrong at the top level mostly stands wrong in the history, too.
  private func reportProblems(of ticket: borrowing Ticket, in decision: inout Decision) {
    for index in ticket.problems.indices {
      let slot = ticket.problems[index].slot
      if decision.findings.contains(where: { $0.field == slot ?? -1 }) { continue }
      decision.findings.append(
        Finding(
          slot == nil ? .badHistory : .badValue, rule: slot ?? -1, field: slot ?? -1, detail: Int64(index)))
    }
  }

  private func decide(into decision: inout Decision) {
    for index in rulebook.tables.indices {
      let table = rulebook.tables[index]
      let outcome = table.evaluate(values.readable, classes.elements, listed: &decision.listedRows)
      decision.outcomes.append(outcome)
      store(outcome, of: table)
      report(outcome, ofTable: index, in: &decision)
    }
  }

  /// Makes the outputs readable for later tables.
  private func store(_ outcome: TableOutcome, of table: DecisionTable) {
    for (index, output) in table.outputs.enumerated() {
      guard let slot = output.slot else { continue }
      values.elements[slot] =
        switch outcome {
        case .row(let row): table.rows[row].outputs[index].slot
        case .otherwise: table.otherwise?.outputs[index].slot ?? .absent
        case .aggregate(let value): value
        case .rows: .absent
        case .conflict, .overflow, .undecided: Slot(kind: .invalid)
        }
    }
  }

  private func report(_ outcome: TableOutcome, ofTable index: Int, in decision: inout Decision) {
    switch outcome {
    case .conflict(let first, let second):
      let rows = Int64(first) << 32 | Int64(second)
      decision.findings.append(Finding(.conflictingRows, rule: index, detail: rows))
    case .overflow: decision.findings.append(Finding(.overflow, rule: index))
    case .undecided: decision.findings.append(Finding(.undecided, rule: index))
    case .row, .otherwise, .rows, .aggregate: break
    }
  }

  private func comparePriority(in decision: inout Decision) {
    guard let priority = rulebook.priority, let recorded = priority.recorded else { return }
    let own = values.elements[recorded.slot]
    guard own.kind == .choice, let level = priority.level(decision.outcomes[priority.table], in: rulebook),
      recorded.levelOfChoice[Int(own.integer)] != level
    else { return }
    decision.findings.append(
      Finding(.otherPriority, rule: priority.table, field: recorded.slot, detail: own.integer))
  }

  private mutating func findApplicableRules() {
    applicable.removeAll(keepingCapacity: true)
    rulebook.conditions.index.forEachMatch(values.readable, classes.elements) { row in
      applicable.append(row)
      return true
    }
  }

  private func requireFields(_ index: Int, in decision: inout Decision) {
    for slot in rulebook.requirements[index].slots where values.elements[slot].kind == .absent {
      decision.findings.append(Finding(.missingField, rule: index, field: slot))
    }
  }
}

extension PriorityDecision {
  /// The index of the decided level, or nil where none was decided.
  public func level(_ outcome: TableOutcome, in rulebook: Rulebook) -> Int? {
    let table = rulebook.tables[table]
    let outputs: [OutputValue]? =
      switch outcome {
      case .row(let row): table.rows[row].outputs
      case .otherwise: table.otherwise?.outputs
      default: nil
      }
    guard case .choice(let level, _)? = outputs?.first else { return nil }
    return level
  }
}
