import Diagnostics

extension RulePage {
  /// Values that do not fit where they stand.
  static let valuePages: [RulePage] = [
    RulePage(
      "bad-value", "A value is not of the type that its place expects.",
      why: "It could not be compared with what tickets have.",
      example: """
        fields:
          users: {type: integer}
          reason: {type: string}
        required_fields:
          - {id: F-1, when: {users: many}, fields: [reason]}
        """,
      fix: "Write it in the form that the hint shows."),
    RulePage(
      "bad-pattern", "A field's `matches` is no regular expression.",
      why: "No text could be compared with it.",
      example: """
        fields:
          id: {type: string, matches: '[0-9'}
        """,
      fix: "Patterns are RE2's, which has neither look-around nor back references."),
    RulePage(
      "bound-of-wrong-type", "`min` or `max` stands at a field that is no number.",
      why: "It would have no effect.",
      example: """
        fields:
          name: {type: string, min: 3}
        """,
      fix: "Remove it, or use `max_length` or a check."),
    RulePage(
      "cell-on-list", "A cell compares a list with a value.",
      why: "A list has many values.",
      example: """
        fields:
          steps: {type: list}
          reason: {type: string}
        required_fields:
          - {id: F-1, when: {steps: two}, fields: [reason]}
        """,
      fix: "Write `present` or `absent`; look into the list with a check."),
    RulePage(
      "choice-is-no-level", "A value of the ticket's own priority is not one of the levels.",
      why: "Such a ticket can never agree with the decision.",
      example: """
        fields:
          type: {type: string}
          priority: {type: choice, values: [high, low, none]}
        priorities:
          field: priority
          levels: [high, low]
          hit: first
          inputs: [type]
          rows:
            - {id: P-1, type: fault, priority: high}
          otherwise: {priority: low}
        """,
      fix: "Name the values as the levels are named."),
    RulePage(
      "empty-range", "No value lies in this range.",
      why: "The cell would never hold.",
      example: """
        fields:
          users: {type: integer}
          reason: {type: string}
        required_fields:
          - {id: F-1, when: {users: 10...1}, fields: [reason]}
        """,
      fix: "Write the smaller bound first."),
    RulePage(
      "range-of-unordered", "A range of values that have no order.",
      why: "It is not clear what lies between them.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
          reason: {type: string}
        required_fields:
          - {id: F-1, when: {type: fault...question}, fields: [reason]}
        """,
      fix: "List the values with `|`, or declare the field `ordered: true`."),
    RulePage(
      "priority-field", "The field that `priorities` names is no choice.",
      why: "It cannot be compared with the levels.",
      example: """
        fields:
          type: {type: string}
        priorities:
          field: type
          levels: [high, low]
          hit: first
          inputs: [type]
          rows:
            - {id: P-1, type: fault, priority: high}
          otherwise: {priority: low}
        """,
      fix: "Name a field of type choice, or leave `field` out."),
  ]
}
