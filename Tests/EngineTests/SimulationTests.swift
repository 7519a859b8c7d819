import Engine
import PluginAPI
import RuleEvaluator
import TestSupport
import Testing
import TicketModel
import WorkingTime

@Suite("A simulation")
struct SimulationTests {
  static let rules = """
    language: en
    fields:
      id: {type: string}
      status: {type: choice, values: [open, waiting, done]}
      urgency: {type: choice, values: [high, low]}
      opened_at: {type: instant}
    calendars: {office: {weekly_hours: {mon-fri: ['09:00-17:00']}}}
    routing:
      hit: first
      inputs: [urgency]
      outputs: [team, assignee]
      rows:
        - {id: R-1, urgency: high, team: net, assignee: zhou}
      otherwise: {team: desk}
      teams:
        net: {lead: net-lead, members: [zhou, sun]}
        desk: {lead: desk-lead, members: [lin], assign: none}
    windows:
      answer:
        label: {en: Answer}
        start: {status: open}
        stop: {status: done}
        target: {by: urgency, high: 2 hours, low: 4 working hours}
        calendar: office
        pause: {status: waiting}
        on_reopen: REOPEN
        warn: [50%, due - 1 hour]
        escalate:
          - {id: E-1, at: due, to: [team.lead], via: [chat]}
          - {id: E-2, at: due + 30 minutes, when: {urgency: high}, to: manager}
      solution:
        start: opened_at
        stop: {status: done}
        target: 6 working hours
        calendar: office
        pause: {status: waiting}
        on_reopen: keep
    """

  static let notifications = """
    notifications:
      - {id: N-1, on: window.warning, when: {urgency: high}, to: assignee}
      - {id: N-2, on: [window.breached, escalation], to: team, deliver: working-time, repeat: 2 hours}
      - {id: N-3, on: status.changed, to: manager}
    """

  static func planner(
    _ notifications: String = Self.notifications, reopening: String = "resume"
  ) throws -> DeliveryPlanner {
    let text = rules.replacing("REOPEN", with: reopening) + "\n" + notifications
    return DeliveryPlanner(try compile(text), language: "en")
  }

