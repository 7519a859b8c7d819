import TestSupport
import Testing
import TicketModel
import WorkingTime

@testable import RuleEvaluator

@Suite("A workflow")
struct WorkflowTests {
  static let rules = """
    time_zone: UTC
    fields:
      id: {type: string}
      status:
        type: choice
        label: {en: Status, zh: 状态}
        values:
          archived: {label: {en: Archived, zh: 已归档}}
          new: {label: {en: New, zh: 新建}}
          working: {label: {en: In progress, zh: 处理中}}
          waiting: {label: {en: Waiting, zh: 等待}}
          solved: {label: {en: Solved, zh: 已解决}}
          closed: {label: {en: Closed, zh: 已关闭}}
      reason: {type: string, label: {en: Reason, zh: 原因}}
      phone: {type: string, masked: true, label: {en: Phone, zh: 电话}}
      level: {type: choice, values: [high, low]}
      confirmed_at: {type: instant, label: {en: Confirmed, zh: 确认时间}}
      users: {type: integer}
    checks:
      - {id: C-1, when: {level: high}, expr: "has(confirmed_at) && confirmed_at <= now", severity: warning, message: {en: "{id} ({phone}) is not confirmed", zh: "{id}（{phone}）未经确认"}}
      - {id: C-2, when: {expr: 'has(users)'}, expr: 10 / users.orValue(0) > 1}
    workflow:
      field: status
      initial: new
      states:
        new: {category: open, next: [working]}
        working: {category: open, next: [waiting, solved]}
        waiting: {category: paused, next: [working], requires: [reason, phone]}
        solved: {category: resolved, next: [closed, working], guard: C-2}
        closed: {category: closed, next: [archived], requires: [confirmed_at], guard: [C-1, C-2]}
        archived: {category: closed}
    """

