import Diagnostics

extension RulePage {
  /// States, required fields and reviews.
  static let workflowPages: [RulePage] = [
    RulePage(
      "dead-end-state", "Nothing follows a state that is not closed.",
      why: "Tickets would stay in it for ever.",
      example: """
        fields:
          status: {type: choice, values: [open, closed]}
        workflow:
          field: status
          initial: closed
          states:
            open: {category: open}
            closed: {category: closed, next: [open]}
        """,
      fix: "Add `next`, or write `category: closed`."),
    RulePage(
      "duplicate-state", "A state is declared twice, by two spellings of one value.",
      why: "It is not clear which one counts.",
      example: """
        fields:
          status: {type: choice, values: {open: {aliases: [new]}, closed: {}}}
        workflow:
          field: status
          initial: open
          states:
            open: {category: open, next: [closed]}
            new: {category: open, next: [closed]}
            closed: {category: closed}
        """,
      fix: "Keep one of them."),
    RulePage(
      "from-without-status", "`from` needs a field `status` of type choice.",
      why: "There is no order of states to count from.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
        required_fields:
          - {id: F-1, from: open, fields: [type]}
        """,
      fix: "Use `when` with the field that holds the state."),
    RulePage(
      "group-of-parts", "A review groups tickets by a list.",
      why: "Tickets are alike by one value.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
          steps: {type: list}
          submitted_at: {type: instant}
          cause: {type: string}
        reviews:
          - {id: V-1, group_by: [steps], count: 5, within: 30 days, require: [cause]}
        """,
      fix: "Name a field such as a choice or a text."),
    RulePage(
      "guard-over-history", "The check that guards a state reads a decision.",
      why: "It is asked of the instant of the step, at which only the ticket's own fields are known.",
      example: """
        fields:
          status: {type: choice, values: [open, closed]}
          type: {type: string}
        priorities:
          levels: [high, low]
          hit: first
          inputs: [type]
          rows:
            - {id: P-1, type: fault, priority: high}
          otherwise: {priority: low}
        checks:
          - {id: C-1, expr: priority == 'high'}
        workflow:
          field: status
          initial: open
          states:
            open: {category: open, next: [closed]}
            closed: {category: closed, guard: C-1}
        """,
      fix: "Guard the state with a check that reads fields alone."),
    RulePage(
      "masked-field", "A masked field is used where messages name its values.",
      why: "What is masked must never be shown.",
      example: """
        fields:
          status: {type: choice, masked: true, values: [open, closed]}
        workflow:
          field: status
          initial: open
          states:
            open: {category: open, next: [closed]}
            closed: {category: closed}
        """,
      fix: "Use a field that is not masked."),
    RulePage(
      "no-way-to-close", "From a state no closed state can be reached.",
      why: "Tickets would never come to an end.",
      example: """
        fields:
          status: {type: choice, values: [open, waiting, closed]}
        workflow:
          field: status
          initial: closed
          states:
            open: {category: open, next: [waiting]}
            waiting: {category: open, next: [open]}
            closed: {category: closed, next: [open]}
        """,
      fix: "Let it, or a state after it, lead to a closed one."),
    RulePage(
      "states-missing", "A value of the field has no state.",
      why: "A ticket in it would be nowhere.",
      example: """
        fields:
          status: {type: choice, values: [open, closed]}
        workflow:
          field: status
          initial: open
          states:
            open: {category: open, next: [closed]}
        """,
      fix: "Declare a state for every value."),
    RulePage(
      "unreachable-state", "No path leads to a state.",
      why: "No ticket would ever be in it, or every one that is broke the rules.",
      example: """
        fields:
          status: {type: choice, values: [open, closed]}
        workflow:
          field: status
          initial: open
          states:
            open: {category: open, next: [open]}
            closed: {category: closed}
        """,
      fix: "Add it to `next` of the state before it."),
    RulePage(
      "workflow-field", "The field of a workflow is no choice.",
      why: "Its states are the values of a choice.",
      example: """
        fields:
          status: {type: string}
        workflow:
          field: status
          initial: open
          states:
            open: {category: closed}
        """,
      fix: "Name a field of type choice."),
    RulePage(
      "bad-review-count", "This is not how many tickets make a recurrence.",
      why: "The review would never come, or always.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
          submitted_at: {type: instant}
          cause: {type: string}
        reviews:
          - {id: V-1, group_by: [type], count: 1, within: 30 days, require: [cause]}
        """,
      fix: "Write a whole number from 2 to 10000."),
    RulePage(
      "review-at-no-instant", "A review counts tickets by a field that is no instant.",
      why: "It is not known when they came.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
          cause: {type: string}
        reviews:
          - {id: V-1, group_by: [type], count: 5, within: 30 days, at: cause, require: [cause]}
        """,
      fix: "Name a field of type instant."),
    RulePage(
      "review-without-instant", "A review does not say when a ticket came.",
      why: "It cannot count tickets within a time.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
          cause: {type: string}
        reviews:
          - {id: V-1, group_by: [type], count: 5, within: 30 days, require: [cause]}
        """,
      fix: "Add `at` with a field of type instant, or declare `submitted_at`."),
    RulePage(
      "review-placeholder", "The message of a review names a field in which the tickets differ.",
      why: "There is no one value to show.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
          submitted_at: {type: instant}
          cause: {type: string}
        reviews:
          - {id: V-1, group_by: [type], count: 5, within: 30 days, require: [cause], message: 'because of {cause}'}
        """,
      fix: "Name `id` or a field of `group_by`."),
    RulePage(
      "too-many-review-fields", "A review requires more than 64 fields.",
      why: "A record of a review is read by people.",
      example: .manyFields,
      fix: "Require what holds the result of the review."),
  ]
}
