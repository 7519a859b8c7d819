import TestSupport

/// A response window stepped minute by minute: slow, and with none of the arithmetic of clocks and calendars.
struct WindowModel {
  enum Reopening: String, CaseIterable { case resume, restart, keep }

  /// What a rule file says of the window; minutes are counted from midnight.
  struct Rule {
    var startsByStatus: Bool
    var stopsByStatus: Bool
    var countsWorkingTime: Bool
    var target: Int
    var reopening: Reopening
  }

  struct Event: Equatable {
    var minute: Int
    var status: Int
  }

  /// In the order of the rules' choices.
  static let statuses = ["new", "assigned", "waiting", "resolved", "closed", "withdrawn"]
  private static let (assigned, waiting, resolved, withdrawn) = (1, 2, 3, 5)

  let rule: Rule
  let openedAt: Int
  let closedAt: Int?
  let events: [Event]

  private var status: Int?
  private var isPaused = false
  private var startedAt: Int?
  private var stoppedAt: Int?
  private var stopStatus: Int?
  private var isStopped = false
  private var isCancelled = false
  private var isFinal = false
  private var isBreached = false
  private var used = 0
  private var due: Int?
  private var dueWhenStopped: Int?

  init(rule: Rule, openedAt: Int, closedAt: Int?, events: [Event]) {
    self.rule = rule
    self.openedAt = openedAt
    self.closedAt = closedAt
    self.events = events
  }

  /// The calendar of the rules: three stretches at night.
  static func isOpen(_ minute: Int) -> Bool {
    [0..<30, 45..<90, 120..<200].contains { $0.contains(minute % 1440) }
  }

  private func counts(_ minute: Int) -> Bool { !rule.countsWorkingTime || Self.isOpen(minute) }

  private var isRunning: Bool { startedAt != nil && !isStopped && !isPaused && !isCancelled && !isFinal }

  /// What there is to say at each minute from 0 to `last`.
  mutating func readings(through last: Int) -> [String] {
    (0...last).map { minute in
      happen(at: minute)
      let reading = reading(at: minute)
      pass(minute)
      return reading
    }
  }

  private mutating func happen(at minute: Int) {
    if !rule.startsByStatus, minute == openedAt { start(at: minute) }
    for event in events where event.minute == minute { enter(event.status, at: minute) }
    if !rule.stopsByStatus, minute == closedAt { stop(at: minute) }
    reachDue(at: minute)
  }

  private mutating func enter(_ status: Int, at minute: Int) {
    defer { self.status = status }
    setPaused(status == Self.waiting, at: minute)
    if rule.startsByStatus, status == Self.assigned { start(at: minute) }
    if rule.stopsByStatus {
      if status == Self.resolved {
        stop(at: minute)
        stopStatus = status
      } else if isStopped, let stopStatus, status < stopStatus {
        reopen(at: minute)
      }
    }
    if status == Self.withdrawn, startedAt != nil, !isStopped {
      endStretch(at: minute)
      isCancelled = true
    }
  }

  /// What was over before it started takes no time.
  private mutating func start(at minute: Int) {
    if startedAt != nil { return }
    startedAt = minute
    let isOver = rule.stopsByStatus ? status == Self.resolved : (closedAt ?? minute) < minute
    if isOver { stop(at: minute) }
  }

  private mutating func stop(at minute: Int) {
    guard startedAt != nil, !isStopped, !isCancelled, !isFinal else { return }
    dueWhenStopped = dueNow(at: minute)
    endStretch(at: minute)
    isStopped = true
    stoppedAt = minute
  }

  private mutating func reopen(at minute: Int) {
    if rule.reopening == .keep {
      isFinal = true
      return
    }
    isStopped = false
    stoppedAt = nil
    if rule.reopening == .restart { (startedAt, used, due, isBreached) = (minute, 0, nil, false) }
    if !isBreached { due = nil }
  }

  private mutating func setPaused(_ paused: Bool, at minute: Int) {
    if paused == isPaused { return }
    if paused { endStretch(at: minute) } else if !isBreached, !isStopped { due = nil }
    isPaused = paused
  }