  static let ticket = #"""
    {"id": "T-1", "urgency": "high", "history": [{"at": "2026-03-02T16:00Z", "set": {"status": "open"}}]}
    """#

  private func outcome(
    _ planner: DeliveryPlanner, _ ticket: String = Self.ticket, from now: String = "03-02T16:30",
    until end: String, limit: Int = Simulation.defaultStepLimit
  ) throws -> Simulation.Outcome {
    Simulation(planner, stepLimit: limit).outcome(
      of: try planner.rulebook.ticket(ticket), id: "T-1", from: try instant("2026-\(now)Z"),
      until: try instant("2026-\(end)Z"))
  }

  private func lines(_ events: [Simulation.Event]) -> [String] {
    events.map { event in
      let at = "\(event.at.text(in: .utc)) \(event.notice.event.rawValue) \(event.rule.level)"
      guard let planned = event.delivery else {
        return "\(at): told \(event.toldAt?.text(in: .utc) ?? "never")"
      }
      return "\(at): \(planned.delivery.key) to \(planned.delivery.to.joined(separator: " "))"
        + (event.isRepetition ? ", again" : "")
    }
  }

  @Test("tells when each notice falls due, when it is sent and to whom, in the order of time")
  func events() throws {
    let outcome = try outcome(try Self.planner(), until: "03-03T09:00")
    #expect(outcome.windows.map(\.state) == [.running, .notStarted])
    #expect(!outcome.isCut)
    #expect(outcome.reached == (try instant("2026-03-03T09:00Z")))
    #expect(
      lines(outcome.events) == [
        "2026-03-02T17:00:00Z window.warning 50%: T-1/answer/answer/0/50%/N-1 to zhou",
        "2026-03-02T17:00:00Z window.warning due - 1 hour: T-1/answer/answer/0/due - 1 hour/N-1 to zhou",
        "2026-03-02T18:00:00Z window.breached due: told 2026-03-03T09:00:00Z",
        "2026-03-02T18:00:00Z escalation due: T-1/E-1/answer/0/due to net-lead",
        "2026-03-02T18:30:00Z escalation due + 30 minutes: T-1/E-2/answer/0/due + 30 minutes to manager",
        "2026-03-03T09:00:00Z window.breached due: T-1/answer/answer/0/due/N-2/7 to net, again",
        "2026-03-03T09:00:00Z escalation due: T-1/E-1/answer/0/due/N-2/7 to net, again",
        "2026-03-03T09:00:00Z escalation due + 30 minutes: T-1/E-2/answer/0/due + 30 minutes/N-2/7 to net, again",
      ])
  }

  @Test("says of a team that takes turns that it does not know whose it is, but where the ticket does")
  func turns() throws {
    let text = Self.rules.replacing("REOPEN", with: "resume")
      .replacing("outputs: [team, assignee]", with: "outputs: [team]")
      .replacing("team: net, assignee: zhou}", with: "team: net}")
      .replacing("members: [zhou, sun]}", with: "members: [zhou, sun], assign: round-robin}")
    let notices = "\nnotifications: [{id: N-1, on: window.breached, to: [assignee, team.lead]}]"
    let field = text.replacing("opened_at: {type", with: "assignee: {type: string}\n  opened_at: {type")
    let own = Self.ticket.replacing(#""id""#, with: #""assignee": "sun", "id""#)
    for (rules, language, ticket, name) in [
      (text, "en", Self.ticket, "whoever has the turn in net"), (text, "zh", Self.ticket, "net 中轮到的成员"),
      (field, "en", Self.ticket, "whoever has the turn in net"), (field, "en", own, "sun"),
    ] {
      let planner = DeliveryPlanner(try compile(rules + notices), language: language)
      let breach = try outcome(planner, ticket, until: "03-02T18:01").events.first {
        $0.notice.event == .breached
      }
      #expect(breach?.delivery?.delivery.to == [name, "net-lead"])
    }
  }

  @Test("does not show what fell due before, but what of it still waits for working time")
  func waiting() throws {
    let outcome = try outcome(try Self.planner(), from: "03-02T18:00:01", until: "03-02T18:10")
    #expect(outcome.windows.map(\.state) == [.breached, .notStarted])
    #expect(outcome.events == [])
    let rules = "notifications: [{id: N-1, on: window.breached, deliver: working-time}]"
    let waiting = try self.outcome(try Self.planner(rules), from: "03-02T18:40", until: "03-03T12:00")
    #expect(
      lines(waiting.events) == [
        "2026-03-03T09:00:00Z window.breached due: T-1/answer/answer/0/due/N-1 to "
      ])
  }

  @Test("tells of breaches that nobody is told of")
  func untold() throws {
    let rules = "notifications: [{id: N-1, on: window.warning, to: assignee}]"
    let outcome = try outcome(try Self.planner(rules), until: "03-02T18:00:00.001")
    #expect(lines(outcome.events).contains("2026-03-02T18:00:00Z window.breached due: told never"))
  }

  @Test("tells of a waived window what fell due meanwhile, once, when the waiver ends")
  func waived() throws {
    let waiver = """

