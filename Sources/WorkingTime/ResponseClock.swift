/// What happens to a response window.
public enum Transition: Hashable, Sendable {
  /// How a window goes on when a ticket is reopened.
  public enum Reopening: String, Hashable, CaseIterable, Sendable {
    /// With what was left; the closed time does not count.
    case resume
    /// With a fresh budget from the reopening on.
    case restart
    /// Not at all: the result of the first stop stays.
    case keep
  }

  case start
  case pause
  case resume
  case stop
  case reopen(Reopening)
  case cancel
  /// Another target, with all of its budget from then on.
  case retarget(TargetDuration)
}

/// The clock of one response window: fed the window's transitions in time order, it tells the state at any
/// instant after the last of them.
///
/// A pause is a condition that holds from `pause` to `resume`, whatever else happens: a window that starts or
/// reopens meanwhile does not run. A pause counts in the unit of the target. Ignored are a start after the
/// first, a stop before the start or after a stop, and a reopening of what was not stopped or cancelled.
/// Nothing is allocated until a second stretch of running time begins.
public struct ResponseClock: Sendable {
  public private(set) var target: TargetDuration
  /// What the target counts on: nil for elapsed time.
  private var calendar: WorkingCalendar?
  /// What another target may count on.
  private var givenCalendar: WorkingCalendar?
  private var phase = Phase.notStarted
  private var isPaused = false
  /// How often the window has begun anew, with a fresh budget: 0 until it is restarted.
  public private(set) var cycle = 0
  private var startedAt: Instant?
  /// Milliseconds in the target's unit; nil before the start, and when the calendar never gets there.
  private var budget: Int64?
  private var elapsed: Int64 = 0
  /// When the budget was used up, known as soon as a stretch that did so has ended.
  private var usedUpAt: Instant?
  private var isBreached = false
  private var runningSince: Instant?
  /// The last stretch that used some of the budget and has ended, and those before it.
  private var lastStretch: Stretch?
  private var stretches: [Stretch] = []

  private enum Phase {
    case notStarted, started, cancelled
    case stopped(Instant, due: Instant?)
  }

  private struct Stretch {
    var end: Instant
    var elapsedBefore, elapsedAfter: Int64
  }

  /// Nil when the target needs a calendar and there is none; targets in elapsed time do not use theirs.
  public init?(target: TargetDuration, calendar: WorkingCalendar?) {
    guard calendar != nil || !target.needsCalendar else { return nil }
    self.target = target
    self.calendar = target.needsCalendar ? calendar : nil
    givenCalendar = calendar
  }

  /// A clock that was given no target yet; `reset` gives it one.
  public init() {
    target = .elapsed(milliseconds: 0)
  }

  /// Forgets all transitions and starts over with another target; cheaper than a new clock, which is 200 bytes.
  ///
  /// False, and nothing changed, where the target needs a calendar and there is none.
  public mutating func reset(target: TargetDuration, calendar: WorkingCalendar?) -> Bool {
    guard calendar != nil || !target.needsCalendar else { return false }
    if givenCalendar !== calendar { givenCalendar = calendar }
    aim(at: target)
    phase = .notStarted
    (isPaused, isBreached, elapsed, cycle) = (false, false, 0, 0)
    (startedAt, budget, usedUpAt, runningSince, lastStretch) = (nil, nil, nil, nil, nil)
    if !stretches.isEmpty { stretches.removeAll(keepingCapacity: true) }
    return true
  }
}

extension ResponseClock {
  /// Transitions come in time order; those at the same instant in the order in which they are meant.
  public mutating func apply(_ transition: Transition, at instant: Instant) {
    switch transition {
    case .start: start(at: instant)
    case .pause: pause(at: instant)
    case .resume: resume(at: instant)
    case .stop: stop(at: instant)
    case .reopen(let reopening): reopen(reopening, at: instant)
    case .cancel: cancel(at: instant)
    case .retarget(let target): retarget(target, at: instant)
    }
  }

  private mutating func start(at instant: Instant) {
    guard case .notStarted = phase else { return }
    begin(at: instant)
  }

  /// With a fresh budget.
  private mutating func begin(at instant: Instant) {
    phase = .started
    startedAt = instant
    budget = budget(from: instant)
    (elapsed, usedUpAt, isBreached, lastStretch) = (0, nil, false, nil)
    if !stretches.isEmpty { stretches.removeAll(keepingCapacity: true) }
    if !isPaused { runningSince = instant }
  }

  private mutating func pause(at instant: Instant) {
    isPaused = true
    endStretch(at: instant)
  }

  private mutating func resume(at instant: Instant) {
    isPaused = false
    if case .started = phase, runningSince == nil { run(from: instant) }
  }

  private mutating func stop(at instant: Instant) {
    guard case .started = phase else { return }
    let due = endStretch(at: instant) ?? usedUpAt
    phase = .stopped(instant, due: due)
  }

  private mutating func cancel(at instant: Instant) {
    endStretch(at: instant)
    phase = .cancelled
  }

  private mutating func reopen(_ reopening: Transition.Reopening, at instant: Instant) {
    switch phase {
    case .notStarted, .started: return
    case .stopped, .cancelled: break
    }
    if reopening == .keep { return }
    guard startedAt != nil else { return phase = .notStarted }
    if reopening == .restart { return beginAnew(at: instant) }
    phase = .started
    if !isPaused { run(from: instant) }
  }

  /// What has not begun yet begins with the new target; what has ended stays as it is.
  private mutating func retarget(_ target: TargetDuration, at instant: Instant) {
    guard givenCalendar != nil || !target.needsCalendar else { return }
    switch phase {
    case .notStarted: aim(at: target)
    case .started:
      aim(at: target)
      beginAnew(at: instant)
    case .stopped, .cancelled: break
    }
  }

