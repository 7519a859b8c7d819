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
