/// The words of the rule language for types.
enum TypeWords {
  static let simple = ["string", "integer", "number", "boolean", "instant", "date", "duration", "list"]
  static let all = [
    "string", "integer", "number", "boolean", "instant", "date", "duration", "choice", "list", "object",
  ]
}

extension Construct {
  private static let values = Shape.oneOf([
    .list(.newName(.choice)), .named(.choice, .oneOf([.mapping(.choice), .missing])),
  ])

  /// What a list's elements have as fields do.
  static let elementKeys: [Key] = [
    Key(
      "type", .word(TypeWords.all), required: true, example: "string",
      "What values look like: `string`, `integer`, `number`, `boolean`, `instant`, `date`, `duration`, `choice`, `list` or "
        + "`object`."),
    Key(
      "values", values, example: "{high: {label: {zh: 高}}, low: }",
      "The values of a choice: a list, or a mapping with labels and aliases. A ticket may carry the key, a label or an alias."
    ),
    Key(
      "ordered", .boolean, example: "true",
      "Whether the order of a choice's values means something, so that ranges of them can be asked for."),
    Key(
      "of", .oneOf([.word(TypeWords.simple), .mapping(.element)]), example: "string",
      "The type of a list's elements."),
    Key(
      "fields", .named(.field, .mapping(.field)), example: "{at: {type: instant}}", "The fields of an object."
    ),
    Key(
      "max_length", .text(.wholeNumber), example: "200",
      "The most characters that a text has. It bounds what expressions over the field can cost."),
    Key(
      "max_items", .text(.wholeNumber), example: "50",
      "The most items that a list has. It bounds what expressions over the field can cost."),
  ]

  static let fieldKeys: [Key] =
    elementKeys + [
      Key(
        "label", .message(isTemplate: false), example: "{en: Number, zh: 编号}",
        "What people call the field: in messages, forms and notices."),
      Key("required", .boolean, example: "true", "Whether every ticket has the field."),
      Key("unique", .boolean, example: "true", "Whether no two tickets have the same value."),
      Key(
        "masked", .boolean, example: "true",
        "Whether the value is personal: messages and outputs show `***` in its place."),
      Key(
        "matches", .text(.pattern), example: "'[0-9]{6}'",
        "For the type string: a regular expression that the whole value matches."),
      Key(
        "min", .text(.bound), example: "1", "The least value, included: a number, instant, date or duration."),
      Key("max", .text(.bound), example: "9", "The greatest value, included."),
      Key(
        "section", .message(isTemplate: false), example: "{en: 1 Submission}",
        "The title of the section of the printed record that begins with this field."),
    ]

  static let choiceKeys: [Key] = [
    Key(
      "label", .message(isTemplate: false), example: "{en: High, zh: 高}",
      "What people call the value; a ticket may carry it in place of the key."),
    Key("aliases", .list(.text(.text)), example: "[bug, 缺陷]", "Other spellings that tickets carry."),
  ]
}
