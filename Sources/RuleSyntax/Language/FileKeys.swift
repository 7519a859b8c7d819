extension Construct {
  static let ruleFileKeys: [Key] = [
    Key(
      "format", .text(.format), required: true, example: "1",
      "The format of the file, as its first key: `1`."),
    Key(
      "rulebook", .newName(.rulebook), example: "service-desk", "The rulebook's name; in one of its files."),
    Key(
      "title", .message(isTemplate: false), example: "{en: Service desk, zh: 服务台}",
      "What the rulebook is called where people read it."),
    Key(
      "time_zone", .text(.timeZone), example: "Asia/Shanghai",
      "The time zone of calendars that name none, and of local times in tickets. Default: UTC."),
    Key(
      "language", .text(.language), example: "zh", "The language of messages that are asked for without one."),
    Key(
      "fields", .named(.field, .mapping(.field)), example: "{product: {type: string}}",
      "The ticket's fields by name; `contact.name` is the field `name` of the nested object `contact`. "
        + "Whatever rules mention must be declared here."),
    Key(
      "calendars", .named(.calendar, .mapping(.calendar)),
      example: "{shift: {weekly_hours: {mon-fri: [09:00-17:00]}}}", "Working time by name."),
    Key(
      "priorities", .mapping(.priorities),
      example:
        "{levels: [high, low], hit: first, inputs: [type], rows: [{id: P-90, type: a, priority: high}], "
        + "otherwise: {priority: low}}", "How a ticket's priority is decided."),
    Key(
      "tables", .named(.table, .mapping(.table)),
      example:
        "{exposure: {hit: first, inputs: [type], outputs: {exposed: boolean}, rows: [{id: T-90, type: a, exposed: true}], "
        + "otherwise: {exposed: false}}}", "Named decisions beside priority and routing."),
    Key(
      "routing", .mapping(.routing),
      example:
        "{hit: first, inputs: [type], outputs: [team], rows: [{id: R-90, type: a, team: desk}], "
        + "otherwise: {team: desk}, teams: {desk: {}}}", "Who gets a ticket."),
    Key(
      "windows", .named(.window, .mapping(.window)),
      example: "{answer: {start: opened_at, stop: closed_at, target: 4 hours}}", "Response windows by id."),
    Key(
      "required_fields", .list(.mapping(.requiredFields)), example: "[{id: F-90, fields: [type]}]",
      "Which fields must be there from which state on."),
    Key(
      "checks", .list(.mapping(.check)), example: "[{id: C-90, expr: 'true'}]", "Conditions that must hold."),
    Key(
      "workflow", .mapping(.workflow),
      example: "{field: status, initial: open, states: {open: {category: open}}}",
      "The states of a ticket and the steps between them."),
    Key(
      "reviews", .list(.mapping(.review)), example: "[{id: V-90, when: {type: a}, require: [type]}]",
      "Which tickets get a retrospective."),
    Key(
      "notifications", .list(.mapping(.notification)), example: "[{id: N-90, on: finding, to: [assignee]}]",
      "Who is told of what."),
    Key(
      "waivers", .list(.mapping(.waiver)),
      example: "[{id: W-90, rule: F-90, until: 2026-12-31, by: owner-a, reason: no such field there}]",
      "Which tickets need not keep a rule for a time."),
  ]

  static let holidayFileKeys: [Key] = [
    Key("format", .text(.format), example: "1", "The format of the file: `1`. May be left out."),
    Key(
      "holidays", .list(.oneOf([.text(.dateRange), .mapping(.holiday)])),
      example: "[2026-01-01, {date: 2026-10-01..2026-10-07, name: 国庆节}]", "Days without hours."),
    Key(
      "special_days", .keyed(.date, .list(.text(.hours))), example: "{2026-10-10: [09:00-12:00]}",
      "Days with hours of their own, such as make-up working days; they override the week and the holidays."),
  ]
}
