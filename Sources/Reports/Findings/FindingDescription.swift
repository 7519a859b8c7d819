import Diagnostics
public import RuleEvaluator
public import TicketModel
import WorkingTime

/// Puts the evaluator's findings into the form that reports get.
public struct FindingDescription: Sendable {
  private let rulebook: Rulebook
  private let text: FindingText
  private let tag: String
  /// The field that says what kind of ticket it is: `type`, else the first choice that the priority depends on.
  private let typeSlot: Int?

  public init(_ rulebook: Rulebook, _ text: FindingText, language tag: String) {
    self.rulebook = rulebook
    self.text = text
    self.tag = tag
    let inputs = rulebook.priority.map { rulebook.tables[$0.table].inputs.map(\.slot) } ?? []
    let candidates = (rulebook.schema.slot(of: "type").map { [$0] } ?? []) + inputs
    typeSlot = candidates.first { slot in
      guard rulebook.schema.fields.indices.contains(slot) else { return false }
      if case .choice = rulebook.schema.fields[slot].type { return true }
      return false
    }
  }

  /// What was found, without the ticket's id, its record and its standing.
  public func describe(
    _ finding: Finding, _ reference: FindingReference, of ticket: borrowing Ticket,
    _ decision: borrowing Decision
  ) -> ReportedFinding {
    var reported = ReportedFinding(
      rule: reference.rule, severity: reference.severity,
      message: text.message(of: finding, of: ticket, decision), field: reference.field,
      rulePlace: reference.place, event: finding.kind.event)
    if finding.kind == .breached { reported.breach = breach(of: finding.rule, ticket, decision) }
    return reported
  }

  private func breach(
    of window: Int, _ ticket: borrowing Ticket, _ decision: borrowing Decision
  ) -> ReportedFinding.Breach {
    let due = decision.windows.first { $0.window == window }?.dueAt
    let day = due.map { rulebook.timeZone.date(at: $0) }
    let monday = day.map { $0.advanced(byDays: Weekday.monday.rawValue - $0.weekday.rawValue) }
    let team = rulebook.route(of: decision)?.team.map { $0.label.text(in: tag) ?? $0.name }
    return ReportedFinding.Breach(team: team, type: type(of: ticket), week: monday?.text)
  }

  private func type(of ticket: borrowing Ticket) -> String? {
    guard let typeSlot, ticket.slots[typeSlot].kind == .choice,
      case .choice(let domain) = rulebook.schema.fields[typeSlot].type
    else { return nil }
    let choice = domain.choices[Int(ticket.slots[typeSlot].integer)]
    return choice.label.text(in: tag) ?? choice.key
  }
}

extension Finding.Kind {
  /// The event that notifications name.
  fileprivate var event: ReportedFinding.Event {
    switch self {
    case .breached: .breach
    case .warned: .warning
    default: .finding
    }
  }
}
