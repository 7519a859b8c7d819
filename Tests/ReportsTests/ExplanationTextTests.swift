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
}
