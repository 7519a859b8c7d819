public import Diagnostics
public import TicketModel

/// The rule that a finding speaks of, as people and files refer to it.
public struct FindingReference: Hashable, Sendable {
  /// The rule's id; for parts of the rulebook that have none the section and the name: `fields.type`, `routing`.
  public var rule: String
  /// Where the rule stands; nil for flaws of the record itself.
  public var place: Place?
  public var severity: Severity
  /// The dotted name of the field that the finding is about.
  public var field: String?

  public init(rule: String, place: Place?, severity: Severity, field: String?) {
    self.rule = rule
    self.place = place
    self.severity = severity
    self.field = field
  }
}

extension Rulebook {
  /// The rule that `finding` speaks of.
  public func reference(of finding: Finding, _ problems: [Ticket.Problem]) -> FindingReference {
    let field = finding.field < 0 ? nil : schema.fields[finding.field].name
    switch finding.kind {
    case .missingField:
      let rule = requirements[finding.rule]
      return FindingReference(rule: rule.id, place: rule.place, severity: rule.severity, field: field)
    case .failedCheck, .failedGuard:
      let rule = checks[finding.rule]
      return FindingReference(rule: rule.id, place: rule.place, severity: rule.severity, field: nil)
    case .failedExpression:
      let expression = expressions[finding.rule]
      return FindingReference(rule: expression.rule, place: expression.place, severity: .error, field: nil)
    case .badValue, .mismatch, .tooLarge:
      return FindingReference(
        rule: "fields.\(schema.fields[finding.rule].name)", place: schema.fields[finding.rule].place,
        severity: .error, field: field)
    case .badHistory:
      return FindingReference(
        rule: "history", place: nil, severity: severity(of: finding, problems), field: "history")
    case .otherPriority, .conflictingRows, .overflow, .undecided:
      let table = tables[finding.rule]
      return FindingReference(rule: table.name, place: table.place, severity: .error, field: field)
    case .breached, .windowWithoutTarget, .windowOutOfRange, .warned, .reversedWindow, .windowNeedsHistory:
      let window = windows[finding.rule]
      return FindingReference(
        rule: window.id, place: window.place, severity: severity(of: finding, problems), field: nil)
    case .forbiddenStep, .wrongInitialState, .missingInState:
      return FindingReference(
        rule: "workflow.\(stateKey(finding.rule))", place: workflow?.states[finding.rule].place,
        severity: .error, field: field)
    }
  }

  private func stateKey(_ state: Int) -> String {
    guard let workflow, case .choice(let domain) = schema.fields[workflow.field].type else { return "" }
    return domain.choices[state].key
  }

  /// How bad `finding` is, without the words.
  public func severity(of finding: Finding, _ problems: [Ticket.Problem]) -> Severity {
    switch finding.kind {
    case .missingField: requirements[finding.rule].severity
    case .badHistory: problems[Int(finding.detail)].kind == .outOfOrder ? .warning : .error
    case .failedCheck, .failedGuard: checks[finding.rule].severity
    case .badValue, .mismatch, .tooLarge, .failedExpression, .otherPriority, .conflictingRows, .overflow,
      .undecided,
      .breached,
      .windowWithoutTarget, .windowOutOfRange, .forbiddenStep, .wrongInitialState, .missingInState:
      .error
    case .warned, .reversedWindow, .windowNeedsHistory: .warning
    }
  }
}
