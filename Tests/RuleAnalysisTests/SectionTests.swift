import Diagnostics
import RuleAnalysis
import RuleCompiler
import RuleEvaluator
import TestSupport
import Testing
import TicketModel
import WorkingTime

@Suite("The analysis across sections")
struct SectionTests {
  static func codes(_ text: String) throws -> [String] {
    RuleAnalysis.analyse(try compile(text)).filter { $0.severity > .info }.map(\.code.rawValue)
  }

  /// A window by priority with these targets.
  static func targets(_ high: String, _ low: String, hours: String = "09:00-12:00, 13:30-18:00") -> String {
    """
    fields: {urgent: {type: boolean, required: true}, opened_at: {type: instant}, closed_at: {type: instant}}
    calendars: {office: {time_zone: Asia/Shanghai, weekly_hours: {mon-fri: [\(hours)]}}}
    priorities:
      levels: [high, low]
      hit: first
      inputs: [urgent]
      rows: [{id: P-1, urgent: 'true', priority: high}]
      otherwise: {priority: low}
    windows:
      answer:
        start: opened_at
        stop: closed_at
        target: {by: priority, high: \(high), low: \(low)}
        calendar: office
    """
  }

  @Test(
    "says that a more pressing level has more time",
    arguments: [
      ("5 hours", "4 hours"), ("5 working hours", "4 working hours"), ("2 working days", "1 working day"),
      // Three days of 7.5 hours are 22.5 working hours.
      ("24 working hours", "3 working days"), ("1 working day", "7 hours"), ("2 working hours", "3 hours"),
      ("end of next working day", "1 working hour"), ("80 hours", "3 working days"),
    ])
  func slower(high: String, low: String) throws {
    #expect(try Self.codes(Self.targets(high, low)) == ["slower-target"])
  }

  @Test(
    "says nothing of targets in order",
    arguments: [
      ("4 hours", "5 hours"), ("4 working hours", "4 working hours"), ("7 working hours", "1 working day"),
      ("1 working day", "9 working hours"), ("1 hour", "1 working hour"), ("1 working hour", "4 days"),
      ("22 working hours", "3 working days"),
    ])
  func inOrder(high: String, low: String) throws {
    #expect(try Self.codes(Self.targets(high, low)) == [])
  }

