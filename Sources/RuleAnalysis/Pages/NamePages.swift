import Diagnostics

extension RulePage {
  /// Names that mean nothing, or two things.
  static let namePages: [RulePage] = [
    RulePage(
      "ambiguous-spelling", "A spelling stands for two values of a choice.",
      why: "A ticket that carries it could mean either.",
      example: """
        fields:
          urgency:
            type: choice
            values:
              high: {aliases: [urgent]}
              medium: {aliases: [urgent]}
        """,
      fix: "Keys, labels and aliases of a field must all differ."),
    RulePage(
      "duplicate-field",
      "A field exists already, mostly as a part of an object and once more with a dotted name.",
      why: "It is not clear which declaration counts.",
      example: """
        fields:
          contact: {type: object, fields: {name: {type: string}}}
          contact.name: {type: string}
        """,
      fix: "Keep one of them."),
    RulePage(
      "missing-file", "There is no readable file of this name within the rulebook's folder.",
      why: "Its rows or holidays would be missing.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
        tables:
          t: {hit: first, inputs: [type], outputs: [o], rows: no-such.csv, otherwise: {o: x}}
        """,
      fix: "Correct the path; it is relative to the file that names it."),
    RulePage(
      "no-rules", "The files declare nothing to check tickets with.",
      why: "Without rules every ticket would pass.",
      example: Example("title: Issues"),
      fix: "Add `fields` and a section such as `required_fields`."),
    RulePage(
      "output-is-taken", "An output has the name of a field, or of another table's output.",
      why: "A cell that names it could mean either.",
      example: """
        fields:
          status: {type: string}
          type: {type: choice, values: [fault, question]}
        tables:
          t:
            hit: first
            inputs: [status]
            outputs: {type: string}
            rows:
              - {id: T-1, status: a, type: x}
            otherwise: {type: y}
        """,
      fix: "Give the output a name of its own."),
    RulePage(
      "section-in-list", "A section of the record begins inside a list.",
      why: "A list is one table of the record.",
      example: """
        fields:
          steps: {type: list, of: {type: object, fields: {at: {type: instant, section: Steps}}}}
        """,
      fix: "Write `section` at the list itself."),
    RulePage(
      "unknown-calendar", "There is no calendar of this name.",
      why: "Working time cannot be counted.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
          opened_at: {type: instant}
          closed_at: {type: instant}
        calendars:
          office: {weekly_hours: {mon-fri: [09:00-17:00]}}
        windows:
          answer: {start: opened_at, stop: closed_at, target: 4 working hours, calendar: ofice}
        """,
      fix: "Declare it under `calendars`, or correct the name."),
    RulePage(
      "unknown-check", "A guard names a check that is not there.",
      why: "Nothing would be asked when the state is entered.",
      example: """
        fields:
          status: {type: choice, values: [open, closed]}
        workflow:
          field: status
          initial: open
          states:
            open: {category: open, next: [closed]}
            closed: {category: closed, guard: C-1}
        """,
      fix: "Write the id of one of `checks`."),
    RulePage(
      "unknown-choice", "This is none of the values of a choice.",
      why: "The cell would never hold.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
          reason: {type: string}
        required_fields:
          - {id: F-1, when: {type: falt}, fields: [reason]}
        """,
      fix: "Write one of the values, or add it to the field."),
    RulePage(
      "unknown-field", "This is no field.",
      why: "What is demanded could never be there.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
        required_fields:
          - {id: F-1, fields: [tpe]}
        """,
      fix: "Declare it under `fields`, or correct the name."),
    RulePage(
      "unknown-name", "This is neither a field nor the output of a table.",
      why: "The condition would ask for something that no ticket has.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
          reason: {type: string}
        required_fields:
          - {id: F-1, when: {tpe: fault}, fields: [reason]}
        """,
      fix: "Declare it under `fields`, or correct the name."),
    RulePage(
      "unknown-placeholder", "A placeholder of a message is no field.",
      why: "People would read a message with a hole.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
        required_fields:
          - {id: F-1, fields: [type], message: '{tpye} is missing'}
        """,
      fix: "Write the name of a field; write `{{` for a brace."),
    RulePage(
      "open-placeholder", "A placeholder of a message is not closed.",
      why: "The rest of the message would be taken for a name.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
        required_fields:
          - {id: F-1, fields: [type], message: 'the {type is missing'}
        """,
      fix: "Write `}` behind the name, or `{{` for a brace."),
  ]
}
