import TestSupport
import Testing
import TicketModel
import WorkingTime

@testable import RuleEvaluator

@Suite("The value of a masked field")
struct MaskingTests {
  @Test("appears in no message and no trace, whatever it is")
  func marker() throws {
    let rulebook = try compile(MaskedTickets.rules)
    let texts = [FindingText(rulebook, language: "en"), FindingText(rulebook, language: "zh")]
    var generator = SeededGenerator(seed: 5)
    var evaluator = Evaluator(rulebook)
    var decision = Decision()
    let now = try instant("2026-03-02T12:00Z")
    var count = 0
    for _ in 0..<300 {
      let record = MaskedTickets.record(using: &generator)
      let ticket = try rulebook.ticket(record)
      evaluator.evaluate(ticket, at: now, into: &decision)
      var said = decision.findings.flatMap { finding in
        texts.map { $0.message(of: finding, of: ticket, decision) }
      }
      let trace = evaluator.trace(ticket, at: now)
      let failures =
        (trace.tables + trace.targets + [trace.requirements, trace.checkConditions]).joined().map(\.failure)
        + trace.windows.map(\.failure)
      said += failures.compactMap { if case .cell(_, let value)? = $0 { value } else { nil } }
      var expressions = failures.compactMap { if case .expression(let trace)? = $0 { trace } else { nil } }
      expressions += Array(trace.failedChecks.values) + Array(trace.failedExpressions.values)
      expressions += rulebook.expressions.indices.map { evaluator.tryExpression($0, ticket, at: now).trace }
      said += expressions.flatMap { [$0.value] + $0.parts.map(\.value) }
      count += said.count
      #expect(said.filter { $0.contains(MaskedTickets.marker) } == [], "\(record)")
    }
    #expect(count > 5000)
  }
}
