import Diagnostics

extension RulePage {
  /// What the parser of the rule language refuses: keys, shapes, names and tables that are not of its form.
  static let shapePages: [RulePage] = [
    RulePage(
      "cell-syntax", "A cell is not of the language of cells.",
      why: "It could mean several things.",
      example: """
        fields:
          type: {type: choice, required: true, values: [fault, question]}
          reason: {type: string}
        required_fields:
          - {id: F-1, when: {type: 'fault || question'}, fields: [reason]}
        """,
      fix:
        "Write `a | b`, `not a`, `1...5`, `>= 3`, `present` or `absent`; quote a value that looks like one of these."
    ),
    RulePage(
      "csv-syntax", "A table in CSV is not of the form that is read.",
      why: "Cells would land in the wrong columns.",
      example: Example(Example.csvTable, files: [("queue.csv", "id;type;queue\nQ-1;fault;repair\n")]),
      fix: "Begin with a header, separate cells by commas, and close every quote."),
    RulePage(
      "cut-expression", "YAML reads something else than the expression that was meant.",
      why: "Half of it would be checked without a word.",
      example: """
        fields:
          a: {type: integer}
        checks:
          - {id: C-1, expr: [a > 3]}
        """,
      fix: "Write the expression under `|-`."),
    RulePage(
      "duplicate-column", "A table has a column twice, or an input that is also its output.",
      why: "It is not clear which one a cell belongs to.",
      example: Example(
        Example.csvTable, files: [("queue.csv", "id,type,type,queue\nQ-1,fault,fault,repair\n")]),
      fix: "Remove one of them."),
    RulePage(
      "duplicate-id", "An id stands twice in the rulebook.",
      why: "Results, tests and waivers speak of ids.",
      example: """
        fields:
          type: {type: choice, required: true, values: [fault, question]}
          reason: {type: string}
        required_fields:
          - {id: F-1, fields: [reason]}
          - {id: F-1, when: {type: fault}, fields: [reason]}
        """,
      fix: "Give each row, window, check and requirement an id of its own."),
    RulePage(
      "duplicate-name", "Two fields, calendars, tables or other things have one name.",
      why: "It is not clear which one is meant.",
      example: Example(
        "fields:\n  a: {type: string}\ncalendars:\n  office: {weekly_hours: {mon: [09:00-12:00]}}\n",
        files: [("b.yaml", "format: 1\ncalendars:\n  office: {weekly_hours: {tue: [09:00-12:00]}}\n")]),
      fix: "Rename or remove one of them."),
    RulePage(
      "duplicate-section", "A section that holds one thing stands in two files.",
      why: "It is not clear which one counts.",
      example: Example(
        "title: Issues\nfields:\n  a: {type: string}\n", files: [("b.yaml", "format: 1\ntitle: Problems\n")]),
      fix: "Keep it in one of them."),
    RulePage(
      "duplicate-weekday", "A weekday stands twice in `weekly_hours`.",
      why: "It is not clear which hours count.",
      example: """
        fields:
          a: {type: string}
        calendars:
          office: {weekly_hours: {mon-fri: [09:00-12:00], fri: [09:00-11:00]}}
        """,
      fix: "List all hours of a weekday together."),
    RulePage(
      "empty-condition", "A condition asks nothing.",
      why: "It looks as if something had been forgotten.",
      example: """
        fields:
          a: {type: string}
        required_fields:
          - {id: F-1, when: {}, fields: [a]}
        """,
      fix: "Remove it, or name an input."),
    RulePage(
      "empty-list", "A list that needs an item has none.",
      why: "The rule would do nothing.",
      example: """
        fields:
          a: {type: string}
        required_fields:
          - {id: F-1, fields: []}
        """,
      fix: "Add an item, or remove the rule."),
    RulePage(
      "invalid-name", "A name is empty or holds white space.",
      why: "It could not be written in a cell or an expression.",
      example: """
        fields:
          'my field': {type: string}
        """,
      fix: "Write it with `_` or `-`."),
    RulePage(
      "misplaced-key", "A key belongs to another kind of thing.",
      why: "It would have no effect.",
      example: """
        fields:
          a: {type: string, values: [x, y]}
        """,
      fix: "Remove it, or change the `type`."),
    RulePage(
      "missing-column", "A CSV file lacks a column of its table.",
      why: "Its cells would all be missing.",
      example: Example(Example.csvTable, files: [("queue.csv", "id,queue\nQ-1,repair\n")]),
      fix: "Add the column; leave cells empty for 'any'."),
    RulePage(
      "missing-format", "The file does not begin with `format: 1`.",
      why: "A later format may mean other things by the same words.",
      example: Example("rulebook: example\nfields:\n  a: {type: string}\n", isWhole: true),
      fix: "Write `format: 1` in the first line."),
    RulePage(
      "missing-key", "Something lacks a key that it needs.",
      why: "Without it, it has no meaning.",
      example: """
        fields:
          a: {type: string}
        required_fields:
          - {id: F-1}
        """,
      fix: "Add the key."),
    RulePage(
      "missing-output", "A row or `otherwise` does not give an output.",
      why: "What the row is for would stay open.",
      example: """
        fields:
          a: {type: string}
        priorities:
          levels: [high, low]
          hit: first
          inputs: [a]
          rows:
            - {id: P-1, a: x}
          otherwise: {priority: low}
        """,
      fix: "Add the output to the row."),
    RulePage(
      "missing-value", "A key has no value.",
      why: "It is not clear what was meant.",
      example: """
        fields:
          a: {type: }
        """,
      fix: "Write the value, or remove the key."),
    RulePage(
      "not-a-boolean", "A value is neither true nor false.",
      why: "`yes` and `on` are texts here.",
      example: """
        fields:
          a: {type: string, required: yes}
        """,
      fix: "Write true or false."),
    RulePage(
      "not-a-date", "A date does not exist, or is not written as one.",
      why: "A holiday that is misspelt is a working day.",
      example: """
        fields:
          a: {type: string}
        calendars:
          office: {weekly_hours: {mon: [09:00-12:00]}, holidays: [2026-02-30]}
        """,
      fix: "Write year-month-day, such as 2026-03-01."),
    RulePage(
      "not-a-language", "This is no language tag.",
      why: "Nobody would ever get the text.",
      example: """
        fields:
          a: {type: string, label: {chinese simplified: 甲}}
        """,
      fix: "Write a tag such as en, zh or zh-Hant."),
    RulePage(
      "not-a-warning", "This is no time to warn at.",
      why: "Nobody would be warned.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
          opened_at: {type: instant}
          closed_at: {type: instant}
        windows:
          answer: {start: opened_at, stop: closed_at, target: 4 hours, warn: [due + 1 hour]}
        """,
      fix: "Write a percentage from 1% to 100%, or `due - 1 working hour`."),
    RulePage(
      "not-an-escalation-level", "This is no time to escalate at.",
      why: "Nobody would be told.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
          opened_at: {type: instant}
          closed_at: {type: instant}
        windows:
          answer: {start: opened_at, stop: closed_at, target: 4 hours, escalate: [{id: E-1, at: later, to: desk}]}
        """,
      fix: "Write `due`, `due + 4 working hours`, `due - 1 working hour` or a percentage."),
    RulePage(
      "empty-text", "A waiver says nothing of who decided so, or why.",
      why: "Whoever looks at it later cannot tell whether it is still right, and whom to ask.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
          log: {type: string}
        required_fields:
          - {id: F-1, when: {type: fault}, fields: [log]}
        waivers:
          - {id: W-1, rule: F-1, until: 2027-12-31, by: owner-a, reason: ''}
        """,
      fix: "Write the name and the reason."),
    RulePage(
      "not-hours", "This is no stretch of a day.",
      why: "Working time would be counted wrong.",
      example: """
        fields:
          a: {type: string}
        calendars:
          office: {weekly_hours: {mon: [9-12]}}
        """,
      fix: "Write hours such as 09:00-12:00; a day goes from 00:00 to 24:00."),
    RulePage(
      "reserved-name", "A column has a name that means something else in rows.",
      why: "`id` and `expr` are the row's own.",
      example: """
        fields:
          a: {type: string}
        tables:
          t: {hit: first, inputs: [{expr: size(a)}], outputs: [o], rows: [{id: T-1, o: x}], otherwise: {o: y}}
        """,
      fix: "Give it another name."),
    RulePage(
      "reversed-range", "A range of dates ends before it begins.",
      why: "It would hold no day.",
      example: """
        fields:
          a: {type: string}
        calendars:
          office: {weekly_hours: {mon: [09:00-12:00]}, holidays: [2026-10-07..2026-10-01]}
        """,
      fix: "Write the earlier date first."),
    RulePage(
      "unknown-column", "A CSV file has a column that is no input or output of its table.",
      why: "Its cells would have no effect.",
      example: Example(
        Example.csvTable, files: [("queue.csv", "id,typ,type,queue\nQ-1,fault,fault,repair\n")]),
      fix: "Correct the name; begin it with `x-` to keep it for people."),
    RulePage(
      "unknown-format", "The file has a format that this version does not know.",
      why: "Its words may mean something else.",
      example: Example("format: 2\nrulebook: example\n", isWhole: true),
      fix: "Write `format: 1`, or use a newer version."),
    RulePage(
      "unknown-key", "This is no key of the thing it stands in.",
      why: "It would have no effect, and what was meant would not happen.",
      example: """
        fields:
          a: {type: string, requird: true}
        """,
      fix: "Correct the name; begin it with `x-` to keep it for people."),
    RulePage(
      "unknown-word", "One of a few words is expected here, and this is none of them.",
      why: "It is not clear what was meant.",
      example: """
        fields:
          a: {type: sting}
        """,
      fix: "Write one of the words."),
    RulePage(
      "wrong-cell-count", "A row of a CSV file has more or fewer cells than the header.",
      why: "Cells would land in the wrong columns.",
      example: Example(Example.csvTable, files: [("queue.csv", "id,type,queue\nQ-1,fault\n")]),
      fix: "Add the missing cells; quote one that holds a comma."),
    RulePage(
      "wrong-shape", "A list, a mapping or a text stands where another of them belongs.",
      why: "It cannot be read as what was meant.",
      example: """
        fields: [a, b]
        """,
      fix: "Write it in the form that the message names."),
  ]
}
