import Diagnostics
import RuleEvaluator
import TicketModel

/// The stage that sees all tickets: no two may share the value of a unique field.
///
/// Keeps each value of a unique field until the end; a rulebook without unique fields costs nothing.
struct TicketComparison {
  private let evaluation: PageEvaluation
  private var seen: [Value: Origin] = [:]

  private struct Value: Hashable {
    var slot: Int
    var text: String
  }

  private struct Origin {
    var source: String
    var line: Int

    var text: String { line == 0 ? source : "\(source):\(line)" }
  }

  init(_ evaluation: PageEvaluation) { self.evaluation = evaluation }

  /// Reports the values of `page` that an earlier ticket has, too.
  mutating func compare(_ page: inout EvaluatedPage) {
    for value in page.uniqueValues {
      let origin = Origin(source: page.source, line: value.line)
      guard let first = seen[Value(slot: value.slot, text: value.text)] else {
        seen[Value(slot: value.slot, text: value.text)] = origin
        continue
      }
      report(value, first, again: origin, in: &page)
    }
    page.uniqueValues = []
  }

  private func report(
    _ value: EvaluatedPage.UniqueValue, _ first: Origin, again: Origin, in page: inout EvaluatedPage
  ) {
    let field = evaluation.rulebook.schema.fields[value.slot]
    let shown = field.isMasked ? "***" : value.text
    let label = field.label.text(in: evaluation.language.rawValue) ?? field.name
    let message =
      evaluation.language == .chinese
      ? "“\(label)” \(shown) 已被 \(first.text) 的工单使用"
      : "\(label) \(shown) is also that of the ticket at \(first.text)"
    let reference = FindingReference(
      rule: "fields.\(field.name)", place: field.place, severity: .error, field: field.name)
    evaluation.report(reference, value.ticket, message, again.text, in: &page)
  }
}
