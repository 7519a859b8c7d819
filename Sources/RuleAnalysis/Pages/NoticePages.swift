import Diagnostics

extension RulePage {
  /// Who is told of what.
  static let noticePages: [RulePage] = [
    RulePage(
      "group-without-window", "Notices are grouped by the window, and none of them is about one.",
      why: "The key would have no effect: everything would be one group.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
          manager: {type: string}
        required_fields:
          - {id: F-1, fields: [manager]}
        notifications:
          - {id: N-1, on: finding, group_by: [window]}
        """,
      fix: "Group by `rule`, `team` or a field, or name an event of a window in `on`."),
    RulePage(
      "masked-group", "Notices are grouped by a masked field.",
      why: "What is masked must never be shown.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
          opened_at: {type: instant}
          closed_at: {type: instant}
          manager: {type: string, masked: true}
        windows:
          answer: {start: opened_at, stop: closed_at, target: 4 hours, warn: [80%]}
        notifications:
          - {id: N-1, on: window.warning, group_by: [manager]}
        """,
      fix: "Group by a field that is not masked."),
    RulePage(
      "masked-recipient", "Somebody is told by a masked field.",
      why: "What is masked must never be shown.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
          opened_at: {type: instant}
          closed_at: {type: instant}
          manager: {type: string, masked: true}
        windows:
          answer: {start: opened_at, stop: closed_at, target: 4 hours, warn: [80%]}
        notifications:
          - {id: N-1, on: window.warning, to: manager}
        """,
      fix: "Name a field that is not masked, a role or a person."),
    RulePage(
      "missing-calendar", "`deliver: working-time` does not say whose.",
      why: "There are several calendars, or none.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
          opened_at: {type: instant}
          closed_at: {type: instant}
          manager: {type: string}
        windows:
          answer: {start: opened_at, stop: closed_at, target: 4 hours, warn: [80%]}
        notifications:
          - {id: N-1, on: window.warning, deliver: working-time}
        """,
      fix: "Add `calendar`."),
    RulePage(
      "not-a-period", "This is no time to wait.",
      why: "Waiting needs elapsed time of at least a second.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
          opened_at: {type: instant}
          closed_at: {type: instant}
          manager: {type: string}
        windows:
          answer: {start: opened_at, stop: closed_at, target: 4 hours, warn: [80%]}
        notifications:
          - {id: N-1, on: window.breached, repeat: 2 working hours}
        """,
      fix: "Write elapsed time, such as `5 minutes`."),
    RulePage(
      "nothing-to-repeat", "`repeat` stands where nothing goes on.",
      why: "Only a breach and an escalation go on until somebody acts.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
          opened_at: {type: instant}
          closed_at: {type: instant}
          manager: {type: string}
        windows:
          answer: {start: opened_at, stop: closed_at, target: 4 hours, warn: [80%]}
        notifications:
          - {id: N-1, on: window.warning, repeat: 4 hours}
        """,
      fix: "Remove it, or name `window.breached`."),
    RulePage(
      "placeholder-without-window", "A message speaks of a window, and not every event of `on` is about one.",
      why: "The message would have a hole.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
          opened_at: {type: instant}
          closed_at: {type: instant}
          manager: {type: string}
        windows:
          answer: {start: opened_at, stop: closed_at, target: 4 hours, warn: [80%]}
        notifications:
          - {id: N-1, on: [window.warning, finding], message: 'due {window.due_at}'}
        """,
      fix: "Leave it out, or split the notification."),
    RulePage(
      "recipient-as-name", "Somebody is told by a name that is nearly a role or a field.",
      why: "It is taken as the name of a person or a channel, which is seldom meant.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
          opened_at: {type: instant}
          closed_at: {type: instant}
          manager: {type: string}
        windows:
          answer: {start: opened_at, stop: closed_at, target: 4 hours, warn: [80%]}
        notifications:
          - {id: N-1, on: window.warning, to: manger}
        """,
      fix: "Correct the name, if a role or a field was meant."),
    RulePage(
      "status-with-others", "`status.changed` stands beside other events.",
      why: "Its condition is asked at the change, and theirs now.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
          opened_at: {type: instant}
          closed_at: {type: instant}
          manager: {type: string}
        windows:
          answer: {start: opened_at, stop: closed_at, target: 4 hours, warn: [80%]}
        notifications:
          - {id: N-1, on: [status.changed, window.breached]}
        """,
      fix: "Give it a notification of its own."),
    RulePage(
      "unknown-recipient", "This is no role of a team.",
      why: "Nobody would be told.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
          opened_at: {type: instant}
          closed_at: {type: instant}
          manager: {type: string}
        windows:
          answer: {start: opened_at, stop: closed_at, target: 4 hours, warn: [80%]}
        notifications:
          - {id: N-1, on: window.warning, to: team.leed}
        """,
      fix: "Write `team`, `team.lead`, `team.members` or `assignee`."),
    RulePage(
      "unused-calendar", "`calendar` stands at a notification that is sent at once.",
      why: "It would have no effect.",
      example: """
        calendars:
          office: {weekly_hours: {mon-fri: [09:00-17:00]}}
        fields:
          type: {type: choice, values: [fault, question]}
          opened_at: {type: instant}
          closed_at: {type: instant}
          manager: {type: string}
        windows:
          answer: {start: opened_at, stop: closed_at, target: 4 hours, warn: [80%]}
        notifications:
          - {id: N-1, on: window.warning, calendar: office}
        """,
      fix: "Add `deliver: working-time`, or remove it."),
    RulePage(
      "wait-without-group", "`group_wait` stands without `group_by`.",
      why: "There is nothing to wait for.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
          opened_at: {type: instant}
          closed_at: {type: instant}
          manager: {type: string}
        windows:
          answer: {start: opened_at, stop: closed_at, target: 4 hours, warn: [80%]}
        notifications:
          - {id: N-1, on: window.warning, group_wait: 5 minutes}
        """,
      fix: "Add `group_by`, or remove it."),
  ]
}
