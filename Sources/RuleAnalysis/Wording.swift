import Diagnostics
import RuleEvaluator
import TicketModel
import WorkingTime

// Every message of the analysis is in this file; what its codes mean is told by their pages.

extension Diagnostic {
  /// The same with the ticket that shows it.
  func showing(_ witness: Witness?) -> Diagnostic {
    guard let witness else { return self }
    var shown = self
    let note =
      switch witness {
      case .ticket(let json): "a ticket that shows it: \(json)"
      case .none(let reason): "no ticket was built to show it: \(reason)"
      }
    shown.hint = hint.map { "\($0); \(note)" } ?? note
    return shown
  }

  // MARK: Rows

  static func opaqueRow(_ row: DecisionTable.Row, _ table: DecisionTable) -> Diagnostic {
    Diagnostic(
      "opaque-row", .info,
      "\(row.id) has an expression, into which the analysis of \(table.name) does not look",
      at: row.place, hint: "what it says of the other rows holds without this one")
  }

  static func impossibleRow(
    _ row: DecisionTable.Row, _ cell: DecisionTable.Cell?, _ input: DecisionTable.Input, fix: Fix?
  ) -> Diagnostic {
    Diagnostic(
      "unreachable-row", .warning,
      "\(row.id) can never hit: no ticket has \(quoted(input.name)) as \(quoted(cell?.text ?? ""))",
      at: cell?.place ?? row.place, hint: "correct the cell, or remove the row", fix: fix)
  }

  static func coveredRow(
    _ row: DecisionTable.Row, by others: [DecisionTable.Row], _ hit: HitPolicy, fix: Fix?
  ) -> Diagnostic {
    let names = listing(others.map(\.id))
    return Diagnostic(
      "unreachable-row", .warning,
      "\(row.id) \(hit.consequence): wherever it holds, one of \(names) \(hit.reason)",
      at: row.place, hint: "remove it, or put it before them",
      related: others.prefix(8).map { .init($0.id, at: $0.place) }, fix: fix)
  }

  static func subsumedRow(
    _ row: DecisionTable.Row, by other: DecisionTable.Row, _ hit: HitPolicy, fix: Fix?
  ) -> Diagnostic {
    Diagnostic(
      "subsumed-row", .warning, "\(row.id) \(hit.consequence): wherever it holds, \(other.id) \(hit.reason)",
      at: row.place, hint: hit == .first ? "remove it, or put it before \(other.id)" : "remove it",
      related: [.init(other.id, at: other.place)], fix: fix)
  }

  static func redundantRow(_ row: DecisionTable.Row, to other: DecisionTable.Row) -> Diagnostic {
    Diagnostic(
      "redundant-row", .info, "without \(row.id) everything would be decided the same, by \(other.id)",
      at: row.place,
      related: [.init(other.id, at: other.place)])
  }

  static func overlappingRows(
    _ row: DecisionTable.Row, _ other: DecisionTable.Row, others: Int, _ hit: HitPolicy, _ severity: Severity
  ) -> Diagnostic {
    let more = others == 0 ? "" : ", and so can \(others) more before it"
    return Diagnostic(
      "overlapping-rows", severity, "\(other.id) and \(row.id) can both hold\(more); \(hit.objection)",
      at: row.place,
      related: [.init(other.id, at: other.place)])
  }

  static func moreOverlaps(_ table: DecisionTable, _ count: Int) -> Diagnostic {
    Diagnostic(
      "overlapping-rows", .warning,
      "\(count) more \(count == 1 ? "row" : "rows") of \(table.name) can hold together with another",
      at: table.place)
  }

  // MARK: Tables

  static func gap(_ table: DecisionTable, _ gap: String, _ severity: Severity) -> Diagnostic {
    let outcome = table.otherwise == nil ? "nothing decides" : "'otherwise' decides"
    return Diagnostic(
      "table-gap", severity, "no row of \(table.name) holds for \(gap): \(outcome)", at: table.place)
  }

  static func unusedOtherwise(_ otherwise: DecisionTable.Row, _ table: DecisionTable) -> Diagnostic {
    Diagnostic(
      "unused-otherwise", .info, "'otherwise' of \(table.name) never decides: some row always holds",
      at: otherwise.place)
  }

