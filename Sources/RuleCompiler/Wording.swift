import Diagnostics
import RuleSyntax
import TicketModel
import WorkingTime

/// All wording of the compiler, in the order of the sections that it speaks about.
extension Diagnostic {
  // MARK: The rulebook

  static func noRules(_ files: [SourceText]) -> Diagnostic {
    Diagnostic(
      "no-rules", .error, "there are no rules to check tickets with",
      at: files.first.map { Place(file: $0.path, line: 1) },
      hint: "add 'fields' and a section such as 'required_fields'")
  }

  static func unknownTimeZone(_ name: Located<String>) -> Diagnostic {
    Diagnostic(
      "unknown-time-zone", .error, "\(quoted(name.value)) is not a time zone of the system's tz database",
      at: name.place,
      hint: "write an IANA name such as Asia/Shanghai, and see that tzdata is installed")
  }

  static func missingFile(_ path: Located<String>, isInside: Bool) -> Diagnostic {
    Diagnostic(
      "missing-file", .error, "there is no readable file \(quoted(path.value)) beside this one",
      at: path.place,
      hint: isInside ? nil : "name a file within the rulebook's folder, without '..'")
  }

  // MARK: Names

  static func unknownName(_ name: Located<String>, _ names: [String]) -> Diagnostic {
    Diagnostic(
      "unknown-name", .error, "\(quoted(name.value)) is neither a field nor the output of a table",
      at: name.place
    )
    .suggesting(name, among: names, else: "declare it under 'fields'")
  }

  static func unknownField(_ name: Located<String>, _ names: [String]) -> Diagnostic {
    Diagnostic(
      "unknown-field", .error, "\(quoted(name.value)) is not a field", at: name.place
    )
    .suggesting(name, among: names, else: "declare it under 'fields'")
  }

  static func sectionInList(_ field: Field) -> Diagnostic {
    Diagnostic(
      "section-in-list", .error, "no section can begin at \(quoted(field.name)), inside a list",
      at: field.place,
      hint: "write 'section' at the list itself, or at another field")
  }

  static func unknownCalendar(_ name: Located<String>, _ names: [String]) -> Diagnostic {
    Diagnostic(
      "unknown-calendar", .error, "there is no calendar \(quoted(name.value))", at: name.place
    )
    .suggesting(name, among: names, else: listing(names, "calendars"))
  }

  static func unknownChoice(_ value: Located<String>, _ domain: ChoiceDomain) -> Diagnostic {
    Diagnostic(
      "unknown-choice", .error, "\(quoted(value.value)) is not one of the values", at: value.place
    )
    .suggesting(value, among: domain.choices.flatMap(\.spellings), else: listing(domain.keys, "values"))
  }

  static func listing(_ names: [String], _ noun: String) -> String {
    if names.isEmpty { return "no \(noun) are declared" }
    let shown = names.prefix(8).joined(separator: ", ")
    return "the \(noun) are \(shown)" + (names.count > 8 ? " and \(names.count - 8) more" : "")
  }

  // MARK: Fields

  static func duplicateField(_ field: Field, first: Place) -> Diagnostic {
    Diagnostic(
      "duplicate-field", .error, "the field \(quoted(field.name)) exists already", at: field.place,
      related: [.init("the first one", at: first)])
  }

  static func ambiguousSpelling(
    _ spelling: String, of key: String, and owner: String, at place: Place
  ) -> Diagnostic {
    Diagnostic(
      "ambiguous-spelling", .error, "\(quoted(spelling)) stands for both \(quoted(owner)) and \(quoted(key))",
      at: place,
      hint: "keys, labels and aliases of a field must all differ")
  }

  static func boundOfWrongType(_ text: Located<String>, type: FieldType) -> Diagnostic {
    Diagnostic(
      "bound-of-wrong-type", .error, "a field of type \(type.name) has no 'min' and 'max'", at: text.place,
      hint: "only integer and number have; use a check for others")
  }

  static func badCount(_ text: Located<String>) -> Diagnostic {
    Diagnostic(
      "bad-value", .error, "\(quoted(text.value)) is not a number of characters or items", at: text.place,
      hint: "write a whole number from 1")
  }

  static func badLiteral(_ text: Located<String>, type: FieldType, hint: String?) -> Diagnostic {
    Diagnostic(
      "bad-value", .error, "\(quoted(text.value)) is not \(type.phrase)", at: text.place,
      hint: hint ?? type.example)
  }

  static func badDuration(_ text: Located<String>, _ error: TimeSyntaxError) -> Diagnostic {
    Diagnostic("bad-duration", .error, error.message, at: text.place, hint: error.hint)
  }

