import Testing

@testable import WorkingTime

@Suite("A response clock")
struct ResponseClockTests {
  /// Hours at which the transitions of a sequence happen; two of them at once.
  static let moments = [1, 2, 4, 4, 7]
  static let transitions: [Transition] = [
    .start, .pause, .resume, .stop, .cancel, .reopen(.resume), .reopen(.restart), .reopen(.keep),
  ]

  @Test(
    "does what a simulation hour by hour does, for all sequences up to five", arguments: [0, 2],
    [true, false])
  func allSequences(budget: Int, isWorking: Bool) throws {
    let open: (Int) -> Bool = { !isWorking || [0, 1, 3, 6, 7, 8].contains($0 % 24) }
    let hours = try hours("00:00-02:00", "03:00-04:00", "06:00-09:00")
    let everyDay = Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, hours) })
    let target: TargetDuration =
      isWorking ? .working(milliseconds: .hours(budget)) : .elapsed(milliseconds: .hours(budget))
    let clock = try #require(ResponseClock(target: target, calendar: calendar(everyDay)))
    extend(clock, SlowWindow(budget: budget, open: open), with: [])
  }

  /// Compares at the instant of the last transition and a while after, then tries each next transition.
  private func extend(_ clock: ResponseClock, _ slow: SlowWindow, with steps: [Transition]) {
    for now in [slow.time, slow.time + 1, slow.time + 3] {
      var slow = slow
      slow.run(to: now)
      let reading = clock.reading(at: .hour(now))
      guard reading == slow.reading else {
        Issue.record("\(steps) at hour \(now): \(reading), expected \(slow.reading)")
        return
      }
      for rest in 0...3 where clock.warningInstant(beforeDue: .hours(rest)) != slow.warning(rest) {
        let found = clock.warningInstant(beforeDue: .hours(rest))
        Issue.record(
          "\(steps): warning \(rest) before due at \(found as Any), expected \(slow.warning(rest) as Any)")
        return
      }
    }
    guard steps.count < Self.moments.count else { return }
    let moment = Self.moments[steps.count]
    for transition in Self.transitions {
      var clock = clock
      var slow = slow
      slow.run(to: moment)
      slow.apply(transition)
      clock.apply(transition, at: .hour(moment))
      extend(clock, slow, with: steps + [transition])
    }
  }

  @Test("turns working days into working time when it starts")
  func workingDays() throws {
    let calendar = try calendar(workingWeek(hours("09:00-12:00", "13:30-18:00")))
    var clock = try #require(ResponseClock(target: .workingDays(1), calendar: calendar))
    clock.apply(.start, at: try instant("2026-03-06T17:00:00Z"))
    var reading = clock.reading(at: try instant("2026-03-07T12:00:00Z"))
    #expect(reading.dueAt == (try instant("2026-03-09T17:00:00Z")))
    #expect(reading.elapsed == .hours(1))
    #expect(reading.remaining == .hours(6) + .minutes(30))
    clock.apply(.pause, at: try instant("2026-03-09T10:00:00Z"))
    #expect(clock.reading(at: try instant("2026-03-10T10:00:00Z")).dueAt == nil)
    clock.apply(.resume, at: try instant("2026-03-10T10:00:00Z"))
    reading = clock.reading(at: try instant("2026-03-10T10:00:00Z"))
    #expect(reading.dueAt == (try instant("2026-03-10T17:00:00Z")))
  }

  @Test("is due at the end of the next working day")
  func endOfNextWorkingDay() throws {
    let calendar = try calendar(workingWeek(hours("09:00-17:00")))
    var clock = try #require(ResponseClock(target: .endOfNextWorkingDay, calendar: calendar))
    clock.apply(.start, at: try instant("2026-03-06T10:00:00Z"))
    let reading = clock.reading(at: try instant("2026-03-06T10:00:00Z"))
    #expect(reading.dueAt == (try instant("2026-03-09T17:00:00Z")))
    #expect(reading.remaining == .hours(15))
  }

  @Test("warns by counting backwards from due in working time")
  func warnings() throws {
    let calendar = try calendar(workingWeek(hours("09:00-17:00")))
    var clock = try #require(ResponseClock(target: .working(milliseconds: .hours(10)), calendar: calendar))
    #expect(clock.warningInstant(fraction: 0.5) == nil)
    let start = try instant("2026-03-06T16:00:00Z")
    clock.apply(.start, at: start)
    // Due on Tuesday 10:00, one hour after nine from Monday.
    #expect(clock.warningInstant(fraction: 0.8) == (try instant("2026-03-09T16:00:00Z")))
    #expect(clock.warningInstant(fraction: 0.9) == (try instant("2026-03-10T09:00:00Z")))
    #expect(clock.warningInstant(fraction: 0) == start)
    #expect(clock.warningInstant(fraction: 1) == (try instant("2026-03-10T10:00:00Z")))
    #expect(clock.warningInstant(beforeDue: .hours(1)) == (try instant("2026-03-10T09:00:00Z")))
    #expect(clock.warningInstant(beforeDue: .hours(30)) == start)
    #expect(clock.warningInstant(beforeDue: .hours(-1)) == (try instant("2026-03-10T11:00:00Z")))
    #expect(clock.warningInstant(fraction: .nan) == nil)
    #expect(clock.warningInstant(beforeDue: .min) == nil)
    #expect(clock.warningInstant(beforeDue: .max) == start)
  }

  @Test("needs a calendar only for working time")
  func calendars() throws {
    let target = TargetDuration.workingDays(1)
    #expect(ResponseClock(target: target, calendar: nil).map(\.target) == nil)
    let elapsed = TargetDuration.elapsed(milliseconds: 1)
    #expect(ResponseClock(target: elapsed, calendar: nil).map(\.target) == elapsed)
  }

  @Test("has no due instant where its calendar never opens again")
  func neverOpen() throws {
    let calendar = try calendar([:], specialDays: [date("2026-03-02"): hours("09:00-10:00")])
    var clock = try #require(ResponseClock(target: .working(milliseconds: .hours(2)), calendar: calendar))
    clock.apply(.start, at: try instant("2026-03-01T00:00:00Z"))
    let reading = clock.reading(at: try instant("2030-01-01T00:00:00Z"))
    #expect(reading.state == .running)
    #expect(reading.dueAt == nil)
    #expect(reading.remaining == .hours(1))
  }
}

