import Diagnostics

/// Messages about `waivers`.
extension Diagnostic {
  /// Offers no fix: whether another rule is to be waived is for people to decide.
  static func unknownRule(_ rule: Located<String>, _ names: [String]) -> Diagnostic {
    let parts = ["fields.", "tables.", "workflow."].map { $0 + rule.value }
    let meant = parts.first(where: names.contains) ?? nearestName(to: rule.value, among: names)
    return Diagnostic(
      "unknown-rule", .error, "there is no rule \(quoted(rule.value))", at: rule.place,
      hint: meant.map { "did you mean '\($0)'?" }
        ?? "name a required field, a check, a window, a review, 'fields.NAME', 'workflow.STATE' or a table")
  }

  static func notWaivable(_ rule: Located<String>, _ kind: WaivableRules.Kind) -> Diagnostic {
    Diagnostic(
      "not-waivable", .error, "\(quoted(rule.value)) cannot be waived: \(kind.reason)", at: rule.place,
      hint: kind.hint)
  }
}

extension WaivableRules.Kind {
  fileprivate var reason: String {
    switch self {
    case .record: "it is said of what is no ticket, so no rule has looked at it"
    case .history: "without a sound history nobody knows what the rules would say"
    case .row: "it is a row of a table, and rows have no findings"
    case .escalation: "it is an escalation, which has no findings"
    case .notification: "it is a notification, which has no findings"
    case .waiver: "it is a waiver itself"
    }
  }

  fileprivate var hint: String {
    switch self {
    case .record, .history: "correct the records, or take the findings into a baseline"
    case .row: "name the table, or the rule that finds something"
    case .escalation: "waive its window, and nobody is told of that"
    case .notification: "waive the rule that it tells of"
    case .waiver: "name the rule that it waives"
    }
  }
}
