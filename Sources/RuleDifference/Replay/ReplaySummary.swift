import RuleEvaluator

/// What two rulebooks say differently about many tickets, counted. Its size depends on the rules, not on the tickets.
public struct ReplaySummary: Sendable {
  /// Tickets that both decided.
  public internal(set) var tickets = 0
  /// Records that cannot be read.
  public internal(set) var unreadable = 0
  /// Tickets for which anything changes.
  public internal(set) var changed = 0
  public internal(set) var decisions: [String: TransitionCount] = [:]
  public internal(set) var windows: [String: WindowCount] = [:]
  public internal(set) var findings: [FindingCount: GainCount] = [:]
  public internal(set) var notices: [NoticeCount: GainCount] = [:]

  public init() {}

  /// Findings are counted by rule and field.
  public struct FindingCount: Hashable, Comparable, Sendable {
    public var rule: String
    public var field: String?

    public static func < (left: FindingCount, right: FindingCount) -> Bool {
      (left.rule, left.field ?? "") < (right.rule, right.field ?? "")
    }
  }

  /// Notices are counted by event and rule.
  public struct NoticeCount: Hashable, Comparable, Sendable {
    public var event: String
    public var rule: String

    public static func < (left: NoticeCount, right: NoticeCount) -> Bool {
      (left.event, left.rule) < (right.event, right.rule)
    }
  }

  /// How many are new, and how many are gone.
  public struct GainCount: Hashable, Sendable {
    public var more = 0
    public var fewer = 0

    public var isZero: Bool { more == 0 && fewer == 0 }

    static func += (left: inout GainCount, right: GainCount) {
      left.more += right.more
      left.fewer += right.fewer
    }
  }

  /// From which value to which.
  public struct Transition: Hashable, Comparable, Sendable {
    public var before: String?
    public var after: String?

    public static func < (left: Transition, right: Transition) -> Bool {
      (left.before ?? "", left.after ?? "") < (right.before ?? "", right.after ?? "")
    }
  }

  /// Tickets by the values between which they change.
  public struct TransitionCount: Hashable, Sendable {
    /// Further transitions are counted together: the sums that a table makes may be as many as the tickets.
    static let limit = 200

    public private(set) var total = 0
    public private(set) var counts: [Transition: Int] = [:]

    /// Tickets of transitions that are not told apart.
    public var rest: Int { total - counts.values.reduce(0, +) }

    /// The transitions, most frequent first.
    public var sorted: [(transition: Transition, count: Int)] {
      counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
    }

    mutating func add(_ transition: Transition, _ count: Int = 1) {
      total += count
      if counts[transition] == nil, counts.count >= Self.limit { return }
      counts[transition, default: 0] += count
    }

    static func += (left: inout TransitionCount, right: TransitionCount) {
      for (transition, count) in right.counts { left.add(transition, count) }
      left.total += right.rest
    }
  }

  /// One window over all tickets.
  public struct WindowCount: Hashable, Sendable {
    /// Tickets to which it applies now and did not before, and the other way round.
    public var applies = GainCount()
    /// Due instants that come earlier, later, or come or go because the window waits or starts otherwise.
    public var dueEarlier = 0
    public var dueLater = 0
    public var dueOther = 0
    /// Windows that end at another instant.
    public var stopMoved = 0
    public var breaches = GainCount()
    public var states = TransitionCount()

    public var dueMoved: Int { dueEarlier + dueLater + dueOther }

    static func += (left: inout WindowCount, right: WindowCount) {
      left.applies += right.applies
      left.dueEarlier += right.dueEarlier
      left.dueLater += right.dueLater
      left.dueOther += right.dueOther
      left.stopMoved += right.stopMoved
      left.breaches += right.breaches
      left.states += right.states
    }
  }

  /// The breaches of all windows.
  public var breaches: GainCount { windows.values.reduce(into: GainCount()) { $0 += $1.breaches } }
  /// The due instants of all windows that are others.
  public var dueMoved: Int { windows.values.reduce(0) { $0 + $1.dueMoved } }
}

extension ReplaySummary {
  /// Counts a ticket that changes in nothing, or a record that cannot be read.
  public mutating func addUnchanged() { tickets += 1 }
  public mutating func addUnreadable() { unreadable += 1 }

  /// Counts a ticket that changes.
  public mutating func add(_ change: TicketChange) {
    tickets += 1
    changed += 1
    for decision in change.decisions {
      decisions[decision.name, default: TransitionCount()].add(
        Transition(before: decision.before, after: decision.after))
    }
    for window in change.windows { windows[window.id, default: WindowCount()].add(window) }
    for name in change.findings.more { count(name) { $0.more += 1 } }
    for name in change.findings.fewer { count(name) { $0.fewer += 1 } }
    for name in change.notices.more { count(name) { $0.more += 1 } }
    for name in change.notices.fewer { count(name) { $0.fewer += 1 } }
  }

  private mutating func count(_ name: FindingName, _ update: (inout GainCount) -> Void) {
    update(&findings[FindingCount(rule: name.rule, field: name.field), default: GainCount()])
  }

  private mutating func count(_ name: NoticeName, _ update: (inout GainCount) -> Void) {
    update(&notices[NoticeCount(event: name.event.rawValue, rule: name.rule), default: GainCount()])
  }

  public static func += (left: inout ReplaySummary, right: ReplaySummary) {
    left.tickets += right.tickets
    left.unreadable += right.unreadable
    left.changed += right.changed
    for (name, count) in right.decisions { left.decisions[name, default: TransitionCount()] += count }
    for (id, count) in right.windows { left.windows[id, default: WindowCount()] += count }
    for (name, count) in right.findings { left.findings[name, default: GainCount()] += count }
    for (name, count) in right.notices { left.notices[name, default: GainCount()] += count }
  }
}

extension ReplaySummary.WindowCount {
  fileprivate mutating func add(_ change: WindowChange) {
    if change.before == nil { applies.more += 1 }
    if change.after == nil { applies.fewer += 1 }
    let (late, wasLate) = (change.after?.state == .breached, change.before?.state == .breached)
    if late, !wasLate { breaches.more += 1 }
    if wasLate, !late { breaches.fewer += 1 }
    guard let before = change.before, let after = change.after else { return }
    if before.state != after.state {
      states.add(ReplaySummary.Transition(before: before.state.rawValue, after: after.state.rawValue))
    }
    if before.stoppedAt != after.stoppedAt { stopMoved += 1 }
    if before.dueAt == after.dueAt { return }
    guard let old = before.dueAt, let new = after.dueAt else { return dueOther += 1 }
    if new < old { dueEarlier += 1 } else { dueLater += 1 }
  }
}
