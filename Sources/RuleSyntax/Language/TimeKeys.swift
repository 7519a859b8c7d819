extension Construct {
  static let calendarKeys: [Key] = [
    Key(
      "time_zone", .text(.timeZone), example: "Europe/Berlin",
      "The zone of its hours. Default: the rulebook's."),
    Key(
      "weekly_hours", .keyed(.weekdays, .list(.text(.hours))), required: true,
      example: "{mon-fri: [09:00-12:00, 13:30-18:00]}",
      "The hours of a week by weekday. An end at or before its start is meant on the next day."),
    Key(
      "holidays", .list(.oneOf([.text(.dateRange), .mapping(.holiday), .mapping(.holidaySource)])),
      example: "[2026-10-01..2026-10-07, {date: 2026-01-01, name: New Year}]",
      "Days without hours, or the files that list them."),
    Key(
      "special_days", .keyed(.date, .list(.text(.hours))), example: "{2026-10-10: [09:00-12:00]}",
      "Days with hours of their own, such as make-up working days; they override the week and the holidays."),
  ]

  static let holidayKeys: [Key] = [
    Key("date", .text(.dateRange), required: true, example: "2026-10-01..2026-10-07", "The day or days."),
    Key("name", .message(isTemplate: false), example: "国庆节", "What the days are called."),
  ]

  static let holidaySourceKeys: [Key] = [
    Key("file", .text(.path), example: "holidays/cn-2026.yaml", "A YAML file of days off and special days."),
    Key("ics", .text(.path), example: "holidays/cn.ics", "An iCalendar file (RFC 5545)."),
  ]

  static let windowKeys: [Key] = [
    Key(
      "label", .message(isTemplate: false), example: "{en: First response}", "What people call the window."),
    Key("when", .condition, example: "{type: a}", "Which tickets have the window. Default: all."),
    Key(
      "start", .oneOf([.name(.field), .condition]), required: true, example: "opened_at",
      "The event at which it starts: an instant field, or a condition such as `{status: assigned}`."),
    Key(
      "stop", .oneOf([.name(.field), .condition]), required: true, example: "closed_at",
      "The event at which it stops."),
    Key(
      "target", .oneOf([.text(.duration), .mapping(.targetByValue), .mapping(.targetTable)]), required: true,
      example: "4 hours",
      "How long it may take: a duration, durations by the values of a field, or a decision table."),
    Key("calendar", .name(.calendar), example: "office", "The calendar that working time counts in."),
    Key("pause", .condition, example: "{status: open}", "While it holds, the window's time stands still."),
    Key("cancel", .condition, example: "{status: open}", "Once it holds, the window is void."),
    Key(
      "on_reopen", .word(ReopenPolicy.words), example: "restart",
      "What becomes of the window when the ticket is opened again after the stop: `resume`, `restart` or `keep`."
    ),
    Key(
      "on_target_change", .word(TargetChangePolicy.words), example: "from-start",
      "What it does when its target changes: count from its start (`from-start`), from the change (`from-change`), or `keep` "
        + "the old target."),
    Key(
      "warn", .list(.text(.warningLevel)), example: "[50%, 80%]",
      "When people are warned: percentages of the target, or `due - 1 working hour`."),
    Key(
      "escalate", .list(.mapping(.escalation)), example: "[{id: E-90, at: due, to: team.lead}]",
      "Who is told when, as the window nears its end or has passed it."),
  ]

  static let escalationKeys: [Key] = [
    Key("id", .newName(.escalation), required: true, example: "E-91", "Its id, unique in the rulebook."),
    Key(
      "at", .text(.escalationLevel), required: true, example: "due + 4 hours",
      "When: `due`, before or after it, or a percentage of the target."),
    Key("to", recipients, required: true, example: "[assignee, team.lead]", "Who is told."),
    Key("when", .condition, example: "{type: a}", "Of which tickets. Default: all that have the window."),
    Key("via", notifiers, example: "[chat]", "Through which notifiers of docket.yaml. Default: all."),
    Key("message", .message(isTemplate: true), example: "'{id} is late'", "In which words."),
  ]

  static let recipients = Shape.oneOf([.name(.recipient), .list(.name(.recipient))])
  static let notifiers = Shape.oneOf([.name(.notifier), .list(.name(.notifier))])

  static let targetByValueKeys: [Key] = [
    Key(
      "by", .name(.field), required: true, example: "type", "The field or decision whose values have targets."
    ),
    Key("otherwise", .text(.duration), example: "3 working days", "The target of every other value."),
  ]
}

extension ReopenPolicy { static let words = allCases.map(\.rawValue) }
extension TargetChangePolicy { static let words = allCases.map(\.rawValue) }
