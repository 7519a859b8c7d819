import TicketModel
import WorkingTime

/// What windows have to tell, and when they will have more.
extension Evaluator {
  /// Adds what the clock's cycle had to tell by `instant`, and lets the decision know when there will be more.
  ///
  /// - Parameter hasEnded: whether the cycle is over, because the window begins anew at that instant.
  /// - Returns: whether one of the warnings has come.
  @discardableResult
  mutating func tell(
    of window: ResponseWindow, _ index: Int, until instant: Instant, hasEnded: Bool,
    in decision: inout Decision
  ) -> Bool {
    let reading = clock.reading(at: instant)
    // A window that was cancelled is void, and one that has not started has nothing to tell.
    if reading.state == .notStarted || reading.state == .cancelled { return false }
    let isOpen = !hasEnded && reading.stoppedAt == nil
    let telling = Telling(window: index, cycle: clock.cycle, now: instant, isOpen: isOpen)
    if reading.state == .breached {
      telling.tell(.breached, 0, at: reading.dueAt, isBreach: true, in: &decision)
    }
    if !isOpen { return false }
    defer { expectRepetitions(of: index, at: instant, in: &decision) }
    let calendar = calendar(of: window)
    var isWarned = false
    for level in window.warnings.indices {
      let warning = window.warnings[level]
      let at = warning.instant(clock, reading, calendar)
      if telling.tell(.warning, level, at: at, isBreach: false, in: &decision) { isWarned = true }
    }
    if reading.state != .breached {
      telling.tell(.breached, 0, at: reading.dueAt, isBreach: true, in: &decision)
    }
    if !window.escalations.isEmpty { escalate(window, reading, calendar, telling, in: &decision) }
    return isWarned
  }

  /// What has been told of an open window comes again after the periods that notifications name.
  private mutating func expectRepetitions(of window: Int, at now: Instant, in decision: inout Decision) {
    if rulebook.repeatPeriods.isEmpty { return }
    for index in decision.notices.indices where decision.notices[index].isRepeatable(window: window) {
      let age = now.milliseconds(since: decision.notices[index].at)
      for period in rulebook.repeatPeriods {
        decision.expectNotice(at: now.advanced(byMilliseconds: period - age % period))
      }
    }
  }

  private mutating func escalate(
    _ window: ResponseWindow, _ reading: ResponseClock.Reading, _ calendar: WorkingCalendar?,
    _ telling: Telling, in decision: inout Decision
  ) {
    var number = rulebook.conditions.firstConditionalEscalation[telling.window]
    for index in window.escalations.indices {
      let escalation = window.escalations[index]
      if escalation.condition != nil {
        defer { number += 1 }
        if !escalations.contains(number) { continue }
      }
      let at = escalation.level.instant(clock, reading, calendar)
      telling.tell(.escalation, index, at: at, isBreach: escalation.level.isBreach, in: &decision)
    }
  }

  /// A window that starts at an instant to come has something to tell from then on.
  mutating func tellOfStart(_ window: ResponseWindow, after now: Instant, in decision: inout Decision) {
    guard case .instant(let slot) = window.start, values.elements[slot].kind == .instant else { return }
    let start = Instant(milliseconds: values.elements[slot].integer)
    if start > now { decision.expectNotice(at: start) }
  }
}

/// One look at one cycle of a window.
private struct Telling {
  let window: Int
  let cycle: Int
  let now: Instant
  let isOpen: Bool

  /// Adds the notice where its instant has come; else it is expected.
  ///
  /// What says that a target has passed comes a moment after the due instant, at which a stop is still in time.
  @discardableResult
  func tell(
    _ event: Notice.Event, _ level: Int, at instant: Instant?, isBreach: Bool, in decision: inout Decision
  ) -> Bool {
    guard let instant else { return false }
    if isBreach ? instant < now : instant <= now {
      decision.notices.append(Notice(event, rule: window, level: level, cycle: cycle, at: instant))
      return true
    }
    if isOpen { decision.expectNotice(at: isBreach ? instant.advanced(byMilliseconds: 1) : instant) }
    return false
  }
}

extension Notice {
  fileprivate func isRepeatable(window: Int) -> Bool {
    rule == window && (event == .breached || event == .escalation)
  }
}

extension Decision {
  /// Lets `nextNotice` be no later than `instant`.
  mutating func expectNotice(at instant: Instant) {
    if let nextNotice, nextNotice <= instant { return }
    nextNotice = instant
  }
}

extension Transition {
  /// Whether a window gets a fresh budget by it.
  var beginsAnew: Bool {
    switch self {
    case .reopen(.restart), .retarget: true
    default: false
    }
  }
}