  static func unusedInput(
    _ input: DecisionTable.Input, _ table: DecisionTable, isNamed: Bool, fix: Fix?
  ) -> Diagnostic {
    let reason = isNamed ? "every cell accepts all that tickets can have" : "no row has a cell for it"
    return Diagnostic(
      "unused-input", .warning, "no row of \(table.name) needs \(quoted(input.name)): \(reason)",
      at: input.place,
      hint: "remove the input", fix: fix)
  }

  static func unproducedOutput(
    _ value: String, _ output: String, _ table: DecisionTable, at place: Place
  ) -> Diagnostic {
    Diagnostic(
      "unproduced-output", .warning, "no row of \(table.name) gives the \(output) \(quoted(value))",
      at: place,
      hint: "remove the value, or add a row that gives it")
  }

  // MARK: Limits

  static func tooLarge(_ table: DecisionTable) -> Diagnostic {
    Diagnostic("not-proven", .info, "\(table.name) is too large to be analysed", at: table.place)
  }

  static func notProven(_ table: DecisionTable, _ rows: [DecisionTable.Row]) -> Diagnostic {
    Diagnostic(
      "not-proven", .info,
      "whether \(listing(rows.map(\.id))) of \(table.name) can hit was not decided: it takes too long",
      at: rows[0].place)
  }

  static func gapNotProven(_ table: DecisionTable) -> Diagnostic {
    Diagnostic(
      "not-proven", .info,
      "whether some row of \(table.name) always holds was not decided: it takes too long",
      at: table.place)
  }

  static func targetsNotCompared(_ window: ResponseWindow) -> Diagnostic {
    Diagnostic(
      "not-proven", .info, "not all targets of \(window.id) were compared: it takes too long",
      at: window.place)
  }

  private static func listing(_ names: [String]) -> String {
    names.count <= 8
      ? names.joined(separator: ", ")
      : names.prefix(8).joined(separator: ", ") + " and \(names.count - 8) more"
  }
}

// MARK: Across sections

extension Diagnostic {
  static func slowerTarget(
    _ window: ResponseWindow, _ level: (name: String, row: DecisionTable.Row),
    _ other: (name: String, row: DecisionTable.Row), _ excess: DurationOrder.Excess, _ zone: TimeZoneRules
  ) -> Diagnostic {
    var message =
      "in \(window.id) \(quoted(level.name)) has \(level.row.target), longer than the \(other.row.target) of the less pressing \(quoted(other.name))"
    if let start = excess.start, let due = excess.due, let otherDue = excess.otherDue {
      message =
        "in \(window.id) \(quoted(level.name)) with \(level.row.target) can be due after the less pressing \(quoted(other.name)) with \(other.row.target): started \(start.text(in: zone)), it is due \(due.text(in: zone)) against \(otherDue.text(in: zone))"
    }
    return Diagnostic(
      "slower-target", .warning, message, at: level.row.place,
      related: [.init(other.name, at: other.row.place)])
  }

  static func neverHolds(_ subject: String, _ terms: [Condition.Term], at place: Place) -> Diagnostic {
    let name = quoted(terms[0].name)
    let reason =
      terms.count > 1
      ? "\(name) cannot be \(terms.map { quoted($0.text) }.joined(separator: " and ")) at once"
      : "no ticket has \(name) as \(quoted(terms[0].text))"
    return Diagnostic(
      "never-holds", .warning, "\(subject) never holds: \(reason)", at: place,
      related: terms.dropLast().map { .init($0.text, at: $0.place) })
  }

  static func alwaysHolds(_ subject: String, at place: Place) -> Diagnostic {
    Diagnostic(
      "always-holds", .warning, "\(subject) holds for every ticket", at: place,
      hint: "leave the condition out, or ask for less")
  }

  static func missingRole(
    _ id: String, _ role: String, _ reason: String, at place: Place, related: [Place]
  ) -> Diagnostic {
    Diagnostic(
      "missing-role", .warning, "\(id) tells \(quoted(role)), which is not always somebody: \(reason)",
      at: place,
      related: related.map { .init("the team", at: $0) })
  }

  static func nobodyTold(_ id: String, _ reasons: [String], at place: Place) -> Diagnostic {
    let unique = reasons.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return Diagnostic(
      "nobody-told", .warning, "\(id) tells nobody: \(unique.joined(separator: ", "))", at: place,
      hint: "name a person, a field or a role that a team fills")
  }

