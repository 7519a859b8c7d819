import PluginAPI
public import RuleEvaluator
public import TicketModel
public import WorkingTime

/// What will happen to a ticket if nobody acts: each warning, breach, escalation and notice until an instant.
///
/// Steps from one instant at which something falls due to the next and plans the deliveries there, as a service would. It has
/// no notifier, so it cannot send. What the record says of later instants counts: events of its history, a window that starts
/// then. Findings and reviews are not foretold, and conditions that read `now` are asked at the steps alone.
public struct Simulation: Sendable {
  /// What happened, and when.
  public struct Event: Hashable, Sendable {
    /// When it happens: a delivery that waits for working time happens when it is sent.
    public var at: Instant
    public var notice: Notice
    public var rule: NoticeReference
    /// What is sent; nil where nothing is sent at this instant.
    public var delivery: PlannedDelivery?
    /// Of an event without a delivery: when people are told of it, as far as that is known by then; nil where nobody is.
    public var toldAt: Instant?

    /// Whether the delivery is one that a rule sends again and again.
    public var isRepetition: Bool { delivery.map { $0.due != notice.at } ?? false }
  }

  /// What came of it.
  public struct Outcome: Sendable {
    /// The windows at the beginning.
    public var windows: [WindowReading]
    /// In the order of time.
    public var events: [Event]
    /// How far it came: the end that was asked for, or the last step where there were too many.
    public var reached: Instant
    /// Whether more than `stepLimit` steps were needed, so that nothing is known of what comes after `reached`.
    public var isCut: Bool
  }

  /// How many steps are taken unless the caller says otherwise.
  public static let defaultStepLimit = 10_000

  public let planner: DeliveryPlanner
  /// The most instants that are looked at, at least 1.
  public let stepLimit: Int

  public init(_ planner: DeliveryPlanner, stepLimit: Int = Self.defaultStepLimit) {
    self.planner = planner
    self.stepLimit = max(1, stepLimit)
  }

  /// Lets time pass for `ticket`.
  ///
  /// - Parameters:
  ///   - id: the ticket's id, which begins each key.
  ///   - now: what fell due by this instant is taken for told and not shown, but for deliveries that still wait.
  ///   - end: the last instant that is looked at. A window that is due exactly then is not late yet.
  ///   - assignee: who has the ticket, where the rules leave it to a rotation.
  public func outcome(
    of ticket: borrowing Ticket, id: String, from now: Instant, until end: Instant, assignee: String? = nil
  ) -> Outcome {
    var course = SimulatedCourse(planner, id: id, assignee: assignee)
    course.takeAsTold(ticket, until: now)
    var outcome = Outcome(windows: course.decision.windows, events: [], reached: end, isCut: false)
    var instant = now
    for _ in 0..<stepLimit {
      guard let next = course.nextInstant(after: instant), next <= end else { return outcome }
      instant = next
      outcome.events += course.step(ticket, to: instant)
    }
    if let next = course.nextInstant(after: instant), next <= end {
      (outcome.reached, outcome.isCut) = (instant, true)
    }
    return outcome
  }
}

extension DeliveryPlanner {
  /// Who has a ticket of a team that takes turns, in words: whose turn it is only a service knows.
  fileprivate func memberInTurn(
    _ decision: borrowing Decision, _ ticket: borrowing Ticket, at instant: Instant
  ) -> String? {
    guard let row = rulebook.routingRow(of: decision), let team = rulebook.routing?.rotatingTeam(of: row)
    else { return nil }
    if let own = rulebook.ownAssignee(of: ticket, at: instant) { return own }
    return switch Language(tag: language) {
    case .english: "whoever has the turn in \(team.name)"
    case .chinese: "\(team.name) 中轮到的成员"
    }
  }
}

/// One ticket on its way through time.
private struct SimulatedCourse: ~Copyable {
  private let planner: DeliveryPlanner
  private let id: String
  private let assignee: String?
  private var evaluator: Evaluator
  private(set) var decision = Decision()
  /// What the decision calls for.
  private var planned: [PlannedDelivery] = []
  /// The keys of what was delivered.
  private var delivered: Set<String> = []
  /// The keys of the notices that have come.
  private var told: Set<String> = []

  init(_ planner: DeliveryPlanner, id: String, assignee: String?) {
    (self.planner, self.id, self.assignee) = (planner, id, assignee)
    evaluator = Evaluator(planner.rulebook)
  }

  /// Comes to `now` with what fell due on the way.
  ///
  /// A window that ended forgets its warnings, and knows them again when it is reopened: so what was there before each event
  /// of the history counts, too.
  mutating func takeAsTold(_ ticket: borrowing Ticket, until now: Instant) {
    for event in ticket.events.map(\.at) where event <= now {
      _ = step(ticket, to: event.advanced(byMilliseconds: -1))
    }
    _ = step(ticket, to: now)
  }

  /// When something happens next.
  func nextInstant(after instant: Instant) -> Instant? {
    var next = decision.nextNotice
    for delivery in planned where delivery.notBefore > instant {
      next = min(next ?? delivery.notBefore, delivery.notBefore)
    }
    return next.map { max($0, instant.advanced(byMilliseconds: 1)) }
  }

  /// What happens at `instant`, by the time at which it does.
  mutating func step(_ ticket: borrowing Ticket, to instant: Instant) -> [Simulation.Event] {
    evaluator.evaluate(ticket, at: instant, into: &decision)
    planned = planner.deliveries(
      for: decision, of: ticket, id: id, at: instant,
      assignee: assignee ?? planner.memberInTurn(decision, ticket, at: instant))
    // A check that reads the clock may find something at any time, which no step would hit.
    let asked = [Notice.Event.finding.rawValue, Notice.Event.review.rawValue]
    planned.removeAll { asked.contains($0.delivery.notice) }
    var events = [Simulation.Event]()
    for notice in decision.notices { events += happenings(of: notice, at: instant) }
    return events.sorted { $0.at < $1.at }
  }

  private mutating func happenings(of notice: Notice, at instant: Instant) -> [Simulation.Event] {
    let rule = planner.rulebook.rule(of: notice)
    let key = planner.keys.key(of: notice, ticket: id)
    let own = planned.filter { $0.delivery.key == key || $0.delivery.key.hasPrefix(key + "/") }
    var events = [Simulation.Event]()
    for delivery in own where delivery.notBefore <= instant {
      guard delivered.insert(delivery.delivery.key).inserted else { continue }
      events.append(
        Simulation.Event(
          at: happening(delivery.notBefore, seenAt: instant), notice: notice, rule: rule, delivery: delivery))
    }
    if told.insert(key).inserted, events.isEmpty {
      events.append(
        Simulation.Event(
          at: happening(notice.at, seenAt: instant), notice: notice, rule: rule,
          toldAt: own.map(\.notBefore).min()))
    }
    return events
  }

  /// A step hits what it expected, a breach a moment later. What is older came to be at the step itself, through an event of
  /// the history.
  private func happening(_ due: Instant, seenAt instant: Instant) -> Instant {
    due.advanced(byMilliseconds: 1) >= instant ? due : instant
  }
}
