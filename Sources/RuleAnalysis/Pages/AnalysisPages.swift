import Diagnostics

extension RulePage {
  /// What the analysis finds in rules that load.
  static let analysisPages: [RulePage] = [
    RulePage(
      "overlapping-rows",
      "Two rows can hold for one ticket, which the hit policy does not allow, or does not put in order.",
      why:
        "With `unique` and `any` such a ticket gets a finding instead of a decision; with `priority` and `output-order` the place in the file decides, which nobody sees in the rows.",
      example: """
        fields:
          type: {type: choice, required: true, values: [fault, question]}
          urgent: {type: boolean, required: true}
        tables:
          queue:
            hit: unique
            inputs: [type, urgent]
            outputs: [queue]
            rows:
              - {id: Q-1, type: fault, queue: repair}
              - {id: Q-2, urgent: 'true', queue: hot-line}
            otherwise: {queue: desk}
        """,
      fix: "Narrow one of the rows, or use `hit: first` and put the one that counts first."),
    RulePage(
      "subsumed-row", "Wherever a row holds, one other row holds, too, and decides instead.",
      why: "The row looks as if it decided something and does not: its outputs never come.",
      example: """
        fields:
          type: {type: choice, required: true, values: [fault, question]}
          urgent: {type: boolean, required: true}
        tables:
          queue:
            hit: first
            inputs: [type, urgent]
            outputs: [queue]
            rows:
              - {id: Q-1, type: fault, queue: repair}
              - {id: Q-2, type: fault, urgent: 'true', queue: hot-line}
            otherwise: {queue: desk}
        """,
      fix: "Put the narrower row before the wider one, or remove it; `docket lint --fix` removes it."),
    RulePage(
      "unreachable-row",
      "A row can never hit: no ticket has the value that a cell asks for, or several other rows together leave it nothing.",
      why: "The row looks as if it decided something and does not.",
      example: """
        fields:
          type: {type: choice, required: true, values: [fault, question]}
          urgent: {type: boolean, required: true}
        tables:
          queue:
            hit: first
            inputs: [type, urgent]
            outputs: [queue]
            rows:
              - {id: Q-1, type: fault, queue: repair}
              - {id: Q-2, type: question, queue: advice}
              - {id: Q-3, urgent: 'true', queue: hot-line}
            otherwise: {queue: desk}
        """,
      fix:
        "Put it before the others, correct the cell, or remove the row; `docket lint --fix` removes it where tickets with missing or invalid values would not notice either."
    ),
    RulePage(
      "redundant-row",
      "Without this row of a `first` table everything would be decided the same: a later row, or `otherwise`, gives the same wherever it holds.",
      why: "A note: such a row is often there for the reader. Where it is not, it is one more to keep right.",
      example: """
        fields:
          type: {type: choice, required: true, values: [fault, question]}
          urgent: {type: boolean, required: true}
        tables:
          queue:
            hit: first
            inputs: [type, urgent]
            outputs: [queue]
            rows:
              - {id: Q-1, type: fault, urgent: 'true', queue: repair}
              - {id: Q-2, type: fault, queue: repair}
            otherwise: {queue: desk}
        """,
      fix: "Remove it, or leave it for the reader's sake."),
    RulePage(
      "table-gap", "No row holds for these values: `otherwise` decides, or nothing does.",
      why:
        "A note where `otherwise` decides: see that it is meant. A warning where nothing does: the ticket gets a finding.",
      example: """
        fields:
          type: {type: choice, required: true, values: [fault, question]}
        tables:
          queue:
            hit: first
            inputs: [type]
            outputs: [queue]
            rows:
              - {id: Q-1, type: fault, queue: repair}
            otherwise: {queue: desk}
        """,
      fix: "Add a row for the values, or an `otherwise`."),
    RulePage(
      "unused-otherwise", "Some row always holds, so `otherwise` never decides.",
      why: "A note: it does no harm, and holds for tickets whose values are invalid.",
      example: """
        fields:
          type: {type: choice, required: true, values: [fault, question]}
        tables:
          queue:
            hit: first
            inputs: [type]
            outputs: [queue]
            rows:
              - {id: Q-1, type: fault, queue: repair}
              - {id: Q-2, type: question, queue: advice}
            otherwise: {queue: desk}
        """,
      fix: "Remove it, or leave it for invalid values."),
    RulePage(
      "unused-input", "No row tells the values of this input apart.",
      why: "Readers look for a dependence that is not there.",
      example: """
        fields:
          type: {type: choice, required: true, values: [fault, question]}
          urgent: {type: boolean, required: true}
        tables:
          queue:
            hit: first
            inputs: [type, urgent]
            outputs: [queue]
            rows:
              - {id: Q-1, type: fault, queue: repair}
            otherwise: {queue: desk}
        """,
      fix: "Remove the input; `docket lint --fix` does where no row has a cell for it."),
    RulePage(
      "unproduced-output", "A level, a team or another declared output that no row gives.",
      why: "A level or team that never comes is forgotten, or a row for it is.",
      example: """
        fields:
          type: {type: choice, required: true, values: [fault, question]}
        priorities:
          levels: [high, medium, low]
          hit: first
          inputs: [type]
          rows:
            - {id: P-1, type: fault, priority: high}
          otherwise: {priority: low}
        """,
      fix: "Add a row that gives it, or remove it."),
    RulePage(
      "opaque-row", "A row has an `expr`, and the analysis does not look into expressions.",
      why: "What is said of the other rows is true without this one; of this one nothing is said.",
      example: """
        fields:
          type: {type: choice, required: true, values: [fault, question]}
        checks:
          - {id: C-1, expr: 'true'}
        tables:
          queue:
            hit: first
            inputs: [type]
            outputs: [queue]
            rows:
              - {id: Q-1, type: fault, expr: now > timestamp('2026-01-01T00:00:00Z'), queue: repair}
            otherwise: {queue: desk}
        """,
      fix: "Nothing to mend; say it with cells where that is possible."),
    RulePage(
      "not-proven",
      "A question about a table was given up because the answer takes too long, or the table is too large.",
      why: "Nothing is claimed instead: neither that the rows are right nor that they are wrong.",
      example: .hardTable,
      fix: "Split the table, or use fewer inputs that tell many values apart."),
    RulePage(
      "never-holds",
      "A condition can never hold: no ticket has the value, or two parts contradict each other.",
      why: "The rule it belongs to never does anything.",
      example: """
        fields:
          type: {type: choice, required: true, values: [fault, question]}
          status: {type: choice, values: [open, closed]}
          reason: {type: string}
        required_fields:
          - {id: F-1, from: [closed], when: {status: open}, fields: [reason]}
        """,
      fix: "Correct the condition, or remove the rule."),
    RulePage(
      "always-holds", "A condition holds for every ticket.",
      why: "It looks as if the rule were for some tickets only.",
      example: """
        fields:
          type: {type: choice, required: true, values: [fault, question]}
          reason: {type: string}
        required_fields:
          - {id: F-1, when: {type: fault | question}, fields: [reason]}
        """,
      fix: "Leave the condition out, or ask for less."),
    RulePage(
      "slower-target",
      "A more pressing level of the priority has more time than a less pressing one; where one counts working time and the other does not, a start is named from which it is so.",
      why: "The more pressing ticket may be answered later than the other.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
          opened_at: {type: instant}
          closed_at: {type: instant}
          urgent: {type: boolean, required: true}
        calendars:
          office: {weekly_hours: {mon-fri: [09:00-12:00, 13:30-18:00]}}
        priorities:
          levels: [high, low]
          hit: first
          inputs: [urgent]
          rows:
            - {id: P-1, urgent: 'true', priority: high}
          otherwise: {priority: low}
        windows:
          first-response:
            start: opened_at
            stop: closed_at
            target: {by: priority, high: 24 working hours, low: 3 working days}
            calendar: office
        """,
      fix: "Give the more pressing level the shorter time, in the same unit."),
    RulePage(
      "missing-role", "Somebody is told by a role that is nobody for some tickets.",
      why: "For these tickets the message reaches nobody.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
          opened_at: {type: instant}
          closed_at: {type: instant}
        routing:
          hit: first
          inputs: [type]
          outputs: [team]
          rows:
            - {id: R-1, type: fault, team: repair}
          otherwise: {team: desk}
          teams:
            repair: {lead: rita}
            desk: {}
        windows:
          first-response:
            start: opened_at
            stop: closed_at
            target: 4 hours
            escalate:
              - {id: E-1, at: due, to: team.lead}
        """,
      fix: "Give every team that tickets go to a lead or members, or name somebody else."),
    RulePage(
      "nobody-told",
      "A notification or an escalation that never reaches anybody: no role in it is ever filled, or what it waits for never happens.",
      why: "People rely on being told.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
          opened_at: {type: instant}
          closed_at: {type: instant}
        notifications:
          - {id: N-1, on: window.warning, to: [team.lead]}
        windows:
          first-response:
            start: opened_at
            stop: closed_at
            target: 4 hours
        """,
      fix: "Name somebody, give the window a `warn`, or remove it."),
    RulePage(
      "unknown-team", "Somebody is told who is no team, and whose name is nearly that of one.",
      why: "A name that is misspelt reaches nobody.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
          opened_at: {type: instant}
          closed_at: {type: instant}
        routing:
          hit: first
          inputs: [type]
          outputs: [team]
          rows:
            - {id: R-1, type: fault, team: network}
          otherwise: {team: desk}
          teams: {network: {lead: rita}, desk: {lead: dora}}
        windows:
          first-response:
            start: opened_at
            stop: closed_at
            target: 4 hours
            escalate:
              - {id: E-1, at: due, to: netwrok}
        """,
      fix: "Write the name as under `teams`."),
    RulePage(
      "unfillable-field", "A rule demands a field that can hold no value: its `min` is above its `max`, say.",
      why: "Whatever stands there is a finding, and so is that nothing does.",
      example: """
        fields:
          users: {type: integer, min: 10, max: 5}
        required_fields:
          - {id: F-1, fields: [users]}
        """,
      fix: "Correct the bounds."),
    RulePage(
      "unmentioned-choice", "Rules mention some choices of a field and not these.",
      why: "A note: a choice that was added later may have been forgotten.",
      example: """
        fields:
          type: {type: choice, required: true, values: [fault, question]}
          reason: {type: string}
        required_fields:
          - {id: F-1, when: {type: fault}, fields: [reason]}
        """,
      fix: "See that what holds for the rest is meant for them, too."),
  ]
}