  static func workingDurationAsValue(_ text: Located<String>) -> Diagnostic {
    Diagnostic(
      "bad-value", .error, "\(quoted(text.value)) is working time, but this is elapsed time", at: text.place,
      hint: "write a duration without 'working', such as 4 hours")
  }

  static func badPattern(_ pattern: Located<String>, reason: String) -> Diagnostic {
    Diagnostic(
      "bad-pattern", .error, "this is not a regular expression: \(reason)", at: pattern.place,
      hint: "patterns are RE2's, which has neither look-around nor back references")
  }

  static func inputWithoutCells(_ name: Located<String>, type: String) -> Diagnostic {
    Diagnostic(
      "input-without-cells", .error, "\(quoted(name.value)) is a \(type), of which no cell can speak",
      at: name.place,
      hint: "compute a number, a text, a truth value, an instant or a duration")
  }

  // MARK: Calendars

  static func badCalendar(_ error: CalendarError, _ place: Place) -> Diagnostic {
    Diagnostic("bad-calendar", .error, error.message, at: place, hint: error.hint)
  }

  static func badICalendar(_ error: HolidayFileError, _ path: String) -> Diagnostic {
    Diagnostic(
      "bad-icalendar", .error, error.message, at: Place(file: path, line: error.line), hint: error.hint)
  }

  static func holidaysEnd(_ name: Located<String>, last: String, nextYear: Int) -> Diagnostic {
    Diagnostic(
      "holidays-end", .warning,
      "the last holiday of \(quoted(name.value)) is \(last): working time of \(nextYear) will be too long",
      at: name.place, hint: "add the holidays of \(nextYear)")
  }

  // MARK: Cells

  static func cellOnList(_ literal: Located<String>) -> Diagnostic {
    Diagnostic(
      "cell-on-list", .error, "a list can only be 'present' or 'absent' in a cell", at: literal.place,
      hint: "use a check to look into it")
  }

  static func rangeOfUnordered(_ place: Place, _ type: FieldType) -> Diagnostic {
    Diagnostic(
      "range-of-unordered", .error, "values of type \(type.name) have no order, so there is no range of them",
      at: place,
      hint: type.isChoice
        ? "list the values with '|', or declare the field 'ordered: true'" : "list the values with '|'")
  }

  static func emptyRange(_ place: Place, _ type: FieldType, isClosed: Bool) -> Diagnostic {
    let hint =
      type.isChoice ? "write the bound first that is declared first" : "write the smaller bound first"
    return Diagnostic(
      "empty-range", .error, "no value lies in this range", at: place,
      hint: isClosed ? "\(hint), and '...' between them where the second is meant, too" : nil)
  }

  static func decisionOverHistory(_ name: Located<String>, _ names: [String]) -> Diagnostic {
    Diagnostic(
      "decision-over-history", .error,
      "\(quoted(name.value)) is decided, and the history does not tell what it was",
      at: name.place, hint: "use a field of the ticket here, or put the condition under 'when'")
  }

  // MARK: Tables

  static func outputIsTaken(_ name: Located<String>, isField: Bool) -> Diagnostic {
    Diagnostic(
      "output-is-taken", .error,
      "\(quoted(name.value)) is already \(isField ? "a field of the ticket" : "the output of another table")",
      at: name.place, hint: "give the output a name of its own")
  }

  static func missingOutput(_ name: String, of row: Located<String>) -> Diagnostic {
    Diagnostic(
      "missing-output", .error, "\(quoted(row.value)) does not say the \(name)", at: row.place,
      hint: "add '\(name): …'")
  }

  static func listAsOutput(_ name: String, at place: Place) -> Diagnostic {
    Diagnostic("list-as-output", .error, "the \(name) must be one value, not a list", at: place)
  }

  static func aggregateOfWrongOutputs(_ hit: Located<RuleSyntax.HitPolicy>, _ aggregator: String)
    -> Diagnostic
  {
    Diagnostic(
      "aggregate-of-wrong-outputs", .error,
      "'collect \(aggregator)' needs exactly one output, and that a number", at: hit.place,
      hint: "declare the output as integer or number, or write 'collect'")
  }

  static func listOfDecisions(_ hit: Located<RuleSyntax.HitPolicy>, _ table: String) -> Diagnostic {
    Diagnostic(
      "list-of-decisions", .error, "\(table) must decide one thing, but this hit policy gives a list",
      at: hit.place, hint: "write 'first', 'unique', 'any' or 'priority'")
  }

  static func orderOfUnordered(_ hit: Located<RuleSyntax.HitPolicy>) -> Diagnostic {
    Diagnostic(
      "order-of-unordered", .error,
      "this hit policy sorts rows by their outputs, and none of them is a choice", at: hit.place,
      hint: "declare an output as 'type: choice' with its values in order, or write 'first' or 'rule-order'")
  }

