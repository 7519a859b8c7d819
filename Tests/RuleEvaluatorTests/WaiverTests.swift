import TestSupport
import Testing
import TicketModel
import WorkingTime

@testable import RuleEvaluator

@Suite("A waiver")
struct WaiverTests {
  static let rules = """
    time_zone: Asia/Shanghai
    fields:
      id: {type: string, matches: 'T-[0-9]+', max_length: 6}
      type: {type: choice, values: [fault, question]}
      product: {type: string, required: true}
      status: {type: choice, values: [open, done]}
      priority: {type: choice, values: [high, low]}
      log: {type: string}
      cause: {type: string}
      users: {type: integer, min: 0}
      opened_at: {type: instant}
      closed_at: {type: instant}
    priorities:
      field: priority
      levels: [high, low]
      hit: first
      inputs: [type]
      rows: [{id: P-1, type: fault, priority: high}]
      otherwise: {priority: low}
    tables:
      kind:
        hit: unique
        inputs: [type, users]
        outputs: [kind]
        rows: [{id: K-1, type: fault, kind: a}, {id: K-2, users: 10..., kind: b}]
        otherwise: {kind: c}
    windows:
      answer:
        start: opened_at
        stop: closed_at
        target: 1 hour
        warn: [50%]
        escalate: [{id: E-1, at: due, to: boss}]
    required_fields:
      - {id: F-1, when: {type: fault}, fields: [log, cause]}
    checks:
      - {id: C-1, when: {status: done}, expr: 100 / users.orValue(0) > 10, severity: warning}
    workflow:
      field: status
      initial: open
      states:
        open: {category: open, next: [done]}
        done: {category: closed, requires: [cause], guard: C-1}
    reviews:
      - {id: V-1, when: {type: fault}, from: [done], require: [cause]}
      - {id: V-2, group_by: [type], count: 2, within: 1 day, at: opened_at, require: [cause]}

    """

