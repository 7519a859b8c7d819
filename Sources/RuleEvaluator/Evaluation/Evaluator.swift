import Expressions
public import TicketModel
public import WorkingTime

/// Applies a rulebook to tickets, one after the other; each worker has one of its own.
///
/// Pure: the same ticket and instant always give the same decision. The arrays of a decision keep their
/// room from ticket to ticket; what still allocates are tables with expressions, and conditions that are asked alone
/// because a ticket has no history.
///
/// Its methods are `mutating` even where they change nothing: for a call of one that is not, from one that is, Swift 6.3
/// copies all of it.
public struct Evaluator: ~Copyable {
  public let rulebook: Rulebook
  let tables: References<DecisionTable>
  let windows: References<ResponseWindow>
  let calendars: References<WorkingCalendar>
  let programs: References<Program>
  /// The fields of the ticket at the instant, then the outputs of the tables.
  let values: FixedBuffer<Slot>
  let classes: FixedBuffer<Int32>
  let applicable: FixedBuffer<Int32>
  /// The fields as they were at an event; empty where no workflow asks for them.
  let past: FixedBuffer<Slot>
  let timeline: Timeline
  /// The escalations with a condition that apply to the ticket at hand, by their number.
  var escalations: [Int] = []
  var steps = WindowSteps()
  var clock = ResponseClock()
  /// What sets of patterns found about the ticket at hand; nil where the rulebook has no sets.
  let patterns: PatternMemo?
  /// What earlier rules said of the targets of the ticket at hand; nil where none did.
  public var earlierTargets: EarlierTargets?
  /// Whether decisions hold the targets of windows that later rules may have to keep.
  let recordsTargets: Bool
  /// Set while somebody wants to know what is asked of earlier instants.
  var pastAnswers: PastAnswers?

  public init(_ rulebook: Rulebook, recordsTargets: Bool = false) {
    self.rulebook = rulebook
    self.recordsTargets = recordsTargets
    tables = References(rulebook.tables)
    windows = References(rulebook.windows)
    calendars = References(rulebook.calendars)
    programs = References(rulebook.expressions.map(\.program))
    values = FixedBuffer(repeating: .absent, count: rulebook.slotCount)
    classes = FixedBuffer(repeating: 0, count: rulebook.widestIndex)
    applicable = FixedBuffer(repeating: 0, count: rulebook.conditions.index.rowCount)
    let slotsOfPast = rulebook.workflow?.readsValues == true ? rulebook.slotCount : 0
    past = FixedBuffer(repeating: .absent, count: slotsOfPast)
    timeline = Timeline(rulebook.moments)
    patterns = rulebook.patternSets.map { PatternMemo($0) }
  }

  /// Replaces the contents of `decision` by what the rules say about `ticket` at `now`.
  ///
  /// - Precondition: the ticket was decoded with the rulebook's layout.
  public mutating func evaluate(
    _ ticket: borrowing Ticket, at now: Instant, into decision: inout Decision
  ) {
    decision.reset()
    if !escalations.isEmpty { escalations.removeAll(keepingCapacity: true) }
    patterns?.reset()
    read(ticket, at: now, into: &decision)
    reportProblems(of: ticket, in: &decision)
    if !rulebook.patterns.isEmpty { matchPatterns(of: ticket, in: &decision) }
    if !rulebook.sizedSlots.isEmpty { checkSizes(of: ticket, in: &decision) }
    decide(for: ticket, into: &decision)
    comparePriority(in: &decision)
    for position in 0..<findApplicableRules() {
      apply(Int(applicable.elements[position]), to: ticket, at: now, into: &decision)
    }
    if let workflow = rulebook.workflow { judgeWorkflow(workflow, of: ticket, at: now, into: &decision) }
    if !rulebook.statusNotifications.isEmpty { tellOfStatus(of: ticket, until: now, in: &decision) }
    if !decision.waivers.isEmpty { rulebook.applyWaivers(to: &decision) }
  }

  /// Takes over the ticket's values as they were at `now`.
  private mutating func read(
    _ ticket: borrowing Ticket, at now: Instant, into decision: inout Decision
  ) {
    ticket.slots.withUnsafeBufferPointer { slots in
      guard let target = values.elements.baseAddress, let source = slots.baseAddress else { return }
      target.update(from: source, count: slots.count)
    }
    values.elements[rulebook.nowSlot] = Slot(kind: .instant, integer: now.milliseconds)
    timeline.removeAll()
    if ticket.events.isEmpty { return }
    if let next = ticket.events.first(where: { $0.at > now }) { decision.expectNotice(at: next.at) }
    timeline.replay(ticket, until: now, rulebook, values: values.elements, classes: classes.elements)
    for failure in timeline.failures {
      decision.findings.append(
        Finding(.failedExpression, rule: failure.expression, detail: Int64(decision.failures.count)))
      decision.failures.append(failure)
    }
  }

  /// One finding a field: what stands wrong at the top level mostly stands wrong in the history, too.
  private mutating func reportProblems(of ticket: borrowing Ticket, in decision: inout Decision) {
    for index in ticket.problems.indices {
      let slot = ticket.problems[index].slot
      let kind = slot == nil ? Finding.Kind.badHistory : .badValue
      if decision.findings.contains(where: { $0.kind == kind && $0.field == slot ?? -1 }) { continue }
      decision.findings.append(Finding(kind, rule: slot ?? -1, field: slot ?? -1, detail: Int64(index)))
    }
  }

  private mutating func comparePriority(in decision: inout Decision) {
    if !rulebook.comparesPriority { return }
    guard let priority = rulebook.priority, let recorded = priority.recorded else { return }
    let own = values.elements[recorded.slot]
    guard own.kind == .choice,
      let level = priority.level(decision.outcomes[priority.table], in: rulebook),
      recorded.levelOfChoice[Int(own.integer)] != level
    else { return }
    decision.findings.append(
      Finding(.otherPriority, rule: priority.table, field: recorded.slot, detail: own.integer))
  }

  /// Writes the rows of conditions whose cells hold into `applicable`, and returns their number.
  private mutating func findApplicableRules() -> Int {
    var count = 0
    rulebook.conditions.index.forEachMatch(values.readable, classes.elements) { row in
      applicable.elements[count] = Int32(truncatingIfNeeded: row)
      count &+= 1
      return true
    }
    return count
  }

  /// Applies the rule of a row of conditions whose cells hold.
  private mutating func apply(
    _ row: Int, to ticket: borrowing Ticket, at now: Instant, into decision: inout Decision
  ) {
    let rule = rulebook.conditions.rules[row]
    // What has ended is asked nothing any more.
    if case .waiver(let index) = rule, rulebook.waivers[index].endsAt <= now { return }
    let expression = rulebook.conditions.expressions[row]
    if expression >= 0, !holds(expression, for: ticket, failures: &decision) { return }
    switch rule {
    case .escalation(let number): escalations.append(number)
    case .window(let index): evaluateWindow(index, of: ticket, at: now, into: &decision)
    case .requirement(let index): requireFields(index, in: &decision)
    case .check(let index): judge(index, for: ticket, in: &decision)
    case .notification(let index): decision.notifications.append(index)
    case .review(let index): decision.countedReviews.append(index)
    case .waiver(let index): decision.waivers.append(index)
    }
  }

  private mutating func requireFields(_ index: Int, in decision: inout Decision) {
    for position in rulebook.requiredSlots[index].indices {
      let slot = rulebook.requiredSlots[index][position]
      if values.elements[slot].kind != .absent { continue }
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
