import Diagnostics

extension RulePage {
  /// Expressions: what is found when rules load. What a ticket can make fail is a finding about that ticket.
  static let expressionPages: [RulePage] = [
    RulePage(
      "expression-constant", "A part of an expression without any field fails.",
      why: "It would fail for every ticket.",
      example: """
        fields:
          type: {type: choice, required: true, values: [fault, question]}
          users: {type: integer}
          name: {type: string, required: true}
        checks:
          - id: C-1
            expr: |-
              now > timestamp('tomorrow')
        """,
      fix: "Correct the part that the message points at."),
    RulePage(
      "expression-cost", "An expression may take more steps than are allowed, if the ticket is large.",
      why: "No ticket may keep the engine busy.",
      example: """
        fields:
          tags: {type: list, of: {type: string}, required: true}
        checks:
          - id: C-1
            expr: |-
              tags.all(t, tags.exists_one(u, u == t))
        """,
      fix: "Declare `max_length` and `max_items`, or make the expression simpler."),
    RulePage(
      "expression-optional", "An expression reads a field that may be absent.",
      why: "For tickets without it there would be no answer.",
      example: """
        fields:
          type: {type: choice, required: true, values: [fault, question]}
          users: {type: integer}
          name: {type: string, required: true}
        checks:
          - id: C-1
            expr: |-
              users > 3
        """,
      fix: "Ask first, `has(users) && users > 3`, or give a value: `users.orValue(0)`."),
    RulePage(
      "expression-pattern", "A pattern in an expression is no regular expression.",
      why: "No text could be compared with it.",
      example: """
        fields:
          type: {type: choice, required: true, values: [fault, question]}
          users: {type: integer}
          name: {type: string, required: true}
        checks:
          - id: C-1
            expr: |-
              name.matches('[0-9')
        """,
      fix: "Patterns are RE2's, which has neither look-around nor back references."),
    RulePage(
      "expression-syntax", "The expression is not of the language.",
      why: "It cannot be read for sure.",
      example: """
        fields:
          type: {type: choice, required: true, values: [fault, question]}
          users: {type: integer}
          name: {type: string, required: true}
        checks:
          - id: C-1
            expr: |-
              name == 'x' and type == 'fault'
        """,
      fix: "Write it in CEL: `&&`, `||`, `!`, `==`; texts between quotes."),
    RulePage(
      "expression-too-large", "An expression is too long, has too many parts or is nested too deep.",
      why: "What an expression takes is bounded.",
      example: .largeExpression,
      fix: "Split the check, or use a decision table."),
    RulePage(
      "expression-type", "An operator or a function does not take values of these types.",
      why: "It would fail for every ticket.",
      example: """
        fields:
          type: {type: choice, required: true, values: [fault, question]}
          users: {type: integer}
          name: {type: string, required: true}
        checks:
          - id: C-1
            expr: |-
              name > 3
        """,
      fix: "Compare values of one type; convert with `int()`, `string()` and the like."),
    RulePage(
      "expression-unknown-choice", "A choice is compared with a text that is none of its values.",
      why: "The comparison would never hold.",
      example: """
        fields:
          type: {type: choice, required: true, values: [fault, question]}
          users: {type: integer}
          name: {type: string, required: true}
        checks:
          - id: C-1
            expr: |-
              type == 'falt'
        """,
      fix: "Write the key of a value."),
    RulePage(
      "expression-unknown-field", "An object has no field of this name.",
      why: "Reading it would fail for every ticket.",
      example: """
        fields:
          steps: {type: list, required: true, of: {type: object, fields: {no: {type: integer, required: true}}}}
        checks:
          - id: C-1
            expr: |-
              steps.all(step, step.on > 3)
        """,
      fix: "Write one of its fields."),
    RulePage(
      "expression-unknown-function", "There is no function of this name.",
      why: "It would fail for every ticket.",
      example: """
        fields:
          type: {type: choice, required: true, values: [fault, question]}
          users: {type: integer}
          name: {type: string, required: true}
        checks:
          - id: C-1
            expr: |-
              siz(name) > 3
        """,
      fix: "Write one of the functions of docs/expressions.md."),
    RulePage(
      "expression-unknown-name", "This is no field and no output of a table.",
      why: "It would fail for every ticket.",
      example: """
        fields:
          type: {type: choice, required: true, values: [fault, question]}
          users: {type: integer}
          name: {type: string, required: true}
        checks:
          - id: C-1
            expr: |-
              nam == 'x'
        """,
      fix: "Declare it under `fields`, or correct the name; texts stand between quotes."),
  ]
}