  private mutating func aim(at target: TargetDuration) {
    self.target = target
    let calendar = target.needsCalendar ? givenCalendar : nil
    if self.calendar !== calendar { self.calendar = calendar }
  }

  private mutating func beginAnew(at instant: Instant) {
    cycle += 1
    runningSince = nil
    begin(at: instant)
  }

  private mutating func run(from instant: Instant) {
    if let lastStretch { stretches.append(lastStretch) }
    lastStretch = nil
    if !isBreached { usedUpAt = nil }
    runningSince = instant
  }

  /// Answers when the running stretch is due, if there is one.
  @discardableResult
  private mutating func endStretch(at instant: Instant) -> Instant? {
    guard let start = runningSince else { return nil }
    let due = dueAt
    if let due, due <= instant {
      usedUpAt = due
      if due < instant { isBreached = true }
    }
    let before = elapsed
    elapsed += between(start, instant)
    if elapsed > before {
      lastStretch = Stretch(end: instant, elapsedBefore: before, elapsedAfter: elapsed)
    }
    runningSince = nil
    return due
  }
}

// The target's unit.
extension ResponseClock {
  /// Targets in working days become working time, so that they are paused and resumed like any other.
  private func budget(from start: Instant) -> Int64? {
    switch target {
    case .elapsed(let count), .working(let count): return count
    case .workingDays, .endOfNextWorkingDay:
      guard let calendar, let due = target.instant(after: start, calendar: calendar) else { return nil }
      return calendar.workingMilliseconds(from: start, to: due)
    }
  }

  private func between(_ start: Instant, _ end: Instant) -> Int64 {
    guard let calendar else { return max(0, end.milliseconds(since: start)) }
    return calendar.workingMilliseconds(from: start, to: end)
  }

  private func add(_ count: Int64, to start: Instant) -> Instant? {
    guard let calendar else { return start.advanced(byMilliseconds: count) }
    return calendar.add(workingMilliseconds: count, to: start)
  }

  private func subtract(_ count: Int64, from end: Instant) -> Instant? {
    guard let calendar else { return end.advanced(byMilliseconds: -count) }
    return calendar.subtract(workingMilliseconds: count, from: end)
  }
}

extension ResponseClock {
  public enum State: String, Hashable, CaseIterable, Sendable {
    case notStarted = "not-started"
    case running, paused, met, breached, cancelled
  }

  /// A window at one instant.
  public struct Reading: Hashable, Sendable {
    public var state: State
    /// The start, or the reopening that gave a fresh budget.
    public var startedAt: Instant?
    /// When the budget runs out, or ran out, or would have when it was stopped; nil before the start, while
    /// paused or cancelled with time left, and when the calendar never gets there.
    public var dueAt: Instant?
    public var stoppedAt: Instant?
    /// Milliseconds in the target's unit, without pauses.
    public var elapsed: Int64
    /// The budget less `elapsed`; negative after a breach. Nil before the start.
    public var remaining: Int64?
  }

  /// The state at `now`, which is not before the last transition applied.
  ///
  /// A window is breached when it ran after its due instant: exactly at due it is still running, or met.
  public func reading(at now: Instant) -> Reading {
    var elapsed = elapsed
    if let runningSince { elapsed += between(runningSince, now) }
    var stoppedAt: Instant?
    if case .stopped(let instant, _) = phase { stoppedAt = instant }
    let due = dueAt
    return Reading(
      state: state(at: now, due: due), startedAt: startedAt, dueAt: due, stoppedAt: stoppedAt,
      elapsed: elapsed, remaining: budget.map { $0 - elapsed })
  }

  private func state(at now: Instant, due: Instant?) -> State {
    switch phase {
    case .notStarted: return .notStarted
    case .cancelled: return .cancelled
    case .stopped: return isBreached ? .breached : .met
    case .started:
      if isBreached { return .breached }
      guard runningSince != nil else { return .paused }
      return now > due ?? .latest ? .breached : .running
    }
  }

  private var dueAt: Instant? {
    if let usedUpAt { return usedUpAt }
    if case .stopped(_, let due) = phase { return due }
    guard let budget, let runningSince else { return nil }
    return add(budget - elapsed, to: runningSince)
  }
}

extension ResponseClock {
  /// The instant at which that part of the budget is used, such as 0.8; see `warningInstant(beforeDue:)`.
  public func warningInstant(fraction: Double) -> Instant? {
    guard let budget, fraction.isFinite else { return nil }
    let used = (Double(budget) * fraction.clamped(to: -100...100)).rounded()
    return warningInstant(beforeDue: budget - (Int64(exactly: used) ?? 0))
  }

  /// The instant at which so much of the budget is left: backwards from due in the target's unit, through
  /// pauses.
  ///
  /// The start when the whole budget is less, an instant after due when the milliseconds are negative. Nil
  /// before the start, and while a pause or the stop keeps it from being reached.
  public func warningInstant(beforeDue rest: Int64) -> Instant? {
    guard let budget, let startedAt else { return nil }
    if rest == 0 { return dueAt }
    let (used, overflow) = budget.subtractingReportingOverflow(rest)
    if overflow { return rest > 0 ? startedAt : nil }
    if used < 0 { return startedAt }
    if runningSince != nil, used >= elapsed, let due = dueAt { return subtract(rest, from: due) }
    guard let stretch = lastStretch(startingAt: used), used <= stretch.elapsedAfter else { return nil }
    return subtract(stretch.elapsedAfter - used, from: stretch.end).map { max($0, startedAt) }
  }

  private func lastStretch(startingAt used: Int64) -> Stretch? {
    if let lastStretch, lastStretch.elapsedBefore <= used { return lastStretch }
    return stretches.last { $0.elapsedBefore <= used }
  }
}
