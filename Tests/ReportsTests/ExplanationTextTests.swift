import Reports
import RuleEvaluator
import TestSupport
import Testing
import TicketModel
import WorkingTime

@Suite("An explanation")
struct ExplanationTextTests {
  @Test("tells the rows tried, the windows with their arithmetic, and the findings")
  func golden() throws {
    let fixture = Fixture("explanation")
    let rulebook = try fixture.rulebook()
    let now = try instant("2026-03-02T15:00:00+08:00")
    let explanation = ExplanationText(rulebook, language: "en")
    let texts = try fixture.tickets().enumerated().map { index, record in
      explanation.text(about: try rulebook.ticket(record), at: now, source: "tickets.jsonl:\(index + 1)")
    }
    let actual = texts.joined(separator: "\n")
    #expect(try actual == fixture.expected(recording: actual))
  }

  @Test("tells what nearly applied, nearest first, and why nothing runs, in Chinese and English")
  func nearMisses() throws {
    let fixture = Fixture("near-misses")
    let rulebook = try fixture.rulebook()
    let now = try instant("2026-03-02T15:00:00+08:00")
    var texts = [String]()
    for language in ["en", "zh-CN"] {
      let explanation = ExplanationText(rulebook, language: language)
      for (index, record) in try fixture.tickets().enumerated() {
        texts.append(
          explanation.text(about: try rulebook.ticket(record), at: now, source: "tickets.jsonl:\(index + 1)"))
      }
    }
    let actual = texts.joined(separator: "\n")
    #expect(try actual == fixture.expected(recording: actual))
    #expect(!actual.contains("客户*"))
  }

  @Test("names the waiver of each finding, and what nobody is told of meanwhile")
  func waived() throws {
    let rules = """
      time_zone: UTC
      fields: {id: {type: string}, opened_at: {type: instant}, closed_at: {type: instant}, log: {type: string}}
      windows: {answer: {start: opened_at, stop: closed_at, target: 1 hour}}
      required_fields: [{id: F-1, fields: [log]}, {id: F-2, fields: [log]}]
      notifications: [{id: N-1, on: finding, to: boss}, {id: N-2, on: window.breached, to: boss}]
      waivers:
        - {id: W-1, rule: F-1, until: 2026-03-31, by: owner-a, reason: no logs}
        - {id: W-2, rule: answer, until: 2026-03-31, by: owner-a, reason: the desk moves}
      """
    let rulebook = try compile(rules)
    let ticket = try rulebook.ticket(#"{"id": "T-1", "opened_at": "2026-03-02T09:00Z"}"#)
    let now = try instant("2026-03-02T12:00Z")
    func lines(_ language: String) -> [Substring] {
      let text = ExplanationText(rulebook, language: language).text(about: ticket, at: now, source: "t:1")
      return text.split(separator: "\n").drop { !$0.hasPrefix("notices:") && !$0.hasPrefix("通知：") }
        .map { $0 }
    }
    #expect(
      lines("en") == [
        "notices: none", "  the next falls due at 2026-04-01T00:00:00Z",
        "  2026-03-02T10:00:00Z window.breached answer (rules.yaml:5): nobody is told, waived by W-2 (rules.yaml:10) until 2026-03-31: the desk moves",
        "  N-2 (rules.yaml:7): applies, but nothing happened of: window.breached",
        "findings:",
        "  error answer (rules.yaml:5): answer was due at 2026-03-02T10:00:00Z and is late by 2 h",
        "    waived by W-2 (rules.yaml:10) until 2026-03-31: the desk moves",
        "  error F-1 (rules.yaml:6): log is missing",
        "    waived by W-1 (rules.yaml:9) until 2026-03-31: no logs",
        "  error F-2 (rules.yaml:6): log is missing",
      ])
    #expect(
      lines("zh").contains(
        "  2026-03-02T10:00:00Z window.breached answer（rules.yaml:5）：不通知，由 W-2（rules.yaml:10）豁免至 2026-03-31：the desk moves"
      ))
  }

  @Test("compares a ticket with what it would be, and says so where nothing would change")
  func assumption() throws {
    let fixture = Fixture("near-misses")
    let rulebook = try fixture.rulebook()
    let now = try instant("2026-03-02T15:00:00+08:00")
    let text = AssumptionText(rulebook, language: "en")
    let record = try fixture.tickets()[0]
    func compare(_ slot: String, _ json: String) throws -> [Substring] {
      let index = try #require(rulebook.schema.slot(of: slot))
      var decoder = TicketDecoder(layout: rulebook.layout)
      var changed = Ticket()
      try decoder.decode(
        Array(record.utf8), assuming: [TicketAssumption(slot: index, json: json)], into: &changed)
      let lines = text.text(
        about: try rulebook.ticket(record), changedTo: changed, in: [index], at: now, source: "t:1")
      return lines.prefix { _ in true }.split(separator: "\n").dropFirst(2).prefix { $0 != "near misses:" }
    }
    #expect(
      try compare("contact", #""客户""#) == [
        "what if Contact=***", "nothing changes: decisions, windows, findings and notices are the same",
      ])
    #expect(
      try compare("impact", #""core""#) == [
        "what if Impact=Core",
        "              before                                         after",
        "priorities    priority low by row otherwise (rules.yaml:24)  priority high by row P-01 (rules.yaml:17)",
        "window reply  –                                              met, due 2026-03-02T10:00:00+08:00",
      ])
  }
}