extension Instant {
  /// Hours since the Monday from which the simulation counts.
  static func hour(_ count: Int) -> Instant { Instant(milliseconds: 1_772_409_600_000 + .hours(count)) }
}

/// A window simulated in steps of an hour, from the rules alone.
struct SlowWindow {
  private enum Phase { case notStarted, started, stopped, cancelled }

  private let budget: Int
  private let open: (Int) -> Bool
  private(set) var time = 0
  private var phase = Phase.notStarted
  private var isPaused = false
  private var used = 0
  private var due: Int?
  private var isBreached = false
  private var start, stop, dueAtStop: Int?
  /// Hours that counted, in the present cycle.
  private var counted: [Int] = []

  init(budget: Int, open: @escaping (Int) -> Bool) {
    self.budget = budget
    self.open = open
  }

  private var isRunning: Bool { phase == .started && !isPaused }

  mutating func run(to end: Int) {
    while time < end {
      if isRunning { runHour() }
      time += 1
    }
  }

  private mutating func runHour() {
    meetDue()
    if let due, due <= time { isBreached = true }
    guard open(time) else { return }
    counted.append(time)
    used += 1
    if used == budget, due == nil { due = time + 1 }
  }

  /// With nothing left, due is the first open moment at which the clock runs.
  private mutating func meetDue() {
    if due == nil, used == budget, open(time) { due = time }
  }

  private mutating func beginRunning() {
    if !isBreached { due = nil }
    if isRunning { meetDue() }
  }

  private mutating func beginCycle() {
    (phase, start, used, due, isBreached, counted) = (.started, time, 0, nil, false, [])
    beginRunning()
  }

  mutating func apply(_ transition: Transition) {
    switch (transition, phase) {
    case (.start, .notStarted): beginCycle()
    case (.pause, _): isPaused = true
    case (.resume, _):
      let wasPaused = isPaused
      isPaused = false
      if wasPaused, phase == .started { beginRunning() }
    case (.stop, .started): (dueAtStop, phase, stop) = (dueAhead, .stopped, time)
    case (.cancel, _): phase = .cancelled
    case (.reopen(.resume), .stopped), (.reopen(.resume), .cancelled):
      phase = start == nil ? .notStarted : .started
      if phase == .started, !isPaused { beginRunning() }
    case (.reopen(.restart), .stopped), (.reopen(.restart), .cancelled):
      if start == nil { phase = .notStarted } else { beginCycle() }
    default: break
    }
  }

  /// Due, if it goes on like this.
  private var dueAhead: Int? {
    guard isRunning, due == nil else { return due }
    var ahead = self
    ahead.run(to: time + 100)
    return ahead.due
  }

  var reading: ResponseClock.Reading {
    let state: ResponseClock.State =
      switch phase {
      case .notStarted: .notStarted
      case .cancelled: .cancelled
      case .stopped: isBreached ? .breached : .met
      case .started: isBreached ? .breached : isPaused ? .paused : .running
      }
    let due = phase == .stopped ? due ?? dueAtStop : dueAhead
    return ResponseClock.Reading(
      state: state, startedAt: start.map(Instant.hour), dueAt: due.map(Instant.hour),
      stoppedAt: phase == .stopped ? stop.map(Instant.hour) : nil, elapsed: .hours(used),
      remaining: start == nil ? nil : .hours(budget - used))
  }

  func warning(_ rest: Int) -> Instant? {
    guard let start else { return nil }
    if rest == 0 { return reading.dueAt }
    if rest > budget { return .hour(start) }
    var ahead = self
    if isRunning { ahead.run(to: time + 100) }
    let before = budget - rest
    if before < ahead.counted.count { return .hour(ahead.counted[before]) }
    return before == ahead.counted.count ? ahead.counted.last.map { .hour($0 + 1) } : nil
  }
}
