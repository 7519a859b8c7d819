/// A mapping of the rule language whose keys are fixed: the one declaration of what may stand in it.
///
/// The loader refuses every other key, `docket schema` writes the JSON Schema out of it, editors complete and explain
/// its keys, and `docs/rule-reference.md` lists them.
public enum Construct: String, Hashable, CaseIterable, Sendable {
  case ruleFile = "rule-file"
  case holidayFile = "holiday-file"
  case field, element, choice
  case calendar, holiday
  case holidaySource = "holiday-source"
  case priorities, table, routing, team, absence
  case targetTable = "target-table"
  case targetByValue = "target-by-value"
  case row
  case window, escalation
  case requiredFields = "required-fields"
  case check, workflow, state, review, notification, waiver

  /// One key and what may stand behind it.
  public struct Key: Hashable, Sendable {
    public var name: String
    public var isRequired: Bool
    public var shape: Shape
    /// Keys that must stand beside this one.
    public var companions: [String]
    /// What it means, in one or a few sentences, for people.
    public var documentation: String
    /// A value in flow notation, which the loader accepts here.
    public var example: String

    init(
      _ name: String, _ shape: Shape, required isRequired: Bool = false, with companions: [String] = [],
      example: String, _ documentation: String
    ) {
      self.name = name
      self.isRequired = isRequired
      self.shape = shape
      self.companions = companions
      self.documentation = documentation
      self.example = example
    }
  }

  /// In the order in which documents list them. Keys that begin with `x-` are free and not among them.
  public var keys: [Key] {
    switch self {
    case .ruleFile: Self.ruleFileKeys
    case .holidayFile: Self.holidayFileKeys
    case .field: Self.fieldKeys
    case .element: Self.elementKeys
    case .choice: Self.choiceKeys
    case .calendar: Self.calendarKeys
    case .holiday: Self.holidayKeys
    case .holidaySource: Self.holidaySourceKeys
    case .priorities: Self.prioritiesKeys
    case .table: Self.tableKeys
    case .routing: Self.routingKeys
    case .team: Self.teamKeys
    case .absence: Self.absenceKeys
    case .targetTable: Self.targetTableKeys
    case .targetByValue: Self.targetByValueKeys
    case .row: Self.rowKeys
    case .window: Self.windowKeys
    case .escalation: Self.escalationKeys
    case .requiredFields: Self.requiredFieldsKeys
    case .check: Self.checkKeys
    case .workflow: Self.workflowKeys
    case .state: Self.stateKeys
    case .review: Self.reviewKeys
    case .notification: Self.notificationKeys
    case .waiver: Self.waiverKeys
    }
  }

  public func key(_ name: String) -> Key? { keys.first { $0.name == name } }

  /// What may stand behind a key that its author chose; nil where every key is one of `keys`.
  public var otherKeys: Shape? {
    switch self {
    case .row: .cell
    case .targetByValue: .text(.duration)
    default: nil
    }
  }

  /// Of these keys at least one must be there; empty where there is no such choice.
  public var alternatives: [String] {
    switch self {
    case .review: ["group_by", "when"]
    case .holidaySource: ["file", "ics"]
    default: []
    }
  }

  /// What it is, as a sentence.
  public var documentation: String {
    switch self {
    case .ruleFile: "A rule file. Every section may stand in any file of the rulebook's folder."
    case .holidayFile: "A file of days off that a calendar names under `holidays: [{file: …}]`."
    case .field: "A field of the ticket."
    case .element: "The type of a list's elements."
    case .choice: "A value of a choice."
    case .calendar: "The working time of a place or a team."
    case .holiday: "Days without hours, with a name."
    case .holidaySource: "A file that lists days off."
    case .priorities: "How a ticket's priority is decided: a decision table with the output `priority`."
    case .table: "A named decision. Its outputs are fields for whatever comes after it."
    case .routing: "Who gets a ticket: a decision table with the output `team`, and the teams."
    case .team: "People that tickets are routed to."
    case .absence: "Days on which a member of a team gets no tickets."
    case .targetTable: "A window's target as a decision table with the output `target`."
    case .targetByValue: "A window's target by the values of one field; each other key is such a value."
    case .row:
      "A row of a decision table; each other key is an input with its cell, or an output with its value."
    case .window: "A response window: the time that a ticket has from one event to another."
    case .escalation: "Who is told when a window nears its end or has passed it."
    case .requiredFields: "Fields that a ticket must have from some states on."
    case .check: "Anything else that must hold."
    case .workflow: "The states that a ticket passes through, and the steps between them."
    case .state: "A state of the workflow."
    case .review:
      "A retrospective: what must have been learned from a ticket, or from one that came once too often."
    case .notification: "Who is told of which events, through what, when and in which words."
    case .waiver: "A rule that some tickets need not keep for a time: who decided so, why, and until when."
    }
  }
}