  static func cycle(_ names: [String], at place: Place) -> Diagnostic {
    Diagnostic(
      "cycle", .error, "these tables read one another's outputs: \(names.joined(separator: " reads "))",
      at: place,
      hint: "let one of them read fields only")
  }

  static func incomplete(_ name: String, gap: String, at place: Place) -> Diagnostic {
    Diagnostic(
      "incomplete-table", .error, "\(name) has no 'otherwise', and no row holds for \(gap)", at: place,
      hint: "add 'otherwise: {…}', or a row for it")
  }

  static func unprovable(_ name: String, at place: Place) -> Diagnostic {
    Diagnostic(
      "incomplete-table", .error,
      "\(name) has no 'otherwise', and it takes too long to prove that some row always holds", at: place,
      hint: "add 'otherwise: {…}'")
  }

  static func teamWithoutMembers(_ team: Located<String>, _ assign: Located<AssignPolicy>) -> Diagnostic {
    Diagnostic(
      "team-without-members", .error,
      "the team \(quoted(team.value)) assigns \(quoted(assign.value.rawValue)), but has no members",
      at: assign.place, hint: "list its 'members', or write 'assign: none'")
  }

  static func absentStranger(
    _ member: Located<String>, _ team: Located<String>, _ members: [String]
  ) -> Diagnostic {
    Diagnostic(
      "unknown-member", .error,
      "\(quoted(member.value)) is away, but no member of the team \(quoted(team.value))", at: member.place,
      hint: suggestion(for: member.value, among: members)
        ?? "a member is one of: \(members.joined(separator: ", "))")
  }

  static func absenceWithoutRotation(_ member: Located<String>, _ team: Located<String>) -> Diagnostic {
    Diagnostic(
      "absence-without-rotation", .error,
      "the team \(quoted(team.value)) says who is away, but does not take turns", at: member.place,
      hint: "write 'assign: round-robin' or 'assign: least-loaded'; with others nobody asks who is away")
  }

  static func routingWithoutTeam(at place: Place) -> Diagnostic {
    Diagnostic(
      "routing-without-team", .error, "routing must have an output 'team'", at: place,
      hint: "write 'outputs: [team, assignee]'")
  }

  static func priorityFieldIsNoChoice(_ name: Located<String>, _ names: [String]) -> Diagnostic {
    Diagnostic(
      "priority-field", .error,
      "\(quoted(name.value)) is not a field of type choice, so it cannot be compared with the levels",
      at: name.place, hint: suggestion(for: name.value, among: names))
  }

  static func choiceIsNoLevel(_ choice: String, _ field: Located<String>, _ levels: [String]) -> Diagnostic {
    Diagnostic(
      "choice-is-no-level", .warning,
      "the value \(quoted(choice)) of \(quoted(field.value)) is not one of the levels",
      at: field.place, hint: suggestion(for: choice, among: levels) ?? listing(levels, "levels"))
  }

  // MARK: Windows

  static func boundaryIsNoInstant(_ name: Located<String>, _ type: FieldType) -> Diagnostic {
    Diagnostic(
      "boundary-is-no-instant", .error,
      "\(quoted(name.value)) is a field of type \(type.name); a window starts and stops at instants",
      at: name.place,
      hint: "name a field of type instant, or write {status: value} for when a field gets a value")
  }

  static func workingTimeWithoutCalendar(
    _ text: Located<String>, _ window: String, _ calendars: [String]
  ) -> Diagnostic {
    Diagnostic(
      "working-time-without-calendar", .error,
      "\(quoted(text.value)) is working time, but \(quoted(window)) has no calendar",
      at: text.place,
      hint: calendars.isEmpty ? "declare one under 'calendars'" : "add 'calendar: \(calendars[0])'")
  }

  static func targetWithoutOtherwise(_ input: Located<String>) -> Diagnostic {
    Diagnostic(
      "incomplete-target", .error,
      "the values of \(quoted(input.value)) cannot be listed, so the target needs 'otherwise'",
      at: input.place, hint: "add 'otherwise: 3 working days'")
  }

  static func targetMissesValues(_ input: Located<String>, _ missing: [String]) -> Diagnostic {
    Diagnostic(
      "incomplete-target", .error,
      "the target does not say how long for \(missing.map(quoted).joined(separator: ", "))",
      at: input.place, hint: "add '\(missing[0]): …', or 'otherwise: …'")
  }

  // MARK: Requirements and messages

  static func fromWithoutStatus(at place: Place) -> Diagnostic {
    Diagnostic(
      "from-without-status", .error,
      "'from' needs a field 'status' of type choice, whose values stand in order", at: place,
      hint: "use 'when' with the field that holds the state")
  }