  static func neverSent(_ id: String, _ events: [String], at place: Place) -> Diagnostic {
    let names = events.map(quoted).joined(separator: " and ")
    return Diagnostic(
      "nobody-told", .warning, "\(id) is never sent: nothing in the rulebook raises \(names)", at: place,
      hint: "give a window 'warn' or 'escalate', say, or name another event in 'on'")
  }

  static func unknownTeam(_ id: String, _ name: String, meant: String, at place: Place) -> Diagnostic {
    Diagnostic(
      "unknown-team", .warning, "\(id) tells \(quoted(name)), which is no team", at: place,
      hint: "did you mean '\(meant)'?")
  }

  static func unfillableField(_ field: Field, for owner: (id: String, place: Place)) -> Diagnostic {
    Diagnostic(
      "unfillable-field", .warning, "\(owner.id) demands \(quoted(field.name)), which can hold no value",
      at: field.place,
      hint: "correct its 'min' and 'max', or its values",
      related: owner.place == field.place ? [] : [.init("demanded here", at: owner.place)])
  }

  static func unmentionedChoices(_ missing: [String], of field: Field) -> Diagnostic {
    let names = missing.map(quoted).joined(separator: ", ")
    return Diagnostic(
      "unmentioned-choice", .info, "no rule mentions \(names) of \(quoted(field.name))", at: field.place,
      hint: "see that what holds for the rest is meant for \(missing.count == 1 ? "it" : "them"), too")
  }

  // MARK: Waivers

  static func waiverExpired(_ waiver: Waiver) -> Diagnostic {
    Diagnostic(
      "waiver-expired", .warning,
      "\(waiver.id) was to end after \(waiver.until.text): \(waiver.rule) holds again", at: waiver.place,
      hint: "remove it, or let \(quoted(waiver.by)) decide on another 'until'")
  }

  static func waiverExpires(_ waiver: Waiver, in days: Int) -> Diagnostic {
    let time = days == 0 ? "today is its last day" : "\(days) \(days == 1 ? "day is" : "days are") left"
    return Diagnostic(
      "waiver-expires", .warning,
      "\(waiver.id) ends after \(waiver.until.text), and \(waiver.rule) holds again: \(time)",
      at: waiver.place,
      hint: "see that the rule can be kept by then, or let \(quoted(waiver.by)) decide on another 'until'")
  }
}

/// Parts of messages.
enum Wording {
  static let noRouting = "nothing is routed to a team"
  static let noAssignee = "neither a row nor a team names an assignee"

  /// - Parameter teams: those that lack it; nil for all.
  static func noLead(_ teams: [String]?) -> String {
    teams.map { "\($0.map(quoted).joined(separator: ", ")) has no lead" } ?? "no team has a lead"
  }

  static func noMembers(_ teams: [String]?) -> String {
    teams.map { "\($0.map(quoted).joined(separator: ", ")) has no members" } ?? "no team has members"
  }

  static func removeRow(_ id: String) -> String { "remove the row \(id)" }

  static func removeInput(_ name: String) -> String { "remove the input \(quoted(name))" }
}

extension HitPolicy {
  /// What becomes of a row that others leave nothing to decide.
  fileprivate var consequence: String {
    switch self {
    case .first, .priority: "can never hit"
    default: "changes nothing"
    }
  }

  /// Why it is so, of the other rows.
  fileprivate var reason: String {
    switch self {
    case .first: "holds, too, and comes first"
    case .priority: "holds, too, and takes precedence"
    case .collect(.max?): "holds, too, and gives at least as much"
    case .collect(.min?): "holds, too, and gives at most as much"
    default: "holds, too, and gives the same"
    }
  }

  /// Why two rows must not both hold.
  fileprivate var objection: String {
    switch self {
    case .unique: "with 'hit: unique' only one may"
    case .any: "with 'hit: any' they must give the same, and do not"
    default: "what they give does not say which comes first, so their order in the table does"
    }
  }
}

extension DecisionTable.Row {
  fileprivate var target: String {
    if case .duration(let target)? = outputs.first { target.text } else { "no target" }
  }
}