  private mutating func endStretch(at minute: Int) {
    guard isRunning else { return }
    reachDue(at: minute)
    if let due, due < minute { isBreached = true }
  }

  /// With nothing left the due instant is the first at which time counts.
  private mutating func reachDue(at minute: Int) {
    if isRunning, due == nil, used == rule.target, counts(minute) { due = minute }
  }

  private mutating func pass(_ minute: Int) {
    guard isRunning, counts(minute) else { return }
    used += 1
    if used == rule.target, due == nil { due = minute + 1 }
  }

  /// The due instant if nothing else happens.
  private func dueNow(at minute: Int) -> Int? {
    if let due { return due }
    guard isRunning else { return nil }
    var (used, minute) = (used, minute)
    while true {
      if used == rule.target, counts(minute) { return minute }
      if counts(minute) {
        used += 1
        if used == rule.target { return minute + 1 }
      }
      minute += 1
    }
  }

  private func reading(at minute: Int) -> String {
    let due = isStopped ? dueWhenStopped : dueNow(at: minute)
    let remaining = startedAt.map { _ in rule.target - used }
    return
      "\(state(at: minute)) \(text(startedAt)) \(text(due)) \(text(stoppedAt)) \(used) \(text(remaining))"
  }

  private func state(at minute: Int) -> String {
    if startedAt == nil { return "not-started" }
    if isCancelled { return "cancelled" }
    if isStopped { return isBreached ? "breached" : "met" }
    if isBreached { return "breached" }
    if isPaused { return "paused" }
    if let due, minute > due { return "breached" }
    // Half of the target; at a closing only from the next opening on.
    return used * 2 > rule.target || used * 2 == rule.target && counts(minute) ? "warned" : "running"
  }

  private func text(_ number: Int?) -> String { number.map(String.init) ?? "-" }
}

extension WindowModel {
  init(using generator: inout SeededGenerator) {
    let rule = Rule(
      startsByStatus: generator.chance(2), stopsByStatus: !generator.chance(4),
      countsWorkingTime: generator.chance(2), target: 2 * Int.random(in: 1...30, using: &generator),
      reopening: generator.pick(Reopening.allCases))
    let openedAt = Int.random(in: 0...60, using: &generator)
    var minute = Int.random(in: 0...40, using: &generator)
    var events = [Event]()
    for _ in 0..<Int.random(in: 1...7, using: &generator) {
      let status = generator.chance(12) ? 5 : Int.random(in: 0...4, using: &generator)
      events.append(Event(minute: minute, status: status))
      minute += generator.pick([0, 1, 5, 10, 20, 30, 45])
    }
    let closedAt = generator.chance(2) ? openedAt + Int.random(in: 0...120, using: &generator) : nil
    self.init(rule: rule, openedAt: openedAt, closedAt: closedAt, events: events)
  }

  var yaml: String {
    """
    fields:
      opened_at: {type: instant}
      closed_at: {type: instant}
      status: {type: choice, values: [\(Self.statuses.joined(separator: ", "))]}
    calendars:
      nights: {weekly_hours: {mon-sun: [00:00-00:30, 00:45-01:30, 02:00-03:20]}}
    windows:
      w:
        start: \(rule.startsByStatus ? "{status: assigned}" : "opened_at")
        stop: \(rule.stopsByStatus ? "{status: resolved}" : "closed_at")
        target: \(rule.target) \(rule.countsWorkingTime ? "working minutes" : "minutes")
        calendar: nights
        pause: {status: waiting}
        cancel: {status: withdrawn}
        on_reopen: \(rule.reopening.rawValue)
        warn: [50%]
    """
  }

  var json: String {
    let events = events.map {
      #"{"at": "\#(Self.time($0.minute))", "set": {"status": "\#(Self.statuses[$0.status])"}}"#
    }
    let closed = closedAt.map { #", "closed_at": "\#(Self.time($0))""# } ?? ""
    return
      #"{"opened_at": "\#(Self.time(openedAt))"\#(closed), "history": [\#(events.joined(separator: ", "))]}"#
  }

  /// On a Monday, in UTC.
  static func time(_ minute: Int) -> String {
    func digits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "2026-03-02T\(digits(minute / 60)):\(digits(minute % 60)):00Z"
  }
}
