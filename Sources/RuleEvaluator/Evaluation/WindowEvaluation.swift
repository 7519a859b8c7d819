import TicketModel
import WorkingTime

extension Evaluator {
  /// Adds the reading of window `index` at `now`, and what there is to say about it.
  mutating func evaluateWindow(
    _ index: Int, of ticket: borrowing Ticket, at now: Instant, into decision: inout Decision
  ) {
    windows[index]._withUnsafeGuaranteedRef { window in
      evaluate(window, index, of: ticket, at: now, into: &decision)
    }
  }

  private mutating func evaluate(
    _ window: ResponseWindow, _ index: Int, of ticket: borrowing Ticket, at now: Instant,
    into decision: inout Decision
  ) {
    let rows = rulebook.moments.rows[index]
    let hasHistory = !ticket.events.isEmpty
    if !hasHistory, needsHistory(window) || holdsNow(rows.pause, for: ticket, failures: &decision) {
      decision.findings.append(Finding(.windowNeedsHistory, rule: index))
      return
    }
    var row: Int?
    guard let target = target(of: window, for: ticket, row: &row, into: &decision),
      resetClock(target, of: window)
    else {
      decision.findings.append(Finding(.windowWithoutTarget, rule: index))
      return
    }
    let isCancelled = !hasHistory && holdsNow(rows.cancel, for: ticket, failures: &decision)
    steps.collect(window, rows, timeline, values.readable, isCancelled: isCancelled, until: now)
    if steps.isReversed { decision.findings.append(Finding(.reversedWindow, rule: index)) }
    if window.targetChange != .fromStart, hasHistory || recordsTargets {
      row = followTarget(of: window, index, row, for: ticket, until: now, into: &decision)
    }
    run(window, index, until: now, into: &decision)
    note(window, index, row, at: now, into: &decision)
    tellOfStart(window, after: now, in: &decision)
  }

  mutating func resetClock(_ target: TargetDuration, of window: ResponseWindow) -> Bool {
    guard let calendar = window.calendar else { return clock.reset(target: target, calendar: nil) }
    return calendars[calendar]._withUnsafeGuaranteedRef { clock.reset(target: target, calendar: $0) }
  }

  /// Without history a window rests on instant fields: what needs to know when a field changed cannot be computed.
  private mutating func needsHistory(_ window: ResponseWindow) -> Bool {
    window.start.condition != nil || window.stop.condition != nil
  }

  /// Whether a row of `Moments` holds of the ticket as it is; a row that does not exist never does.
  mutating func holdsNow(
    _ row: Int, for ticket: borrowing Ticket, failures decision: inout Decision
  ) -> Bool {
    guard row >= 0, rulebook.moments.index.accepts(row: row, values.readable) else { return false }
    let expression = rulebook.moments.expressions[row]
    return expression < 0 || holds(expression, for: ticket, failures: &decision)
  }

  mutating func calendar(of window: ResponseWindow) -> WorkingCalendar? {
    window.calendar.map { rulebook.calendars[$0] }
  }

  /// The target that holds for the ticket, and the row that gave it.
  mutating func target(
    of window: ResponseWindow, for ticket: borrowing Ticket, row: inout Int?, into decision: inout Decision
  ) -> TargetDuration? {
    guard case .decided(let table) = window.target else { return window.target.fixed }
    switch evaluate(table, for: ticket, into: &decision) {
    case .row(let hit):
      row = hit
      return table.durations[hit]
    case .otherwise: return table.otherwise?.outputs[0].duration
    default: return nil
    }
  }

  /// Lets the clock run; before it begins anew, what the ended cycle had to tell is told.
  private mutating func run(
    _ window: ResponseWindow, _ index: Int, until now: Instant, into decision: inout Decision
  ) {
    for position in steps.steps.indices {
      let step = steps.steps[position]
      if step.transition.beginsAnew { tell(of: window, index, until: step.at, hasEnded: true, in: &decision) }
      clock.apply(step.transition, at: step.at)
    }
  }

  private mutating func note(
    _ window: ResponseWindow, _ index: Int, _ row: Int?, at now: Instant, into decision: inout Decision
  ) {
    let reading = clock.reading(at: now)
    var state = WindowReading.State(reading.state)
    let isWarned = tell(of: window, index, until: now, hasEnded: false, in: &decision)
    switch reading.state {
    case .breached: decision.findings.append(Finding(.breached, rule: index))
    case .running where isWarned:
      state = .warned
      decision.findings.append(Finding(.warned, rule: index))
    case .running where reading.dueAt == nil:
      decision.findings.append(Finding(.windowOutOfRange, rule: index))
    default: break
    }
    decision.windows.append(
      WindowReading(
        window: index, state: state, startedAt: reading.startedAt, dueAt: reading.dueAt,
        stoppedAt: reading.stoppedAt, elapsed: reading.elapsed, remaining: reading.remaining,
        countsWorkingTime: clock.target.needsCalendar, targetRow: row, cycle: clock.cycle))
  }
}

extension ResponseWindow.Target {
  fileprivate var fixed: TargetDuration? {
    guard case .fixed(let duration) = self else { return nil }
    return duration
  }
}

extension WindowReading.State {
  fileprivate init(_ state: ResponseClock.State) {
    self =
      switch state {
      case .notStarted: .notStarted
      case .running: .running
      case .paused: .paused
      case .met: .met
      case .breached: .breached
      case .cancelled: .cancelled
      }
  }
}
