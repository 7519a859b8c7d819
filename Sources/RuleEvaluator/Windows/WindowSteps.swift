import TicketModel
public import WorkingTime

/// One thing that happens to a window's clock.
public struct WindowStep: Hashable, Sendable {
  public var transition: Transition
  public var at: Instant
}

/// Turns a ticket's instants and history into the steps of one window's clock, in order of time.
///
/// At equal instants a start comes before what the history says, and a stop after it.
struct WindowSteps {
  private(set) var steps: [WindowStep] = []
  /// Whether the stop came before the start; it is then taken at the start: no time at all.
  private(set) var isReversed = false

  private var startedAt: Instant?
  private var isStopped = false
  private var isPaused = false
  private var isCancelled = false
  /// Whether the stop condition holds in the state that was entered last.
  private var isStopHeld = false
  /// The last state in which the stop condition held.
  private var stopState: Int?

  mutating func removeAll() {
    steps.removeAll(keepingCapacity: true)
    (isReversed, isStopHeld, isStopped, isPaused, isCancelled) = (false, false, false, false, false)
    (startedAt, stopState) = (nil, nil)
  }

  /// Collects the steps of `window` up to `now`.
  ///
  /// - Parameter isCancelled: of a ticket without history, whether what cancels the window holds.
  mutating func collect(
    _ window: ResponseWindow, _ rows: Moments.Rows, _ timeline: Timeline,
    _ values: UnsafeBufferPointer<Slot>, isCancelled: Bool, until now: Instant
  ) {
    removeAll()
    let start = window.start.instant(in: values, until: now)
    let end = window.stop.instant(in: values, until: now)
    for state in 0..<timeline.stateCount {
      let begin = timeline.begin(of: state)
      if let begin {
        if let start, start <= begin { self.start(at: start) }
        if let end, end < begin { self.stop(at: end) }
      }
      enter(state, of: timeline, rows, window, at: begin)
    }
    if let start { self.start(at: start) }
    if let end { self.stop(at: end) }
    // Without history it is not known when a ticket was cancelled, but that it is.
    if isCancelled { cancel(at: now) }
  }

  /// Puts a step where it belongs, before what else happens at its instant.
  mutating func insert(_ transition: Transition, at instant: Instant) {
    let index = steps.firstIndex { $0.at >= instant } ?? steps.count
    steps.insert(WindowStep(transition: transition, at: instant), at: index)
  }

  /// - Parameter begin: nil before the first event, when a condition can hold but nothing can happen.
  private mutating func enter(
    _ state: Int, of timeline: Timeline, _ rows: Moments.Rows, _ window: ResponseWindow,
    at begin: Instant?
  ) {
    // What held from the beginning is as old as the ticket: older than anything else that is known.
    setPaused(timeline.holds(rows.pause, in: state), at: begin ?? .earliest)
    guard let begin else { return }
    if timeline.holds(rows.start, in: state) { start(at: begin) }
    isStopHeld = timeline.holds(rows.stop, in: state)
    if isStopHeld {
      stop(at: begin)
      stopState = state
    } else if isStopped, let stopState, timeline.goesBack(from: stopState, to: state, rows) {
      reopen(window.reopening, at: begin)
    }
    if timeline.holds(rows.cancel, in: state) { cancel(at: begin) }
  }

  private mutating func start(at instant: Instant) {
    if startedAt != nil { return }
    startedAt = instant
    append(.start, instant)
    if isStopHeld { reverse(at: instant) }
  }

  private mutating func stop(at instant: Instant) {
    guard let startedAt, !isStopped, !isCancelled else { return }
    if instant < startedAt { return reverse(at: startedAt) }
    isStopped = true
    append(.stop, instant)
  }

  private mutating func reverse(at start: Instant) {
    (isReversed, isStopped) = (true, true)
    append(.stop, start)
  }

  private mutating func reopen(_ mode: Transition.Reopening, at instant: Instant) {
    isStopped = false
    append(.reopen(mode), instant)
  }

  private mutating func setPaused(_ paused: Bool, at instant: Instant) {
    if paused == isPaused { return }
    isPaused = paused
    append(paused ? .pause : .resume, instant)
  }

  private mutating func cancel(at instant: Instant) {
    if startedAt == nil || isStopped || isCancelled { return }
    isCancelled = true
    append(.cancel, instant)
  }

  private mutating func append(_ transition: Transition, _ instant: Instant) {
    steps.append(WindowStep(transition: transition, at: instant))
  }
}

extension ResponseWindow.Boundary {
  /// The instant of an instant field, if it has come by `now`.
  fileprivate func instant(in values: UnsafeBufferPointer<Slot>, until now: Instant) -> Instant? {
    guard case .instant(let slot) = self, values[slot].kind == .instant else { return nil }
    let instant = Instant(milliseconds: values[slot].integer)
    return instant <= now ? instant : nil
  }
}
