extension Construct {
  private static let rows = Shape.oneOf([.text(.path), .list(.mapping(.row))])

  private static let hit = Key(
    "hit", .word(HitPolicy.spellings), required: true, example: "first",
    "Which rows count where several hold: `unique`, `any`, `first`, `priority`, `rule-order`, `output-order` or `collect`, "
      + "also `collect sum`, `collect min`, `collect max` and `collect count`.")

  private static let inputs = Key(
    "inputs", .list(.input), required: true, example: "[type]",
    "What rows ask about: fields, outputs of other tables, or `{name: expression}`.")

  private static func otherwise(example: String) -> Key {
    Key(
      "otherwise", .outputValues, example: example,
      "What holds where no row does. It may be left out where the rows are proved to cover everything.")
  }

  private static func rows(example: String) -> Key {
    Key("rows", rows, required: true, example: example, "The rows, or the path of a CSV file with a header.")
  }

  private static let outputs = Key(
    "outputs",
    .oneOf([
      .list(.newName(.output)),
      .named(.output, .oneOf([.word(TypeWords.simple), .list(.newName(.choice))])),
    ]), required: true, example: "{answer: string}",
    "What rows give: names with their types, or a list of names whose types are known; a choice lists its values."
  )

  static let prioritiesKeys: [Key] = [
    Key(
      "field", .name(.field), example: "type",
      "The field with the ticket's own priority, which is compared with the decision."),
    Key(
      "levels", .list(.newName(.level)), required: true, example: "[high, low]",
      "The levels, the most pressing first."),
    hit, inputs, rows(example: "[{id: P-91, type: a, priority: high}]"),
    otherwise(example: "{priority: low}"),
  ]

  static let tableKeys: [Key] = [
    hit, inputs, outputs, rows(example: "[{id: T-91, type: a, answer: b}]"),
    otherwise(example: "{answer: c}"),
  ]

  static let targetTableKeys: [Key] = [
    hit, inputs, rows(example: "[{id: T-92, type: a, target: 4 hours}]"),
    otherwise(example: "{target: 3 days}"),
  ]

  static let routingKeys: [Key] = [
    hit, inputs, outputs, rows(example: "[{id: R-91, type: a, answer: b}]"),
    otherwise(example: "{answer: c}"),
    Key("teams", .named(.team, .mapping(.team)), example: "{desk: {lead: anna}}", "The teams by name."),
  ]

  static let teamKeys: [Key] = [
    Key("label", .message(isTemplate: false), example: "{en: Service desk}", "What people call the team."),
    Key("lead", .name(.person), example: "desk-lead", "Who leads it: `team.lead` of notices."),
    Key("members", .list(.name(.person)), example: "[desk-a, desk-b]", "Who works in it."),
    Key(
      "assign", .word(AssignPolicy.allCases.map(\.rawValue)), example: "first",
      "Which member gets a ticket: `none`, `first`, `round-robin` or `least-loaded`."),
    Key(
      "away", .list(.mapping(.absence)), example: "[{member: desk-a, days: 2026-10-01}]",
      "When members get no tickets, where a team takes turns."),
  ]

  static let absenceKeys: [Key] = [
    Key("member", .name(.person), required: true, example: "desk-a", "Who is away."),
    Key("days", .text(.dateRange), required: true, example: "2026-10-01..2026-10-07", "On which days."),
  ]

  static let rowKeys: [Key] = [
    Key("id", .newName(.row), required: true, example: "P-92", "The row's id, unique in the rulebook."),
    Key(
      "expr", .expression, example: "'true'",
      "A condition in CEL beside the cells. It makes the row opaque to the analysis of tables."),
  ]
}
