import Diagnostics

extension RulePage {
  /// Decision tables that cannot decide.
  static let tablePages: [RulePage] = [
    RulePage(
      "aggregate-of-wrong-outputs", "`collect` with sum, min or max needs one output that is a number.",
      why: "Other values cannot be added up.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
        tables:
          t:
            hit: collect sum
            inputs: [type]
            outputs: [queue]
            rows:
              - {id: T-1, type: fault, queue: repair}
            otherwise: {queue: desk}
        """,
      fix: "Declare the output as integer or number, or write `collect`."),
    RulePage(
      "cycle", "Tables read one another's outputs.",
      why: "None of them could be evaluated first.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
        tables:
          a: {hit: first, inputs: [y], outputs: [x], rows: [{id: A-1, y: p, x: q}], otherwise: {x: r}}
          b: {hit: first, inputs: [x], outputs: [y], rows: [{id: B-1, x: q, y: p}], otherwise: {y: s}}
        """,
      fix: "Let one of them read fields only."),
    RulePage(
      "incomplete-table", "A table without `otherwise` has no row for some tickets.",
      why: "Nothing would be decided for them.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
        tables:
          t:
            hit: first
            inputs: [type]
            outputs: [queue]
            rows:
              - {id: T-1, type: fault, queue: repair}
        """,
      fix: "Add `otherwise`, or a row for the values that the message names."),
    RulePage(
      "incomplete-target", "The target of a window has no duration for some values.",
      why: "These tickets would have no time limit.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
          opened_at: {type: instant}
          closed_at: {type: instant}
        windows:
          answer: {start: opened_at, stop: closed_at, target: {by: type, fault: 4 hours}}
        """,
      fix: "Add the value, or `otherwise`."),
    RulePage(
      "input-without-cells", "An input is computed, and no cell can speak of what it is.",
      why: "No row could ask for it.",
      example: """
        fields:
          type: {type: choice, required: true, values: [fault, question]}
        tables:
          t: {hit: first, inputs: [{parts: '[type]'}], outputs: [o], rows: [{id: T-1, parts: present, o: x}], otherwise: {o: y}}
        """,
      fix: "Compute a number, a text, a truth value, an instant or a duration."),
    RulePage(
      "list-as-output", "An output is a list.",
      why: "An output is one value.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
        tables:
          t:
            hit: first
            inputs: [type]
            outputs: [queue]
            rows:
              - {id: T-1, type: fault, queue: [repair, desk]}
            otherwise: {queue: desk}
        """,
      fix: "Write one value, or use `hit: rule-order` to get several rows."),
    RulePage(
      "list-of-decisions", "The hit policy of priorities, routing or a target gives a list.",
      why: "A ticket has one level, one team and one target.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
        priorities:
          levels: [high, low]
          hit: rule-order
          inputs: [type]
          rows:
            - {id: P-1, type: fault, priority: high}
          otherwise: {priority: low}
        """,
      fix: "Write `first`, `unique`, `any` or `priority`."),
    RulePage(
      "order-of-unordered", "The hit policy sorts rows by their outputs, and none of them has an order.",
      why: "No row would come before another.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
        tables:
          t:
            hit: priority
            inputs: [type]
            outputs: [queue]
            rows:
              - {id: T-1, type: fault, queue: repair}
            otherwise: {queue: desk}
        """,
      fix: "Declare an output as a choice with its values in order, or write `first`."),
    RulePage(
      "routing-without-team", "Routing has no output `team`.",
      why: "Tickets would go nowhere.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
        routing:
          hit: first
          inputs: [type]
          outputs: [assignee]
          rows:
            - {id: R-1, type: fault, assignee: rita}
          otherwise: {assignee: dora}
        """,
      fix: "Write `outputs: [team, assignee]`."),
    RulePage(
      "team-without-members", "A team assigns its members, and has none.",
      why: "Nobody would be named.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
        routing:
          hit: first
          inputs: [type]
          outputs: [team]
          rows:
            - {id: R-1, type: fault, team: repair}
          otherwise: {team: repair}
          teams:
            repair: {assign: first}
        """,
      fix: "List its `members`, or write `assign: none`."),
    RulePage(
      "unknown-member", "Somebody is away who is no member of the team.",
      why: "A misspelt name leaves a member in turn who is not there.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
        routing:
          hit: first
          inputs: [type]
          outputs: [team]
          rows:
            - {id: R-1, type: fault, team: repair}
          otherwise: {team: repair}
          teams:
            repair:
              members: [rita, dora]
              assign: round-robin
              away: [{member: dorah, days: 2026-10-01..2026-10-07}]
        """,
      fix: "Write the name as `members` has it."),
    RulePage(
      "absence-without-rotation", "A team says who is away, but does not take turns.",
      why: "With `none` and `first` nobody asks who is away, so the absence would change nothing.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
        routing:
          hit: first
          inputs: [type]
          outputs: [team]
          rows:
            - {id: R-1, type: fault, team: repair}
          otherwise: {team: repair}
          teams:
            repair:
              members: [rita, dora]
              assign: first
              away: [{member: dora, days: 2026-10-01}]
        """,
      fix: "Write `assign: round-robin` or `assign: least-loaded`, or leave `away` out."),
  ]
}
