import TestSupport
import Testing
import TicketModel
import WorkingTime

@testable import RuleEvaluator

@Suite("The notices of a ticket")
struct NoticeTests {
  static let rules = """
    fields:
      opened_at: {type: instant}
      closed_at: {type: instant}
      status: {type: choice, values: [open, assigned, waiting, done, withdrawn]}
      urgency: {type: choice, values: [high, low]}
    """

  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var rule = ""
    var ticket: String
    var now: String
    /// Event, level, cycle and time of each notice, and when the next one is due.
    var expected: String
  }

  static let opened = #""opened_at": "2026-03-02T09:00Z""#

  static let cases = [
    Case(
      testDescription: "are none before the first level", ticket: opened, now: "09:29", expected: "| 09:30"),
    Case(
      testDescription: "have a warning at its very instant", ticket: opened, now: "09:30",
      expected: "window.warning 50% 0 09:30 | 09:45"),
    Case(
      testDescription: "have all warnings that have come", ticket: opened, now: "10:00",
      expected: "window.warning 50% 0 09:30, window.warning due - 15 minutes 0 09:45 | 10:00:00.001"),
    Case(
      testDescription: "have the breach and its escalation a moment after due", ticket: opened,
      now: "10:00:00.001",
      expected:
        "window.breached due 0 10:00, window.warning 50% 0 09:30, window.warning due - 15 minutes 0 09:45, escalation due 0 10:00 | 10:30:00.001"
    ),
    Case(
      testDescription: "have nothing to come after the last escalation", ticket: opened, now: "12:00",
      expected:
        "window.breached due 0 10:00, window.warning 50% 0 09:30, window.warning due - 15 minutes 0 09:45, escalation due 0 10:00, escalation due + 30 minutes 0 10:30 | never"
    ),
    Case(
      testDescription: "are gone once the window is met",
      ticket: opened + #", "closed_at": "2026-03-02T10:00Z""#,
      now: "12:00", expected: "| never"),
    Case(
      testDescription: "have the breach as a fact once the window is stopped",
      ticket: opened + #", "closed_at": "2026-03-02T10:01Z""#, now: "12:00",
      expected: "window.breached due 0 10:00 | never"),
    Case(
      testDescription: "have the breach that happened before a restart, and then a new cycle",
      rule: "stop: {status: done}\nstart: {status: assigned}\non_reopen: restart",
      ticket:
        #""history": [{"at": "2026-03-02T09:00Z", "set": {"status": "assigned"}}, {"at": "2026-03-02T11:00Z", "set": {"status": "done"}}, {"at": "2026-03-02T12:00Z", "set": {"status": "assigned"}}]"#,
      now: "12:40",
      expected: "window.breached due 0 10:00, window.warning 50% 1 12:30 | 12:45"),
    Case(
      testDescription: "stay in their cycle where a reopening resumes",
      rule: "stop: {status: done}\nstart: {status: assigned}\non_reopen: resume",
      ticket:
        #""history": [{"at": "2026-03-02T09:00Z", "set": {"status": "assigned"}}, {"at": "2026-03-02T09:40Z", "set": {"status": "done"}}, {"at": "2026-03-02T12:00Z", "set": {"status": "assigned"}}]"#,
      now: "12:00", expected: "window.warning 50% 0 09:30 | 12:05"),
    Case(
      testDescription: "wait while the window is paused", rule: "pause: {status: waiting}",
      ticket: opened
        + #", "history": [{"at": "2026-03-02T09:40Z", "set": {"status": "waiting"}}]"#,
      now: "12:00", expected: "window.warning 50% 0 09:30 | never"),
    Case(
      testDescription: "are none of a cancelled window", rule: "cancel: {status: withdrawn}",
      ticket: opened + #", "history": [{"at": "2026-03-02T11:00Z", "set": {"status": "withdrawn"}}]"#,
      now: "12:00", expected: "| never"),
    Case(
      testDescription: "are expected at a start that is to come", ticket: opened, now: "08:00",
      expected: "| 09:00"),
    Case(
      testDescription: "are expected at an event that is to come",
      ticket: #""history": [{"at": "2026-03-02T11:00Z", "set": {"status": "open"}}]"#, now: "08:00",
      expected: "| 11:00"),
    Case(
      testDescription: "leave out an escalation whose condition does not hold",
      rule:
        "escalate: [{id: E-1, at: 50%, to: a, when: {urgency: high}}, {id: E-2, at: 25%, to: a}, {id: E-3, at: 10%, to: a, when: {urgency: low}}]",
      ticket: opened + #", "urgency": "low""#, now: "09:45",
      expected:
        "window.warning 50% 0 09:30, window.warning due - 15 minutes 0 09:45, escalation 25% 0 09:15, escalation 10% 0 09:06 | 10:00:00.001"
    ),
  ]

  @Test("are", arguments: cases)
  func single(_ test: Case) throws {
    let own = test.rule.split(separator: "\n").map { $0.split(separator: ":")[0] }
    let defaults = [
      "start: opened_at", "stop: closed_at", "target: 1 hour", "warn: [50%, due - 15 minutes]",
      "escalate: [{id: E-1, at: due, to: team.lead}, {id: E-2, at: due + 30 minutes, to: manager}]",
    ].filter { line in
      !own.contains(line.split(separator: ":")[0])
        && !(line.hasPrefix("escalate") && test.rule.contains("status"))
    }
    let lines = (defaults + test.rule.split(separator: "\n").map(String.init)).map { "    " + $0 }
    let rulebook = try compile(Self.rules + "\nwindows:\n  w:\n" + lines.joined(separator: "\n"))
    let decision = rulebook.decision(
      about: try rulebook.ticket("{\(test.ticket)}"), at: try instant("2026-03-02T\(test.now)Z"))
    #expect(describe(decision, rulebook) == test.expected)
  }

  private func describe(_ decision: Decision, _ rulebook: Rulebook) -> String {
    let notices = decision.notices.map { notice in
      "\(notice.event.rawValue) \(rulebook.rule(of: notice).level) \(notice.cycle) \(time(notice.at))"
    }
    let next = decision.nextNotice.map(time) ?? "never"
    return notices.joined(separator: ", ") + (notices.isEmpty ? "" : " ") + "| \(next)"
  }

  private func time(_ instant: Instant) -> String {
    let text = String(instant.text(in: .utc).dropFirst(11).dropLast())
    return text.hasSuffix(":00") ? String(text.dropLast(3)) : text
  }

  @Test("come at no other instants than those that were announced", arguments: 0..<8)
  func announced(part: Int) throws {
    for seed in part * 25..<(part + 1) * 25 {
      var generator = SeededGenerator(seed: seed)
      let model = WindowModel(using: &generator)
      let rulebook = try compile(
        model.yaml + "\n    escalate: [{id: E-1, at: 90%, to: a}, {id: E-2, at: due + 20 minutes, to: a}]")
      let ticket = try rulebook.ticket(model.json)
      let midnight = try instant("2026-03-02T00:00:00Z")
      var known = Set<Notice>()
      var announced: Instant? = midnight
      for minute in 0...240 {
        for offset: Int64 in [0, 1] {
          let now = midnight.advanced(byMilliseconds: Int64(minute) * 60_000 + offset)
          let decision = rulebook.decision(about: ticket, at: now)
          let new = Set(decision.notices).subtracting(known)
          // An event of the history may make something due at once, and is announced, too.
          if !new.isEmpty, announced.map({ $0 > now }) ?? true {
            Issue.record(
              "seed \(seed), minute \(minute): \(new) came unannounced\n\(model.yaml)\n\(model.json)")
            return
          }
          known.formUnion(decision.notices)
          announced = decision.nextNotice
          if let announced { #expect(announced > now) }
        }
      }
    }
  }
}

