import Diagnostics

extension RulePage {
  /// Waivers: what they name, and when they end.
  static let waiverPages: [RulePage] = [
    RulePage(
      "unknown-rule", "A waiver names a rule that there is not.",
      why: "It would waive nothing, and what it was meant to waive would still be a failure.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
          log: {type: string}
        required_fields:
          - {id: F-10, when: {type: fault}, fields: [log]}
        waivers:
          - {id: W-1, rule: F-11, until: 2027-12-31, by: owner-a, reason: no logs on that product}
        """,
      fix:
        "Write the rule as findings name it: the id of a required field, a check, a window or a review, `fields.NAME`, `workflow.STATE`, `tables.NAME`, `priorities` or `routing`."
    ),
    RulePage(
      "not-waivable", "A waiver names something that has no findings, or whose findings are about no rule.",
      why:
        "Findings are about rules. A row of a table decides and finds nothing; what is wrong with a record or its history leaves the rules nothing to look at.",
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
        waivers:
          - {id: W-1, rule: Q-1, until: 2027-12-31, by: owner-a, reason: no repair shop yet}
        """,
      fix: "Name the rule whose finding is to be waived."),
    RulePage(
      "waiver-expired", "The last day of a waiver has passed.",
      why: "It has no effect any more: what it waived is a failure again, and people are told of it.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
          log: {type: string}
        required_fields:
          - {id: F-10, when: {type: fault}, fields: [log]}
        waivers:
          - {id: W-1, rule: F-10, until: 2026-05-31, by: owner-a, reason: no logs on that product}
        """,
      fix: "Remove the waiver, or let its owner decide on another last day."),
    RulePage(
      "waiver-expires", "A waiver ends within 30 days.",
      why: "From the day after, what it waives is a failure again.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
          log: {type: string}
        required_fields:
          - {id: F-10, when: {type: fault}, fields: [log]}
        waivers:
          - {id: W-1, rule: F-10, until: 2026-06-30, by: owner-a, reason: no logs on that product}
        """,
      fix: "See that the rule can be kept by then, or let the owner decide on another last day."),
  ]
}