  static func openPlaceholder(_ text: Located<String>) -> Diagnostic {
    Diagnostic(
      "open-placeholder", .error, "a placeholder of the message is not closed", at: text.place,
      hint: "write '}' behind the field's name, or '{{' for a brace")
  }

  static func unknownPlaceholder(_ name: String, _ names: [String], at place: Place) -> Diagnostic {
    Diagnostic(
      "unknown-placeholder", .error, "\(quoted("{" + name + "}")) is not a field", at: place,
      hint: suggestion(for: name, among: names) ?? "write '{{' for a brace")
  }
}

/// Messages about who is told of what.
extension Diagnostic {
  static func placeholderWithoutWindow(_ name: String, at place: Place) -> Diagnostic {
    Diagnostic(
      "placeholder-without-window", .error,
      "\(quoted("{" + name + "}")) has no value here: not every event of 'on' is about a window", at: place,
      hint: "leave it out, or give the events without a window a notification of their own")
  }

  static func statusWithOthers(_ event: Located<NoticeEvent>) -> Diagnostic {
    Diagnostic(
      "status-with-others", .error, "'status.changed' stands beside other events", at: event.place,
      hint: "its 'when' is asked at the change and theirs now: give it a notification of its own")
  }

  static func nothingToRepeat(_ period: Located<String>) -> Diagnostic {
    Diagnostic(
      "nothing-to-repeat", .error, "'repeat' has nothing to repeat: none of the events of 'on' goes on",
      at: period.place, hint: "window.breached and escalation are repeated until the window ends")
  }

  static func notAPeriod(_ text: Located<String>) -> Diagnostic {
    Diagnostic(
      "not-a-period", .error, "\(quoted(text.value)) is no time to wait", at: text.place,
      hint: "write elapsed time of at least a second, such as '5 minutes'")
  }

  static func waitWithoutGroup(_ wait: Located<String>) -> Diagnostic {
    Diagnostic(
      "wait-without-group", .error, "'group_wait' waits for nothing: there is no 'group_by'", at: wait.place,
      hint: "write 'group_by: [team]', say")
  }

  static func groupWithoutWindow(_ name: Located<String>) -> Diagnostic {
    Diagnostic(
      "group-without-window", .error, "'group_by' names the window, and no event of 'on' is about one",
      at: name.place, hint: "group by the rule, the team or a field")
  }

  static func maskedGroup(_ name: Located<String>) -> Diagnostic {
    Diagnostic(
      "masked-group", .error, "\(quoted(name.value)) is masked, so nothing can be grouped by it",
      at: name.place,
      hint: "group by a field that is not masked")
  }

  static func calendarWithoutWorkingTime(_ calendar: Located<String>) -> Diagnostic {
    Diagnostic(
      "unused-calendar", .error, "'calendar' has no use here", at: calendar.place,
      hint: "it belongs to 'deliver: working-time'")
  }

  static func whichCalendar(_ place: Place, _ id: String, _ known: [String]) -> Diagnostic {
    Diagnostic(
      "missing-calendar", .error, "\(quoted(id)) does not say whose working time it is delivered in",
      at: place,
      hint: known.isEmpty
        ? "declare a calendar in 'calendars'"
        : "write 'calendar: ' and one of \(known.joined(separator: ", "))")
  }

  static func maskedRecipient(_ name: Located<String>) -> Diagnostic {
    Diagnostic(
      "masked-recipient", .error, "\(quoted(name.value)) is masked, so nobody can be told by it",
      at: name.place,
      hint: "name a field that is not masked, a team role or a person")
  }

  static func unknownRecipient(_ name: Located<String>, _ known: [String]) -> Diagnostic {
    Diagnostic(
      "unknown-recipient", .error, "\(quoted(name.value)) is no role of a team", at: name.place
    )
    .suggesting(name, among: known, else: "the roles are \(known.joined(separator: ", "))")
  }

  static func recipientTakenAsName(_ name: Located<String>, hint: String) -> Diagnostic {
    Diagnostic(
      "recipient-as-name", .warning, "\(quoted(name.value)) is taken as the name of a person or a channel",
      at: name.place, hint: hint)
  }
}

extension FieldType {
  fileprivate var phrase: String {
    switch self {
    case .integer: "an integer"
    case .instant: "an instant"
    case .boolean: "true or false"
    case .text: "a text"
    default: "a \(name)"
    }
  }

  fileprivate var example: String? {
    switch self {
    case .integer: "write digits, such as 18"
    case .number: "write a number, such as 1.5"
    case .boolean: "write true or false"
    case .instant: "write it as 2026-03-02T09:00:00+08:00"
    case .date: "write it as 2026-03-02"
    case .duration: "write it as 4 hours"
    case .text, .choice, .list, .object: nil
    }
  }
}