@Suite("A window whose target changes")
struct TargetChangeTests {
  /// High for an hour, low for four; raised from low to high at 10:00.
  static let raised = #"""
    {"urgency": "high", "opened_at": "2026-03-02T09:00Z", "history": [
     {"at": "2026-03-02T09:00Z", "set": {"urgency": "low"}}, {"at": "2026-03-02T10:00Z", "set": {"urgency": "high"}}]}
    """#

  @Test(
    "counts the new target as its rule says",
    arguments: [
      ("from-start", "10:00 cycle 0"), ("from-change", "11:00 cycle 1"), ("keep", "13:00 cycle 0"),
    ])
  func due(policy: String, expected: String) throws {
    let rulebook = try compile(rules(policy))
    let decision = rulebook.decision(
      about: try rulebook.ticket(Self.raised), at: try instant("2026-03-02T10:30Z"))
    let reading = try #require(decision.windows.first)
    let due = try #require(reading.dueAt).text(in: .utc).dropFirst(11).prefix(5)
    #expect("\(due) cycle \(reading.cycle)" == expected)
  }

  @Test("follows a decision that follows the field")
  func decided() throws {
    let rulebook = try compile(
      """
      fields:
        opened_at: {type: instant}
        closed_at: {type: instant}
        urgency: {type: choice, values: [high, low]}
      priorities:
        levels: [first, second]
        hit: first
        inputs: [urgency]
        rows: [{id: P-1, urgency: high, priority: first}]
        otherwise: {priority: second}
      calendars: {office: {weekly_hours: {mon-sun: ['00:00-24:00']}}}
      windows:
        w: {start: opened_at, stop: closed_at, target: {by: priority, first: 1 hour, second: 1 working day}, calendar: office, on_target_change: from-change}
      """)
    let decision = rulebook.decision(
      about: try rulebook.ticket(Self.raised), at: try instant("2026-03-02T10:30Z"))
    #expect(decision.windows.first?.dueAt == (try instant("2026-03-02T11:00Z")))
    #expect(decision.windows.first?.elapsed == Int64(30 * 60_000))
  }

  @Test("stays as it ended where the target changes after the stop", arguments: ["from-change", "keep"])
  func stopped(policy: String) throws {
    let rulebook = try compile(rules(policy))
    let ticket = Self.raised.replacing(
      #""urgency": "high", "opened"#, with: #""closed_at": "2026-03-02T09:30Z", "urgency": "high", "opened"#)
    let decision = rulebook.decision(about: try rulebook.ticket(ticket), at: try instant("2026-03-02T12:00Z"))
    #expect(decision.windows.first?.state == .met)
    #expect(decision.windows.first?.dueAt == (try instant("2026-03-02T13:00Z")))
  }

  private func rules(_ policy: String) -> String {
    """
    fields:
      opened_at: {type: instant}
      closed_at: {type: instant}
      urgency: {type: choice, values: [high, low]}
    windows:
      w: {start: opened_at, stop: closed_at, target: {by: urgency, high: 1 hour, low: 4 hours}, on_target_change: \(policy)}
    """
  }
}
