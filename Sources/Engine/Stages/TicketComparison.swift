import Diagnostics
import Reports
import RuleEvaluator
import TicketModel

/// The stage that sees all tickets: no two may share the value of a unique field.
///
/// Keeps a trace of each value of a unique field until the end; a rulebook without unique fields costs nothing.
struct TicketComparison {
  private let evaluation: PageEvaluation
  private var seen = UniqueValues()

  /// A ticket with a value that an earlier one has.
  private struct Repetition {
    var value: EvaluatedPage.UniqueValue
    var first: ReportedFinding.Record
  }

  init(_ evaluation: PageEvaluation) { self.evaluation = evaluation }

  /// Reports the values of `page` that an earlier ticket has, too, each behind what its ticket's decision says.
  mutating func compare(_ page: inout EvaluatedPage) {
    var repetitions = [Repetition]()
    for value in page.uniqueValues {
      let record = ReportedFinding.Record(source: page.source, line: value.line)
      if let first = seen.add(value.text, slot: value.slot, at: record) {
        repetitions.append(Repetition(value: value, first: first))
      }
    }
    page.uniqueValues = []
    if !repetitions.isEmpty { report(repetitions, in: &page) }
  }

  private func report(_ repetitions: [Repetition], in page: inout EvaluatedPage) {
    let (decisions, findings) = (page.decisions, page.findings)
    var (decision, finding) = (0, 0)
    (page.decisions, page.findings) = ([], [])
    var rest = repetitions[...]
    while let ticket = rest.first?.value {
      let repetitions = rest.prefix { $0.value.position == ticket.position }
      rest = rest.dropFirst(repetitions.count)
      page.decisions += decisions[decision..<ticket.decisionsEnd]
      page.findings += findings[finding..<ticket.findingsEnd]
      (decision, finding) = (ticket.decisionsEnd, ticket.findingsEnd)
      let before = page.summary.findings
      for repetition in repetitions { report(repetition, in: &page) }
      if !ticket.hasFindings, page.summary.findings > before { page.summary.ticketsWithFindings += 1 }
    }
    page.decisions += decisions[decision...]
    page.findings += findings[finding...]
  }

  private func report(_ repetition: Repetition, in page: inout EvaluatedPage) {
    let (value, first) = (repetition.value, repetition.first)
    let field = evaluation.rulebook.schema.fields[value.slot]
    let shown = field.isMasked ? "***" : value.text
    let label = field.label.text(in: evaluation.settings.language) ?? field.name
    let message =
      evaluation.language == .chinese
      ? "“\(label)” \(shown) 已被 \(first.text) 的工单使用"
      : "\(label) \(shown) is also that of the ticket at \(first.text)"
    let record = ReportedFinding.Record(source: page.source, line: value.line)
    let finding = ReportedFinding(
      rule: "fields.\(field.name)", severity: .error, message: message, field: field.name,
      ticket: value.ticket, record: record, rulePlace: field.place)
    evaluation.report(finding, record.text, waiver: value.waiver, in: &page)
  }
}
