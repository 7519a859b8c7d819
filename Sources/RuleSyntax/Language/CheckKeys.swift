extension Construct {
  private static let severity = Key(
    "severity", .word(["error", "warning", "info"]), example: "warning",
    "How grave a finding is: `error`, `warning` or `info`. Default: error.")

  private static let message = Key(
    "message", .message(isTemplate: true), example: "{en: '{id} is not complete', zh: '{id} 不完整'}",
    "What a finding says, in one or more languages; `{field}` stands for the ticket's value.")

  private static func id(_ kind: NameKind, _ example: String) -> Key {
    Key("id", .newName(kind), required: true, example: example, "Its id, unique in the rulebook.")
  }

  private static let states = Shape.oneOf([.name(.state), .list(.name(.state))])
  private static let fieldNames = Shape.list(.name(.field))

  static let requiredFieldsKeys: [Key] = [
    id(.requirement, "F-91"),
    Key(
      "from", states, example: "open",
      "A state: in that one and in all behind it. A list: in just these. Default: every state."),
    Key("when", .condition, example: "{type: a}", "Of which tickets. Default: all."),
    Key("fields", fieldNames, required: true, example: "[type]", "The fields that must be there."),
    severity, message,
  ]

  static let checkKeys: [Key] = [
    id(.check, "C-91"),
    Key("when", .condition, example: "{type: a}", "Of which tickets. Default: all."),
    Key("expr", .expression, required: true, example: "'true'", "What must hold, as a condition in CEL."),
    severity, message,
  ]

  static let workflowKeys: [Key] = [
    Key(
      "field", .name(.field), required: true, example: "status", "The field that holds the state: a choice."),
    Key("initial", .name(.state), required: true, example: "open", "The state in which every ticket begins."),
    Key(
      "states", .named(.state, .mapping(.state)), required: true, example: "{open: {category: open}}",
      "The states by name: all values of the field."),
  ]

  static let stateKeys: [Key] = [
    Key(
      "category", .word(StateCategory.allCases.map(\.rawValue)), required: true, example: "open",
      "What the state means to those who count tickets: `open`, `paused`, `resolved` or `closed`."),
    Key("next", .list(.name(.state)), example: "[closed]", "The states that may follow."),
    Key(
      "requires", fieldNames, example: "[type]", "Fields that a ticket must have when it enters the state."),
    Key(
      "guard", .oneOf([.name(.check), .list(.name(.check))]), example: "C-90",
      "Checks that must hold when a ticket enters the state."),
  ]

  static let reviewKeys: [Key] = [
    id(.review, "V-91"),
    Key(
      "group_by", fieldNames, with: ["count", "within"], example: "[type]",
      "Tickets are alike that agree in these fields."),
    Key(
      "count", .text(.wholeNumber), with: ["group_by", "within"], example: "5",
      "How many like tickets call for a retrospective."),
    Key(
      "within", .text(.duration), with: ["group_by", "count"], example: "30 days", "In what time they came."),
    Key(
      "at", .name(.field), with: ["group_by", "count", "within"], example: "opened_at",
      "The field that tells when a ticket came."),
    Key("when", .condition, example: "{type: a}", "Which tickets. Needed where there is no `group_by`."),
    Key(
      "require", fieldNames, required: true, example: "[type]", "The fields that hold what was learned."),
    Key("from", states, example: "open", "The state or states in which the fields are asked for."),
    severity, message,
  ]

  static let notificationKeys: [Key] = [
    id(.notification, "N-91"),
    Key(
      "on", .oneOf([.word(NoticeEvent.words), .list(.word(NoticeEvent.words))]), required: true,
      example: "[window.warning, window.breached]",
      "Which events: `window.warning`, `window.breached`, `escalation`, `status.changed`, `finding`, `review`."
    ),
    Key("when", .condition, example: "{type: a}", "Of which tickets. Default: all."),
    Key("to", recipients, example: "[assignee, team.lead]", "Who is told."),
    Key("via", notifiers, example: "[chat]", "Through which notifiers of docket.yaml. Default: all."),
    Key(
      "deliver", .word(DeliveryTiming.allCases.map(\.rawValue)), example: "now",
      "When: `now`, or in `working-time`, at the next opening."),
    Key("calendar", .name(.calendar), example: "office", "The calendar of `deliver: working-time`."),
    Key(
      "group_by", .oneOf([.name(.field), .list(.name(.field))]), example: "[team]",
      "Events that agree in these are told in one message."),
    Key(
      "group_wait", .text(.duration), example: "5 minutes",
      "How long a message waits for others of its group."),
    Key("repeat", .text(.duration), example: "4 hours", "How long until an event that lasts is told again."),
    Key("message", .message(isTemplate: true), example: "'{id} is late'", "In which words."),
  ]

  static let waiverKeys: [Key] = [
    id(.waiver, "W-91"),
    Key(
      "rule", .name(.rule), required: true, example: "F-91",
      "The rule as findings name it: an id, `fields.NAME`, `workflow.STATE`, `tables.NAME`, `priorities` or `routing`."
    ),
    Key("when", .condition, example: "{type: a}", "Of which tickets. Default: all."),
    Key(
      "until", .text(.date), required: true, example: "2026-12-31",
      "The last day on which it holds, in the rulebook's time zone."),
    Key("by", .text(.text), required: true, example: "owner-a", "Who decided so and answers for it."),
    Key("reason", .text(.text), required: true, example: "no logs on that product", "Why."),
  ]
}

extension NoticeEvent { static let words = allCases.map(\.rawValue) }