      waivers: [{id: W-1, rule: answer, when: {urgency: high}, until: 2026-03-02, by: owner-a, reason: none}]
      """
    let rules = "notifications: [{id: N-1, on: [window.warning, window.breached], to: team}]"
    let outcome = try outcome(try Self.planner(rules + waiver), until: "03-03T12:00")
    #expect(outcome.windows.map(\.state) == [.running, .notStarted])
    #expect(
      lines(outcome.events) == [
        "2026-03-03T00:00:00Z window.breached due: T-1/answer/answer/0/due/N-1 to net",
        "2026-03-03T00:00:00Z window.warning 50%: T-1/answer/answer/0/50%/N-1 to net",
        "2026-03-03T00:00:00Z window.warning due - 1 hour: T-1/answer/answer/0/due - 1 hour/N-1 to net",
        "2026-03-03T00:00:00Z escalation due: T-1/E-1/answer/0/due to net-lead",
        "2026-03-03T00:00:00Z escalation due + 30 minutes: T-1/E-2/answer/0/due + 30 minutes to manager",
      ])
    let unending = try self.outcome(
      try Self.planner(rules + waiver.replacing("2026-03-02", with: "2026-03-03")), until: "03-03T12:00")
    #expect(unending.events == [] && !unending.isCut)
    let low = try self.outcome(
      try Self.planner(rules + waiver), Self.ticket.replacing("high", with: "low"), until: "03-03T12:00")
    #expect(low.events.contains { $0.delivery != nil })
  }

  @Test("does not call a window late at its due instant itself")
  func due() throws {
    let rules = "notifications: [{id: N-1, on: window.breached, to: team}]"
    #expect(
      try outcome(try Self.planner(rules), until: "03-02T18:00").events.allSatisfy {
        $0.notice.event == .warning
      })
  }

  @Test("is empty where nothing will happen")
  func nothing() throws {
    let done = #"""
      {"id": "T-1", "urgency": "high", "history": [{"at": "2026-03-02T16:00Z", "set": {"status": "open"}},
       {"at": "2026-03-02T16:10Z", "set": {"status": "done"}}]}
      """#
    let outcome = try outcome(try Self.planner(), done, until: "03-30T09:00")
    #expect(outcome.events == [] && !outcome.isCut)
    #expect(outcome.windows.map(\.state) == [.met, .notStarted])
  }

  @Test("stops after as many steps as it may take, and says how far it came")
  func limit() throws {
    let rules = "notifications: [{id: N-1, on: window.breached, repeat: 1 second}]"
    let outcome = try outcome(try Self.planner(rules), until: "12-31T00:00", limit: 50)
    #expect(outcome.isCut)
    #expect(outcome.events.count < 60)
    // 17:00, 18:00 and a moment, 18:30 and a moment among the repetitions of each second.
    #expect(outcome.reached < (try instant("2026-03-02T18:01Z")))
    #expect(outcome.reached > (try instant("2026-03-02T18:00:30Z")))
    let exact = try self.outcome(try Self.planner(""), until: "03-02T17:00", limit: 1)
    #expect(!exact.isCut && exact.events.count == 2)
  }

  @Test("says no finding, which a step may or may not hit")
  func findings() throws {
    let rules = """
      checks: [{id: C-1, expr: "now < timestamp('2026-03-02T17:30:00Z')"}]
      notifications: [{id: N-1, on: finding, to: manager}]
      """
    #expect(
      try outcome(try Self.planner(rules), until: "03-03T17:00").events.allSatisfy {
        $0.notice.event != .finding && $0.delivery?.delivery.notice != "finding"
      })
  }

  // MARK: Properties

  /// A ticket whose history begins at 14:00 on a Monday, on whole minutes.
  static func ticket(using generator: inout SeededGenerator) -> String {
    var minutes = 0
    var events = [String]()
    for index in 0..<Int.random(in: 1...6, using: &generator) {
      let (hour, minute) = (14 + minutes / 60, minutes % 60)
      let at = "2026-03-0\(2 + hour / 24)T\(padded(hour % 24)):\(padded(minute))Z"
      let status = index == 0 ? "open" : generator.pick(["open", "open", "waiting", "done"])
      events.append(#"{"at": "\#(at)", "set": {"status": "\#(status)"}}"#)
      minutes += 10 * Int.random(in: 1...40, using: &generator)
    }
    let opened = generator.chance(2) ? #""opened_at": "2026-03-02T14:20Z", "# : ""
    return
      #"{"id": "T-1", \#(opened)"urgency": "\#(generator.pick(["high", "low"]))", "history": [\#(events.joined(separator: ", "))]}"#
  }

  private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  @Test("gives the same in one go as in two, and nothing twice", arguments: 0..<60)
  func halves(seed: Int) throws {
    var generator = SeededGenerator(seed: seed)
    let planner = try Self.planner(reopening: generator.pick(["resume", "restart", "keep"]))
    let record = Self.ticket(using: &generator)
    let ticket = try planner.rulebook.ticket(record)
    let start = try instant("2026-03-02T14:00Z")
    func later(_ hours: ClosedRange<Int>) -> Instant {
      start.advanced(byMilliseconds: 60_000 * Int64(Int.random(in: hours, using: &generator)))
    }
    let (now, middle, end) = (later(0...600), later(601...1500), later(1501...4000))
    let simulation = Simulation(planner)
    func events(_ from: Instant, _ until: Instant) -> [Simulation.Event] {
      simulation.outcome(of: ticket, id: "T-1", from: from, until: until).events
    }
    let all = events(now, end)
    #expect(all == events(now, middle) + events(middle, end), "\(record)")
    let keys = all.compactMap { $0.delivery?.delivery.key }
    #expect(Set(keys).count == keys.count, "\(record)")
    #expect(all.map(\.at) == all.map(\.at).sorted(), "\(record)")
  }

  @Test("finds what a look at every minute finds", arguments: 0..<12)
  func sweep(seed: Int) throws {
    var generator = SeededGenerator(seed: seed + 1000)
    let planner = try Self.planner(reopening: generator.pick(["resume", "restart", "keep"]))
    let record = Self.ticket(using: &generator)
    let ticket = try planner.rulebook.ticket(record)
    let start = try instant("2026-03-02T14:00Z")
    let now = start.advanced(byMilliseconds: 60_000 * Int64(Int.random(in: 0...400, using: &generator)))
    let end = now.advanced(byMilliseconds: 60_000 * 1300)
    let events = Simulation(planner).outcome(of: ticket, id: "T-1", from: now, until: end).events
    var sweep = Sweep(planner)
    let swept = sweep.deliveries(of: ticket, from: start, showingAfter: now, until: end)
    let simulated = events.compactMap { event in
      event.delivery.map { Sweep.Line(minute: event.at.milliseconds / 60_000, key: $0.delivery.key) }
    }
    #expect(simulated.sorted() == swept.sorted(), "\(record)")
    #expect(sweep.notices == Set(events.map(\.notice)).union(sweep.noticesBefore), "\(record)")
  }
}

/// Looks at a ticket at each minute and a moment later, and remembers what was sent.
private struct Sweep {
  struct Line: Hashable, Comparable {
    var minute: Int64
    var key: String

    static func < (left: Line, right: Line) -> Bool { (left.minute, left.key) < (right.minute, right.key) }
  }

  let planner: DeliveryPlanner
  private var sent: Set<String> = []
  /// All notices that were there at some time, and those until the beginning.
  private(set) var notices: Set<Notice> = []
  private(set) var noticesBefore: Set<Notice> = []

  init(_ planner: DeliveryPlanner) { self.planner = planner }

  mutating func deliveries(
    of ticket: Ticket, from start: Instant, showingAfter now: Instant, until end: Instant
  ) -> [Line] {
    var lines = [Line]()
    var evaluator = Evaluator(planner.rulebook)
    var decision = Decision()
    for minute in (start.milliseconds / 60_000)...(end.milliseconds / 60_000) {
      for moment in 0...1 {
        let instant = Instant(milliseconds: minute * 60_000 + Int64(moment))
        if instant > end { break }
        evaluator.evaluate(ticket, at: instant, into: &decision)
        notices.formUnion(decision.notices)
        if instant <= now { noticesBefore.formUnion(decision.notices) }
        let planned = planner.deliveries(for: decision, of: ticket, id: "T-1", at: instant)
        for delivery in planned where delivery.notBefore <= instant {
          guard sent.insert(delivery.delivery.key).inserted, instant > now else { continue }
          lines.append(Line(minute: minute, key: delivery.delivery.key))
        }
      }
    }
    return lines
  }
}