  /// A ticket that breaks every rule that it can.
  static let ticket = #"""
    {"id": "X-1", "type": "fault", "status": "done", "priority": "low", "users": 20, "opened_at": "2026-03-02T09:00Z"}
    """#

  static func waivers(_ items: String...) -> String {
    "waivers:\n"
      + items.map { item in
        let until = item.contains("until:") ? "" : ", until: 2026-03-31"
        return "  - {\(item)\(until), by: owner-a, reason: none}\n"
      }.joined()
  }

  /// The findings with the ids of their waivers.
  private func findings(
    _ waivers: String, _ ticket: String = Self.ticket, at now: String = "2026-03-02T12:00Z"
  ) throws -> [String] {
    let rulebook = try compile(Self.rules + waivers)
    let ticket = try rulebook.ticket(ticket)
    return names(rulebook.decision(about: ticket, at: try instant(now)), rulebook, ticket)
  }

  private func names(
    _ decision: borrowing Decision, _ rulebook: Rulebook, _ ticket: borrowing Ticket
  ) -> [String] {
    var names = [String]()
    for index in decision.findings.indices {
      let finding = decision.findings[index]
      let reference = rulebook.reference(of: finding, ticket.problems)
      let waiver = finding.isWaived ? " < \(rulebook.waivers[finding.waiver].id)" : ""
      #expect(finding.isWaived == (finding.waiver >= 0))
      names.append("\(reference.rule) \(reference.field ?? "-")\(waiver)")
    }
    return names
  }

  private static let everything = [
    "fields.id id", "tables.kind -", "priorities priority", "answer -", "fields.product product", "F-1 log",
    "F-1 cause", "V-1 cause", "C-1 -", "workflow.done cause",
  ]

  @Test("takes back what its rule finds, and nothing else, whatever findings name as a rule")
  func everyKind() throws {
    let all = try findings("")
    #expect(all == Self.everything)
    for rule in Set(all.map { $0.prefix { $0 != " " } }) {
      let expected = all.map { $0.hasPrefix("\(rule) ") ? $0 + " < W-1" : $0 }
      #expect(try findings(Self.waivers("id: W-1, rule: \(rule)")) == expected)
    }
  }

  @Test("of a check takes back that it fails as a guard, and that its expression has no value")
  func check() throws {
    let waivers = Self.waivers("id: W-1, rule: C-1")
    let guarded = #"""
      {"id": "T-1", "type": "question", "product": "p", "cause": "c", "history": [
        {"at": "2026-03-02T09:00Z", "set": {"status": "open"}},
        {"at": "2026-03-02T10:00Z", "set": {"status": "done", "users": 50}},
        {"at": "2026-03-02T11:00Z", "set": {"users": 5}}]}
      """#
    let found = try findings(waivers, guarded)
    #expect(found == ["C-1 - < W-1"])
    let undefined = #"{"id": "T-1", "type": "question", "product": "p", "cause": "c", "status": "done"}"#
    let none = try findings(waivers, undefined)
    #expect(none == ["C-1 - < W-1", "C-1 - < W-1"])
  }

  @Test("of a field takes back a value that does not fit, one that is too large, and one that is missing")
  func field() throws {
    let waivers = Self.waivers("id: W-1, rule: fields.users", "id: W-2, rule: fields.id")
    let found = try findings(
      waivers, #"{"id": "T-123456", "type": "question", "product": "p", "users": -1}"#)
    #expect(found == ["fields.users users < W-1", "fields.id id < W-2"])
  }

  @Test("says nothing of what is wrong with the history")
  func history() throws {
    let waivers = Self.waivers("id: W-1, rule: workflow.open", "id: W-2, rule: fields.status")
    #expect(
      try findings(waivers, #"{"id": "T-1", "type": "question", "product": "p", "history": [{"at": 1}]}"#)
        == ["history history"])
  }

  @Test("is asked of its condition, which may read what was decided, and hold an expression")
  func condition() throws {
    func waived(_ condition: String) throws -> Bool {
      try findings(Self.waivers("id: W-1, rule: F-1, when: {\(condition)}")).contains("F-1 log < W-1")
    }
    #expect(try waived("type: fault"))
    #expect(try !waived("type: question"))
    #expect(try waived("priority: high"))
    #expect(try !waived("priority: low"))
    #expect(try waived("type: fault, expr: users.orValue(0) > 10"))
    #expect(try !waived("expr: users.orValue(0) > 20"))
  }

  @Test("whose expression has no value applies to nothing, and is a finding itself")
  func failingCondition() throws {
    let waivers = Self.waivers("id: W-1, rule: F-1, when: {expr: 1 / (users.orValue(0) - 20) > 0}")
    #expect(try findings(waivers) == Self.everything.dropLast() + ["W-1 -", "workflow.done cause"])
    // What has ended is not asked.
    #expect(try findings(waivers.replacing("03-31", with: "03-01")) == Self.everything)
  }

  @Test("that stands first counts where several apply; one that has ended leaves it to the next")
  func several() throws {
    let waivers = Self.waivers(
      "id: W-1, rule: F-1, when: {type: question}", "id: W-2, rule: F-1, until: 2026-03-01",
      "id: W-3, rule: F-1", "id: W-4, rule: F-1, until: 2027-01-01")
    #expect(try findings(waivers).filter { $0.contains("W-") } == ["F-1 log < W-3", "F-1 cause < W-3"])
    #expect(
      try findings(waivers, at: "2026-05-01T00:00Z").filter { $0.contains("W-") } == [
        "F-1 log < W-4", "F-1 cause < W-4",
      ])
  }

  @Test(
    "is in force up to the last millisecond of its last day in the rulebook's time zone",
    arguments: [
      ("2026-03-31T23:59:59+08:00", true), ("2026-03-31T23:59:59.999+08:00", true),
      ("2026-04-01T00:00:00+08:00", false), ("2026-04-01T00:00:01+08:00", false),
      // The day is that of the rulebook, not of the clock that is read.
      ("2026-03-31T15:59:59Z", true), ("2026-03-31T16:00:00Z", false), ("2026-01-01T00:00:00Z", true),
    ])
  func lastDay(now: String, isWaived: Bool) throws {
    let found = try findings(
      Self.waivers("id: W-1, rule: fields.id"), #"{"id": "x", "product": "p"}"#, at: now)
    #expect(found.first == (isWaived ? "fields.id id < W-1" : "fields.id id"))
  }

  @Test("ends with a day that begins late where clocks skip midnight, and lasts a day of 25 hours")
  func clockChanges() throws {
    func ends(_ zone: String, _ until: String) throws -> String {
      let rules = Self.rules.replacing("Asia/Shanghai", with: zone)
      let rulebook = try compile(rules + Self.waivers("id: W-1, rule: F-1, until: \(until)"))
      return rulebook.waivers[0].endsAt.text(in: rulebook.timeZone)
    }
    // In Santiago clocks went from 00:00 to 01:00 on that Sunday.
    #expect(try ends("America/Santiago", "2024-09-07") == "2024-09-08T01:00:00-03:00")
    #expect(try ends("Europe/Berlin", "2026-10-25") == "2026-10-26T00:00:00+01:00")
    #expect(try ends("UTC", "9999-12-31") > "9999")
  }

  // MARK: What is told

  private func decision(_ waivers: String, at now: String) throws -> (Rulebook, Decision) {
    let rulebook = try compile(Self.rules + waivers)
    let ticket = try rulebook.ticket(
      #"{"id": "T-1", "type": "question", "product": "p", "opened_at": "2026-03-31T15:00Z"}"#)
    return (rulebook, rulebook.decision(about: ticket, at: try instant(now)))
  }

  @Test("of a window keeps warnings, breaches and escalations back until it ends")
  func window() throws {
    let waivers = Self.waivers("id: W-1, rule: answer")
    let ended = try instant("2026-03-31T16:00Z")
    // Due at 16:00, when the waiver ends: before 15:30 nothing is kept back.
    var (rulebook, decision) = try decision(waivers, at: "2026-03-31T15:10Z")
    #expect(decision.notices.isEmpty && decision.waivedNotices.isEmpty)
    #expect(decision.nextNotice == (try instant("2026-03-31T15:30Z")))
    (rulebook, decision) = try self.decision(waivers, at: "2026-03-31T15:40Z")
    #expect(decision.notices.isEmpty && decision.waivedNotices.map(\.event) == [.warning])
    #expect(decision.findings.map(\.waiver) == [0] && decision.findings[0].kind == .warned)
    #expect(decision.nextNotice == ended && rulebook.waivers[0].endsAt == ended)
    #expect(decision.reading(ofWindow: 0)?.state == .warned)
    (rulebook, decision) = try self.decision(waivers, at: "2026-03-31T16:00:00.001Z")
    #expect(decision.notices.map(\.event) == [.breached, .warning, .escalation])
    #expect(decision.waivedNotices.isEmpty && decision.findings.map(\.waiver) == [-1])
    _ = rulebook
  }

  @Test("of a window lets what others tell of pass")
  func statusNotices() throws {
    let rules =
      Self.rules + "notifications: [{id: N-1, on: status.changed}]\n"
      + Self.waivers("id: W-1, rule: answer")
    let rulebook = try compile(rules)
    let ticket = try rulebook.ticket(
      #"{"id": "T-1", "product": "p", "opened_at": "2026-03-02T09:00Z", "history": [{"at": "2026-03-02T09:00Z", "set": {"status": "open"}}]}"#
    )
    let decision = rulebook.decision(about: ticket, at: try instant("2026-03-02T12:00Z"))
    #expect(decision.notices.map(\.event) == [.statusChanged])
    #expect(decision.waivedNotices.map(\.event) == [.breached, .warning, .escalation])
  }

  @Test("lets a ticket be looked at again when it ends, where it has taken something back")
  func next() throws {
    let rulebook = try compile(Self.rules + Self.waivers("id: W-1, rule: F-1"))
    func next(_ json: String) throws -> Instant? {
      rulebook.decision(about: try rulebook.ticket(json), at: try instant("2026-03-02T12:00Z")).nextNotice
    }
    #expect(try next(#"{"id": "T-1", "type": "fault", "product": "p"}"#) == instant("2026-03-31T16:00Z"))
    #expect(try next(#"{"id": "T-1", "type": "question", "product": "p"}"#) == nil)
  }

  // MARK: Outside of the evaluator

  @Test("is found for what is said of several tickets: a unique field, and frequent problems")
  func outside() throws {
    let rulebook = try compile(
      Self.rules
        + Self.waivers(
          "id: W-1, rule: fields.id, when: {product: old}", "id: W-2, rule: V-2, until: 2026-03-05",
          "id: W-3, rule: V-2"))
    func waivers(_ product: String, until: String? = nil) throws -> [Int] {
      let ticket = try rulebook.ticket(
        #"{"id": "T-1", "type": "fault", "product": "\#(product)", "opened_at": "2026-03-02T09:00Z"}"#)
      var evaluator = Evaluator(rulebook)
      var decision = Decision()
      evaluator.evaluate(ticket, at: try instant("2026-03-02T12:00Z"), into: &decision)
      let end = try until.map { try instant($0) }
      let contribution = try #require(evaluator.contributions(of: ticket, decision).first)
      #expect(contribution.waiver == 1)
      #expect(decision.nextNotice == rulebook.waivers[1].endsAt)
      return [Waiver.Subject.field(0), .review(1), .field(1)].map {
        decision.waiver(of: $0, in: rulebook, until: end)
      }
    }
    #expect(try waivers("old") == [0, 1, -1])
    #expect(try waivers("new") == [-1, 1, -1])
    #expect(try waivers("old", until: "2026-03-20T00:00Z") == [0, 2, -1])
    #expect(try waivers("old", until: "2026-03-31T16:00Z") == [-1, -1, -1])
  }

  @Test("stands in force, about to expire or expired on a day of the rulebook's time zone")
  func standing() throws {
    let rulebook = try compile(
      Self.rules
        + Self.waivers(
          "id: W-1, rule: F-1, until: 2026-03-01", "id: W-2, rule: F-1, until: 2026-03-02",
          "id: W-3, rule: F-1, until: 2026-04-01", "id: W-4, rule: F-1, until: 2026-04-02"))
    #expect(
      rulebook.waiverStandings(at: try instant("2026-03-02T00:00+08:00")) == [
        .expired, .expiring(days: 0), .expiring(days: 30), .inForce,
      ])
    #expect(
      rulebook.waiverStandings(at: try instant("2026-03-02T23:59:59+08:00")) == [
        .expired, .expiring(days: 0), .expiring(days: 30), .inForce,
      ])
    #expect(
      rulebook.waiverStandings(at: try instant("2026-03-03T00:00+08:00")) == [
        .expired, .expired, .expiring(days: 29), .expiring(days: 30),
      ])
    let today = try #require(CivilDate(year: 2026, month: 3, day: 3))
    #expect(
      rulebook.waivers.map { $0.standing(on: today) }
        == rulebook.waiverStandings(at: try instant("2026-03-03T12:00Z")))
  }

  @Test("is said in both languages, with its last day and the reason")
  func words() throws {
    let rulebook = try compile(Self.rules + Self.waivers("id: W-1, rule: F-1"))
    let (english, chinese) = (FindingText(rulebook, language: "en"), FindingText(rulebook, language: "zh"))
    #expect(english.waiverNote(0) == "waived by W-1 until 2026-03-31: none")
    #expect(chinese.waiverNote(0) == "由 W-1 豁免至 2026-03-31：none")
    #expect(english.waiverNoteWithPlace(0) == "waived by W-1 (rules.yaml:50) until 2026-03-31: none")
    #expect(chinese.waiverNoteWithPlace(0) == "由 W-1（rules.yaml:50）豁免至 2026-03-31：none")
  }

  @Test("makes a finding no larger")
  func size() { #expect(MemoryLayout<Finding>.size == 32) }
}
