import Diagnostics

extension RulePage {
  /// Calendars, durations and windows.
  static let timePages: [RulePage] = [
    RulePage(
      "bad-calendar", "A calendar has no hours, or hours that overlap.",
      why: "Working time could not be counted.",
      example: """
        fields:
          a: {type: string}
        calendars:
          office: {weekly_hours: {mon: [09:00-12:00, 11:00-13:00]}}
        """,
      fix: "Correct the hours."),
    RulePage(
      "bad-duration", "This is no duration.",
      why: "The target would mean nothing.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
          opened_at: {type: instant}
          closed_at: {type: instant}
        windows:
          answer: {start: opened_at, stop: closed_at, target: soon}
        """,
      fix: "Write `4 hours`, `2 working hours`, `3 working days` or `end of next working day`."),
    RulePage(
      "bad-icalendar", "A holiday file is no iCalendar file.",
      why: "Its holidays would be working days.",
      example: Example(
        "fields:\n  a: {type: string}\ncalendars:\n  office: {weekly_hours: {mon: [09:00-12:00]}, holidays: [{ics: cn.ics}]}",
        files: [("cn.ics", "no calendar\n")]),
      fix: "Save the calendar as iCalendar (.ics)."),
    RulePage(
      "boundary-is-no-instant", "A window starts or stops at a field that is no instant.",
      why: "No time can be counted from it.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
          opened_at: {type: date}
          closed_at: {type: instant}
        windows:
          answer: {start: opened_at, stop: closed_at, target: 4 hours}
        """,
      fix: "Name a field of type instant, or write `{status: value}`."),
    RulePage(
      "holidays-end", "The last holiday of a calendar lies in this year.",
      why: "From the next year on holidays would be counted as working days, and targets be too short.",
      example: """
        fields:
          a: {type: string}
        calendars:
          office: {weekly_hours: {mon: [09:00-12:00]}, holidays: [2026-10-01..2026-10-07]}
        """,
      fix: "Add the holidays of the next year."),
    RulePage(
      "unknown-time-zone", "The system's tz database has no zone of this name.",
      why: "Local times could not be read.",
      example: """
        time_zone: Asia/Shanghi
        fields:
          a: {type: string}
        """,
      fix: "Write an IANA name such as Asia/Shanghai, and see that tzdata is installed."),
    RulePage(
      "working-time-without-calendar", "A duration counts working time, and its window has no calendar.",
      why: "Nobody knows which hours count.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
          opened_at: {type: instant}
          closed_at: {type: instant}
        windows:
          answer: {start: opened_at, stop: closed_at, target: 3 working days}
        """,
      fix: "Add `calendar`, or write elapsed time."),
    RulePage(
      "decision-over-history", "What starts, stops or pauses a window reads a decision.",
      why: "It is asked of earlier instants, at which only the ticket's own fields are known.",
      example: """
        fields:
          type: {type: choice, values: [fault, question]}
          opened_at: {type: instant}
          closed_at: {type: instant}
        priorities:
          levels: [high, low]
          hit: first
          inputs: [type]
          rows:
            - {id: P-1, type: fault, priority: high}
          otherwise: {priority: low}
        windows:
          answer: {start: opened_at, stop: {priority: high}, target: 4 hours}
        """,
      fix: "Use a field of the ticket, or put the condition under `when`."),
  ]
}
