import Diagnostics
import Reports
import RuleEvaluator
import TicketModel

/// The stage that sees to it that silence is never taken for success: it tells of fields that rules ask for and no ticket has, and
/// of windows that apply and could be computed for no ticket.
struct PresenceStage {
  private let evaluation: PageEvaluation
  private var presence: Presence?

  init(_ evaluation: PageEvaluation) { self.evaluation = evaluation }

  mutating func add(_ page: EvaluatedPage) {
    guard let other = page.presence else { return }
    presence == nil ? presence = other : presence?.merge(other)
  }

  /// What there is to say once all pages have passed, of at least one ticket.
  func finish() -> [ReportedFinding] {
    guard let presence else { return [] }
    return presence.missingSlots.map { finding(slot: $0) }
      + presence.windows.enumerated().compactMap { index, window in
        window.applied > 0 && !window.isComputed ? finding(window: index, window.applied) : nil
      }
  }

  private func finding(slot: Int) -> ReportedFinding {
    let field = evaluation.rulebook.schema.fields[slot]
    let label = field.label.text(in: evaluation.settings.language) ?? field.name
    return ReportedFinding(
      rule: "fields.\(field.name)", severity: .warning,
      message: PresenceText.missing(label, evaluation.language), field: field.name, rulePlace: field.place,
      hint: PresenceText.hint(ofField: field.name, evaluation.language))
  }

  private func finding(window index: Int, _ count: Int) -> ReportedFinding {
    let window = evaluation.rulebook.windows[index]
    let label = window.label.text(in: evaluation.settings.language) ?? window.id
    return ReportedFinding(
      rule: window.id, severity: .warning,
      message: PresenceText.notComputed(label, count, evaluation.language), rulePlace: window.place,
      hint: PresenceText.hintOfWindow(evaluation.language))
  }
}