  /// What is said of one ticket about its workflow.
  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var ticket: String
    var rules: [String] = []
    var english: [String] = []
    var chinese: [String] = []
  }

  /// Events a minute apart from 08:00 on, each given by what it sets.
  private static func history(_ sets: String...) -> String {
    let events = sets.enumerated().map { #"{"at": "2026-03-02T08:0\#($0)Z", "set": {\#($1)}}"# }
    return #""history": [\#(events.joined(separator: ", "))]"#
  }

  static let cases = [
    Case(
      testDescription: "nothing of a ticket that keeps to it",
      ticket: history(
        #""status": "new""#, #""status": "working""#,
        #""status": "waiting", "reason": "r", "phone": "1""#, #""status": "working""#,
        #""users": 2, "confirmed_at": "2026-03-02T08:05Z""#, #""status": "solved""#,
        #""status": "closed""#, #""status": "archived""#)),
    Case(
      testDescription: "a step that is not allowed, with the event",
      ticket: history(#""status": "new""#, #""users": 1"#, #""status": "solved""#),
      rules: ["workflow.solved error status 08:02"],
      english: [
        "Status went from New to Solved at 2026-03-02T08:02:00Z, which the workflow does not allow: New leads to In progress"
      ],
      chinese: ["“状态”于 2026-03-02T08:02:00Z 由“新建”变为“已解决”，流程不允许：“新建”之后只能是“处理中”"]),
    Case(
      testDescription: "a step out of a state that nothing follows",
      ticket: history(
        #""status": "new""#, #""status": "working", "confirmed_at": "2026-03-02T08:00Z""#,
        #""status": "solved""#, #""status": "closed""#, #""status": "archived""#, #""status": "working""#),
      rules: ["workflow.working error status 08:05"],
      english: [
        "Status went from Archived to In progress at 2026-03-02T08:05:00Z, which the workflow does not allow: nothing follows Archived"
      ],
      chinese: ["“状态”于 2026-03-02T08:05:00Z 由“已归档”变为“处理中”，流程不允许：“已归档”之后没有其他状态"]),
    Case(
      testDescription: "a beginning in another state",
      ticket: history(#""users": 1"#, #""status": "working""#),
      rules: ["workflow.working error status 08:01"],
      english: ["Status began as In progress at 2026-03-02T08:01:00Z, and must begin as New"],
      chinese: ["“状态”于 2026-03-02T08:01:00Z 从“处理中”开始，应从“新建”开始"]),
    Case(
      testDescription: "a field that comes only after the state that needs it",
      ticket: history(
        #""status": "new""#, #""status": "working""#, #""status": "waiting", "phone": "1""#, #""reason": "r""#
      ),
      rules: ["workflow.waiting error reason 08:02"],
      english: ["Reason was missing when Waiting was entered at 2026-03-02T08:02:00Z"],
      chinese: ["于 2026-03-02T08:02:00Z 进入“等待”时缺少“原因”"]),
    Case(
      testDescription: "each time that a field was missing, also one that is there now",
      ticket: #""reason": "r", "phone": "1", "#
        + history(
          #""status": "new""#, #""status": "working""#, #""status": "waiting""#, #""status": "working""#,
          #""status": "waiting", "reason": "r", "phone": "1""#),
      rules: ["workflow.waiting error reason 08:02", "workflow.waiting error phone 08:02"],
      english: [
        "Reason was missing when Waiting was entered at 2026-03-02T08:02:00Z",
        "Phone was missing when Waiting was entered at 2026-03-02T08:02:00Z",
      ],
      chinese: [
        "于 2026-03-02T08:02:00Z 进入“等待”时缺少“原因”", "于 2026-03-02T08:02:00Z 进入“等待”时缺少“电话”",
      ]),
    Case(
      testDescription: "nothing of setting the same state again",
      ticket: history(#""status": "new""#, #""status": "New""#, #""status": "新建""#, #""status": "working""#)),
    Case(
      testDescription: "nothing of a field that another event of the same instant sets",
      ticket:
        #""history": [{"at": "2026-03-02T08:00Z", "set": {"status": "new"}}, {"at": "2026-03-02T08:01Z", "set": {"status": "working"}}, {"at": "2026-03-02T08:02Z", "set": {"status": "waiting"}}, {"at": "2026-03-02T08:02Z", "set": {"reason": "r", "phone": "1"}}]"#
    ),
    Case(
      testDescription: "the states of one instant in the order of the history",
      ticket:
        #""history": [{"at": "2026-03-02T08:00Z", "set": {"status": "new"}}, {"at": "2026-03-02T08:00Z", "set": {"status": "solved"}}]"#,
      rules: ["workflow.solved error status 08:00"],
      english: [
        "Status went from New to Solved at 2026-03-02T08:00:00Z, which the workflow does not allow: New leads to In progress"
      ],
      chinese: ["“状态”于 2026-03-02T08:00:00Z 由“新建”变为“已解决”，流程不允许：“新建”之后只能是“处理中”"]),
    Case(
      testDescription: "a guard that did not hold, in the check's words, though it holds now",
      ticket: #""id": "T-1", "level": "high", "phone": "555", "#
        + history(
          #""status": "new""#, #""status": "working""#, #""status": "solved""#,
          #""status": "closed", "confirmed_at": "2026-03-02T09:00Z""#),
      rules: ["C-1 warning - 08:03"],
      english: ["when Closed was entered at 2026-03-02T08:03:00Z: T-1 (***) is not confirmed"],
      chinese: ["于 2026-03-02T08:03:00Z 进入“已关闭”时：T-1（***）未经确认"]),
    Case(
      testDescription: "a guard without a message by its condition",
      ticket: history(
        #""status": "new""#, #""status": "working", "users": 20"#, #""status": "solved""#, #""users": 2"#),
      rules: ["C-2 error - 08:02"],
      english: [
        "when Solved was entered at 2026-03-02T08:02:00Z: this does not hold: 10 / users.orValue(0) > 1"
      ],
      chinese: ["于 2026-03-02T08:02:00Z 进入“已解决”时：不满足条件：10 / users.orValue(0) > 1"]),
    Case(
      testDescription: "nothing of a guard whose check does not apply",
      ticket: history(
        #""status": "new", "level": "low", "confirmed_at": "2027-01-01T00:00Z""#, #""status": "working""#,
        #""status": "solved""#, #""status": "closed""#)),
    Case(
      testDescription: "once that a guard had no value",
      ticket: history(
        #""status": "new""#, #""status": "working", "users": 0, "confirmed_at": "2026-03-02T08:00Z""#,
        #""status": "solved""#, #""status": "closed""#, #""users": 2"#),
      rules: ["C-2 error - -"], english: ["an expression has no value: division by zero"],
      chinese: ["表达式无法求值：division by zero"]),
    Case(
      testDescription: "what the present state lacks, of a ticket without history",
      ticket: #""status": "closed", "users": 2, "level": "high""#,
      rules: ["C-1 warning - -", "workflow.closed error confirmed_at -"],
      english: ["— (***) is not confirmed", "Confirmed is missing, which the state Closed needs"],
      chinese: ["—（***）未经确认", "“已关闭”状态须有“确认时间”"]),
    Case(
      testDescription: "what the present state lacks, of a ticket whose history never tells its state",
      ticket: #""status": "waiting", "phone": "1", "# + history(#""users": 1"#),
      rules: ["workflow.waiting error reason -"],
      english: ["Reason is missing, which the state Waiting needs"], chinese: ["“等待”状态须有“原因”"]),
    Case(
      testDescription: "the step to the state that the ticket has now, at the last event",
      ticket: #""status": "solved", "# + history(#""status": "new""#, #""users": 1"#),
      rules: ["workflow.solved error status 08:01"],
      english: [
        "Status went from New to Solved at 2026-03-02T08:01:00Z, which the workflow does not allow: New leads to In progress"
      ],
      chinese: ["“状态”于 2026-03-02T08:01:00Z 由“新建”变为“已解决”，流程不允许：“新建”之后只能是“处理中”"]),
    Case(
      testDescription: "nothing of a step from a state that is none or not known",
      ticket: history(
        #""status": "new""#, #""status": null"#, #""status": "solved""#, #""status": "lost""#,
        #""status": "new""#),
      rules: ["fields.status error status -"], english: ["Status is lost, which is none of its values"],
      chinese: ["“状态”的值 lost 不在可选值之中"]),
    Case(
      testDescription: "nothing of what has not happened yet",
      ticket:
        #""history": [{"at": "2026-03-02T08:00Z", "set": {"status": "new"}}, {"at": "2026-03-02T12:00:00.001Z", "set": {"status": "closed"}}]"#
    ),
    Case(testDescription: "nothing of a ticket without a state", ticket: #""users": 2"#),
  ]

  @Test("says", arguments: cases)
  func findings(_ test: Case) throws {
    let rulebook = try compile(Self.rules)
    let ticket = try rulebook.ticket("{\(test.ticket)}")
    let decision = rulebook.decision(about: ticket, at: try instant("2026-03-02T12:00Z"))
    #expect(decision.findings.map { reference($0, ticket, rulebook) } == test.rules)
    for (language, expected) in [("en", test.english), ("zh", test.chinese)] {
      let text = FindingText(rulebook, language: language)
      #expect(decision.findings.map { text.message(of: $0, of: ticket, decision) } == expected)
    }
  }

  /// Rule, severity, field, and the time of the event.
  private func reference(_ finding: Finding, _ ticket: borrowing Ticket, _ rulebook: Rulebook) -> String {
    let reference = rulebook.reference(of: finding, ticket.problems)
    let event = finding.event.map { ticket.events[$0].at.text(in: .utc).dropFirst(11).prefix(5) } ?? "-"
    #expect(rulebook.severity(of: finding, ticket.problems) == reference.severity)
    #expect(reference.place != nil)
    return "\(reference.rule) \(reference.severity) \(reference.field ?? "-") \(event)"
  }

  @Test("judges every step of any history as asking for the values at each event does", arguments: 0..<8)
  func anyHistory(seed: Int) throws {
    var generator = SeededGenerator(seed: seed)
    let rulebook = try compile(Self.rules)
    let workflow = try #require(rulebook.workflow)
    var evaluator = Evaluator(rulebook)
    var decision = Decision()
    for _ in 0..<100 {
      let json = record(&generator)
      let ticket = try rulebook.ticket(json)
      let minute = Int.random(in: 0..<12, using: &generator)
      let now = try instant("2026-03-02T08:00Z").advanced(byMilliseconds: Int64(minute) * 60_000)
      evaluator.evaluate(ticket, at: now, into: &decision)
      let actual = decision.findings.filter(\.isAboutState).filter { $0.kind != .failedGuard }.map {
        "\($0.kind) \($0.rule) \($0.field) \($0.event ?? -1) \($0.state)"
      }
      let expected = ticket.sets(workflow.field) ? naive(ticket, workflow, until: now) : nil
      if let expected { #expect(actual == expected, "\(json)") }
      let passages = rulebook.passages(of: ticket, until: now)
      #expect(
        passages.count { !$0.isAllowed }
          == actual.count { $0.hasPrefix("forbiddenStep") || $0.hasPrefix("wrongInitialState") }, "\(json)")
    }
  }

  private func record(_ generator: inout SeededGenerator) -> String {
    let states = ["new", "working", "waiting", "solved", "closed", "archived"]
    func members() -> String {
      var members = [String]()
      if !generator.chance(3) { members.append("\"status\": \"\(generator.pick(states))\"") }
      if generator.chance(8) { members = [#""status": null"#] }
      if generator.chance(3) { members.append(#""reason": "r""#) }
      if generator.chance(3) { members.append(#""phone": "1""#) }
      if generator.chance(4) { members.append(#""confirmed_at": "2026-03-02T08:00Z""#) }
      return members.joined(separator: ", ")
    }
    let events = (0..<Int.random(in: 0...8, using: &generator)).map {
      #"{"at": "2026-03-02T08:0\#($0)Z", "set": {\#(members())}}"#
    }
    let top = generator.chance(2) ? members() : #""level": "low""#
    return "{\(top)\(top.isEmpty ? "" : ", ")\"history\": [\(events.joined(separator: ", "))]}"
  }

  /// The findings by way of `Ticket.value(of:at:)`, which knows nothing of folding.
  private func naive(_ ticket: borrowing Ticket, _ workflow: Workflow, until now: Instant) -> [String] {
    var findings = [String]()
    var previous = Slot.absent
    var hasBegun = false
    for (index, event) in ticket.events.enumerated() where event.at <= now {
      let value = ticket.value(of: workflow.field, at: event.at)
      defer { previous = value }
      guard value.kind == .choice, previous.kind != .choice || previous.integer != value.integer else {
        continue
      }
      let state = Int(value.integer)
      if previous.kind == .choice, !workflow.states[Int(previous.integer)].next.contains(state) {
        findings.append("forbiddenStep \(state) \(workflow.field) \(index) \(previous.integer)")
      } else if !hasBegun, state != workflow.initial {
        findings.append("wrongInitialState \(state) \(workflow.field) \(index) \(state)")
      }
      for slot in workflow.states[state].required where ticket.value(of: slot, at: event.at).kind == .absent {
        findings.append("missingInState \(state) \(slot) \(index) \(state)")
      }
      hasBegun = true
    }
    return findings
  }

  @Test(
    "tells the category of a ticket's state",
    arguments: [
      (#""status": "new""#, Workflow.Category.open), (#""status": "Waiting""#, .paused),
      (#""status": "已解决""#, .resolved), (#""status": "archived""#, .closed), (#""users": 1"#, nil),
      (#""status": "lost""#, nil),
      (#""history": [{"at": "2026-03-02T08:00Z", "set": {"status": "solved"}}]"#, .resolved),
    ] as [(String, Workflow.Category?)])
  func category(ticket: String, category: Workflow.Category?) throws {
    let rulebook = try compile(Self.rules)
    #expect(rulebook.category(of: try rulebook.ticket("{\(ticket)}")) == category)
    let without = try compile("fields: {status: {type: string}, users: {type: integer}}")
    #expect(without.category(of: try without.ticket(#"{"status": "new"}"#)) == nil)
  }

  /// How a window that stops at `stop` stands after the states, and whether it does so without the workflow, too.
  @Test(
    "says when a window begins anew",
    arguments: [
      ("solved", ["new", "working", "solved", "closed"], "met"),
      // 'archived' is declared before 'solved', and is no reopening for all that.
      ("solved", ["new", "working", "solved", "closed", "archived"], "met"),
      ("solved", ["new", "working", "solved", "working"], "running"),
      ("solved", ["new", "working", "solved", "waiting"], "running"),
      ("closed", ["new", "working", "solved", "closed", "solved"], "running"),
      ("closed", ["new", "working", "solved", "closed", "archived"], "met"),
      // Between states at work the order of the values tells.
      ("working", ["new", "working", "waiting"], "met"),
      ("waiting", ["new", "working", "waiting", "working"], "running"),
      ("working", ["new", "working", "solved"], "met"),
    ])
  func reopening(stop: String, states: [String], expected: String) throws {
    let window = """

      windows:
        w: {start: {status: new}, stop: {status: \(stop)}, target: 10 hours}
      """
    let history = states.enumerated().map {
      #"{"at": "2026-03-02T08:0\#($0)Z", "set": {"status": "\#($1)"}}"#
    }
    let rulebook = try compile(Self.rules + window)
    let ticket = try rulebook.ticket(#"{"history": [\#(history.joined(separator: ", "))]}"#)
    let decision = rulebook.decision(about: ticket, at: try instant("2026-03-02T09:00Z"))
    #expect(decision.windows.map(\.state.rawValue) == [expected])
  }

  @Test("of other fields leaves a window's reopening as it is without one")
  func reopeningByAnotherField() throws {
    let window = """

      windows:
        w: {start: {status: new}, stop: {level: low}, target: 10 hours}
      """
    let rulebook = try compile(Self.rules + window)
    let ticket = try rulebook.ticket(
      #"{"history": [{"at": "2026-03-02T08:00Z", "set": {"status": "new"}}, {"at": "2026-03-02T08:01Z", "set": {"level": "low"}}, {"at": "2026-03-02T08:02Z", "set": {"level": "high"}}]}"#
    )
    let decision = rulebook.decision(about: ticket, at: try instant("2026-03-02T09:00Z"))
    #expect(decision.windows.map(\.state) == [.running])
  }
}
