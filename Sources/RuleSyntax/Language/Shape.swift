/// What may stand at a place of a rule file.
public indirect enum Shape: Hashable, Sendable {
  /// A text that follows a notation.
  case text(Notation)
  /// The name of something that is declared elsewhere.
  case name(NameKind)
  /// A name that is given here.
  case newName(NameKind)
  case boolean
  /// One of some words.
  case word([String])
  /// A text, or a mapping from language tags to texts; where `isTemplate`, with placeholders such as `{id}`.
  case message(isTemplate: Bool)
  /// A condition in CEL.
  case expression
  /// What is asked of an input: a text in the language of cells, or a list of such texts.
  case cell
  /// A mapping from inputs to cells, and `expr`.
  case condition
  /// An input of a table: a name, or one `{name: expression}`.
  case input
  /// What `otherwise` gives: a mapping from outputs to values.
  case outputValues
  case mapping(Construct)
  /// A mapping whose keys their author chose: new names of a kind, or texts that follow a notation.
  case named(NameKind, Shape)
  case keyed(Notation, Shape)
  case list(Shape)
  case oneOf([Shape])
  /// Nothing behind the colon.
  case missing
}

/// How a text is written where it is no name.
public enum Notation: String, Hashable, CaseIterable, Sendable {
  case text, format, bound, pattern, path
  case wholeNumber = "whole-number"
  case duration, date, hours, weekdays
  case dateRange = "date-range"
  case warningLevel = "warning-level"
  case escalationLevel = "escalation-level"
  case timeZone = "time-zone"
  case language

  /// How it is written, as part of a sentence.
  public var documentation: String {
    switch self {
    case .text: "a text"
    case .format: "`1`"
    case .bound: "a value of the field's type"
    case .pattern: "a regular expression (RE2) that the whole value matches"
    case .path: "a path relative to this file"
    case .wholeNumber: "a whole number"
    case .duration: "a length of time such as `4 hours`, `2 working hours` or `3 working days`"
    case .date: "a date such as `2026-03-01`"
    case .hours: "hours such as `09:00-12:00`; the end is not included, and `24:00` is allowed there"
    case .weekdays: "`mon`, `mon-fri`, or several of these with commas"
    case .dateRange: "a date or a range such as `2026-10-01..2026-10-07`, both ends included"
    case .warningLevel: "a percentage of the target such as `80%`, or `due - 1 working hour`"
    case .escalationLevel:
      "`due`, `due + 4 working hours`, `due - 1 working hour`, or a percentage such as `80%`"
    case .timeZone: "an IANA time zone such as `Asia/Shanghai`"
    case .language: "a language tag such as `en`, `zh` or `zh-Hant`"
    }
  }
}

/// The kinds of names that a rulebook gives and uses.
public enum NameKind: String, Hashable, CaseIterable, Sendable {
  case field, choice, calendar, level, table, output, team, window, check, state
  case row, requirement, review, notification, escalation, waiver
  /// Whatever findings name as their rule: an id, `fields.NAME`, `workflow.STATE` or a table.
  case rule
  /// Whoever is told: a role of a notifier, a field that holds a name, `assignee`, `team`, `team.lead`.
  case recipient
  /// A notifier of `docket.yaml`, which is no rule file.
  case notifier
  /// A member of a team.
  case person
  case rulebook

  /// Whether the names of the kind are ids, which are unique over all kinds.
  public var isID: Bool {
    switch self {
    case .row, .window, .check, .requirement, .review, .notification, .escalation, .waiver: true
    default: false
    }
  }

  /// As sentences name it: "the window".
  public var title: String {
    switch self {
    case .choice: "value"
    case .requirement: "required fields"
    default: rawValue
    }
  }
}