  @Test("shows a start from which the more pressing level is due later")
  func start() throws {
    let rulebook = try compile(Self.targets("2 working hours", "3 hours"))
    let finding = try #require(
      RuleAnalysis(rulebook).findings().first { $0.diagnostic.code == "slower-target" })
    let ticket = try rulebook.ticket(try #require(finding.witness?.json))
    let start = Instant(milliseconds: ticket.slots[1].integer)
    let office = rulebook.calendars[0]
    let due = try #require(
      TargetDuration.working(milliseconds: 7_200_000).instant(after: start, calendar: office))
    #expect(due > start.advanced(byMilliseconds: 3 * 3_600_000))
    #expect(rulebook.decision(about: ticket, at: start).windows[0].dueAt == due)
  }

  @Test("compares the rows of a target's table for the same ticket, but for the level")
  func table() throws {
    func rules(_ second: String) -> String {
      Self.targets("1 hour", "1 hour").replacing(
        "{by: priority, high: 1 hour, low: 1 hour}",
        with: "{hit: first, inputs: [priority, closed_at], rows: ["
          + "{id: T-1, priority: high, closed_at: absent, target: 2 hours}, "
          + "{id: T-3, priority: high, target: 1 hour}, "
          + "{id: T-2, priority: low, \(second), target: 1 hour}], otherwise: {target: 3 hours}}")
    }
    #expect(try Self.codes(rules("closed_at: absent")).contains("slower-target"))
    #expect(try !Self.codes(rules("closed_at: present")).contains("slower-target"))
  }

  @Test("looks at the targets of a window for its own tickets only")
  func narrowed() throws {
    let rules = Self.targets("5 hours", "4 hours").replacing(
      "  answer:\n", with: "  answer:\n    when: {priority: low}\n")
    #expect(try Self.codes(rules) == ["unreachable-row"])
  }

  /// What issue lists call for and loading says already: each is said once.
  @Test(
    "leaves to the loader what it says",
    arguments: [
      ("dead-end-state", "waiting: {category: open}", "waiting"),
      (
        "no-way-to-close",
        "waiting: {category: open, next: [waiting-too]}\n    waiting-too: {category: open, next: [waiting]}",
        "waiting, waiting-too"
      ),
    ])
  func loader(code: String, state: String, names: String) throws {
    let text = """
      format: 1
      rulebook: r
      fields: {status: {type: choice, values: [open, closed, \(names)]}}
      workflow:
        field: status
        initial: open
        states:
          open: {category: open, next: [closed, waiting]}
          closed: {category: closed}
          \(state.replacing("\n    ", with: "\n    "))
      """
    let compilation = compilation(of: [SourceText(path: "rules.yaml", text: text)])
    #expect(Set(compilation.diagnostics.map(\.code.rawValue)) == [code])
    let analysed = compilation.rulebook.map { RuleAnalysis.analyse($0) } ?? []
    #expect(analysed.filter { $0.severity > .info }.isEmpty)
  }

  static let waivers = """
    fields: {type: {type: choice, required: true, values: [fault]}, cause: {type: string}}
    required_fields: [{id: F-1, fields: [cause]}]
    waivers:
      - {id: W-1, rule: F-1, until: 2026-03-31, by: owner-a, reason: none}
    """

  @Test(
    "says of a waiver when its last day has passed, and from 30 days before",
    arguments: [
      ("2026-02-28", nil), ("2026-03-01", "W-1 ends after 2026-03-31, and F-1 holds again: 30 days are left"),
      ("2026-03-30", "W-1 ends after 2026-03-31, and F-1 holds again: 1 day is left"),
      ("2026-03-31", "W-1 ends after 2026-03-31, and F-1 holds again: today is its last day"),
      ("2026-04-01", "W-1 was to end after 2026-03-31: F-1 holds again"),
    ])
  func waiverEnds(today: String, message: String?) throws {
    let found = RuleAnalysis.analyse(try compile(Self.waivers), today: CivilDate.parse(today))
    #expect(found.map(\.message) == [message].compactMap(\.self))
    #expect(found.allSatisfy { $0.severity == .warning && $0.place?.start.line == 6 })
    #expect(RuleAnalysis.analyse(try compile(Self.waivers)).isEmpty)
  }

  @Test("finds a waiver that can never apply, and one that names all tickets in vain")
  func idleWaivers() throws {
    func messages(_ condition: String) throws -> [String] {
      RuleAnalysis.analyse(
        try compile(Self.waivers.replacing("F-1, until", with: "F-1, when: {\(condition)}, until"))
      ).map(\.message)
    }
    #expect(try messages("cause: present") == [])
    #expect(
      try messages("type: absent") == ["'when' of W-1 never holds: no ticket has 'type' as 'absent'"])
    let idle = try messages("type: fault")
    #expect(idle == ["'when' of W-1 holds for every ticket"])
  }

  @Test("finds guards and escalations that ask nothing")
  func idleConditions() throws {
    let rules = """
      fields:
        status: {type: choice, required: true, values: [open, done, closed]}
        vip: {type: boolean}
        at: {type: instant}
        by: {type: instant}
      checks:
        - {id: C-1, when: {status: open}, expr: has(vip)}
      workflow:
        field: status
        initial: open
        states:
          open: {category: open, next: [done]}
          done: {category: resolved, next: [closed], guard: C-1}
          closed: {category: closed}
      windows:
        w:
          when: {vip: 'true'}
          start: at
          stop: by
          target: 4 hours
          escalate:
            - {id: E-1, at: due, when: {vip: 'false'}, to: boss}
            - {id: E-2, at: due, when: {vip: 'true'}, to: boss}
      """
    let messages = RuleAnalysis.analyse(try compile(rules)).filter { $0.severity > .info }.map(\.message)
    #expect(
      messages == [
        "guard C-1 of state 'done' never holds: 'status' cannot be 'done' and 'open' at once",
        "'when' of E-1 never holds: 'vip' cannot be 'true' and 'false' at once",
      ])
  }

  @Test("asks whether values that tables decide can be there")
  func decidedValues() throws {
    let rules = """
      fields: {type: {type: string}, cause: {type: string}}
      priorities:
        levels: [high, low]
        hit: first
        inputs: [type]
        rows: [{id: P-1, type: x, priority: high}]
        otherwise: {priority: high}
      required_fields:
        - {id: F-1, when: {priority: low}, fields: [cause]}
        - {id: F-2, when: {priority: high}, fields: [cause]}
      """
    #expect(try Self.codes(rules) == ["unproduced-output", "never-holds", "always-holds"])
  }

  @Test("knows whom roles stand for")
  func roles() throws {
    func rules(_ recipient: String, _ teams: String) -> String {
      """
      fields: {type: {type: choice, values: [a, b]}, at: {type: instant}, by: {type: instant}}
      \(teams.isEmpty ? "" : "routing:\n  hit: first\n  inputs: [type]\n  outputs: [team]\n  rows: [{id: R-1, type: a, team: one}]\n  otherwise: {team: two}\n  teams: {\(teams)}")
      windows:
        w: {start: at, stop: by, target: 4 hours, escalate: [{id: E-1, at: due, to: \(recipient)}]}
      """
    }
    #expect(try Self.codes(rules("team", "")) == ["nobody-told"])
    #expect(try Self.codes(rules("team", "one: {}, two: {}")) == [])
    #expect(try Self.codes(rules("assignee", "one: {}, two: {}")) == ["nobody-told"])
    #expect(try Self.codes(rules("assignee", "one: {members: [m], assign: first}, two: {}")) == [])
    #expect(try Self.codes(rules("team.lead", "one: {}, two: {}")) == ["nobody-told"])
    #expect(try Self.codes(rules("[team.lead, boss]", "one: {}, two: {}")) == ["missing-role"])
    #expect(try Self.codes(rules("team.lead", "one: {lead: l}, two: {}")) == ["missing-role"])
    #expect(try Self.codes(rules("team.members", "one: {members: [m]}, two: {members: [n]}")) == [])
    #expect(try Self.codes(rules("service-desk", "one: {lead: l}, two: {lead: k}")) == [])
  }
}
