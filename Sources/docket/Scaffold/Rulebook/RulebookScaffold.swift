import WorkingTime

/// The files that a new rulebook begins with: small, complete, with tests and samples that pass as they are.
struct RulebookScaffold {
  var name: String
  /// The tags of the languages that labels and messages have, the rulebook's own first.
  var languages: [Language]
  var timeZone: String
  /// As `weekly_hours` writes them: `mon-fri`, and `09:00-12:00`.
  var days: String
  var hours: [String]
  var teams: [String]
  /// The field that decides the priority.
  var field: String

  enum Language: String, CaseIterable { case chinese = "zh", english = "en" }

  /// Paths from the new folder on, and what stands there.
  var files: [(path: String, text: String)] {
    [
      ("README.md", readme), ("docket.yaml", settings), ("tickets/tickets.yaml", tickets),
      ("rules/rulebook.yaml", rulebook), ("rules/fields.yaml", fields), ("rules/calendar.yaml", calendar),
      ("rules/priorities.yaml", priorities), ("rules/routing.yaml", routing),
      ("rules/windows.yaml", windows), ("rules/required-fields.yaml", requiredFields),
      ("rules/tests/desk.test.yaml", tests),
    ]
  }

  // MARK: Words

  /// What is said to those who read the files, in the rulebook's own language.
  func say(_ chinese: String, _ english: String) -> String {
    languages.first == .chinese ? chinese : english
  }

  /// A label or a message in all languages.
  func localized(_ chinese: String, _ english: String) -> String {
    let texts = languages.map { $0 == .chinese ? chinese : english }
    if texts.count == 1 { return texts[0] }
    return "{" + zip(languages, texts).map { "\($0.rawValue): \($1)" }.joined(separator: ", ") + "}"
  }

  /// A team's name in words: `network-operations` is `Network operations`.
  private func title(of name: String) -> String {
    let words = name.split(separator: "-").joined(separator: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  private func label(ofTeam team: String) -> String {
    let chinese = ["service-desk": "服务台", "operations": "运维组"][team]
    return localized(chinese ?? title(of: team), title(of: team))
  }

  // MARK: Rules

  private var rulebook: String {
    """
    format: 1
    # \(say("本文件夹规则的名称、时区和语言。", "The name, the time zone and the language of the rules in this folder."))
    rulebook: \(name)
    title: \(localized("\(title(of: name))服务规则", "\(title(of: name)) rules"))
    time_zone: \(timeZone)
    language: \(languages.first?.rawValue ?? "en")

    """
  }

  private var fields: String {
    let areas = teams.map { "      \($0): {label: \(label(ofTeam: $0))}" }.joined(separator: "\n")
    return """
      format: 1
      # \(say("工单的字段。其他文件用这些名称。", "What a ticket holds. The other files use these names."))
      fields:
        id: {type: string, required: true, unique: true, label: \(localized("编号", "Number"))}
        # \(say("状态按先后排列：required-fields.yaml 中的 from 按此顺序。", "In the order of the work, which `from` in required-fields.yaml counts in."))
        status:
          type: choice
          required: true
          label: \(localized("状态", "Status"))
          values:
            new: {label: \(localized("新建", "New"))}
            in-progress: {label: \(localized("处理中", "In progress"))}
            waiting: {label: \(localized("等待用户", "Waiting for the requester"))}
            solved: {label: \(localized("已解决", "Solved"))}
            closed: {label: \(localized("已关闭", "Closed"))}
        title: {type: string, label: \(localized("标题", "Title"))}
        submitted_at: {type: instant, required: true, label: \(localized("提交时间", "Submitted at"))}
        responded_at: {type: instant, label: \(localized("首次响应时间", "First response at"))}
        \(field):
          type: choice
          ordered: true
          label: \(localized(field == "urgency" ? "紧急程度" : fieldTitle, fieldTitle))
          values:
            high: {label: \(localized("高", "High"))}
            medium: {label: \(localized("中", "Medium"))}
            low: {label: \(localized("低", "Low"))}
        # \(say("工单涉及谁的工作。", "Whose work the ticket is about."))
        area:
          type: choice
          label: \(localized("所属团队", "Area"))
          values:
      \(areas)
        solution: {type: string, label: \(localized("解决方案", "Solution"))}

      """
  }

  private var fieldTitle: String {
    let words = field.split(separator: "_").joined(separator: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  private var calendar: String {
    """
    format: 1
    # \(say("工作时间。节假日可逐日列出，例如 {date: 2026-10-01..2026-10-07}。", "Office hours. Days off are listed one by one, such as {date: 2026-12-25..2026-12-26}."))
    calendars:
      office:
        weekly_hours: {\(days): [\(hours.joined(separator: ", "))]}

    """
  }

  private var priorities: String {
    """
    format: 1
    # \(say("优先级：第一条适用的行。", "The priority: the first row that applies."))
    priorities:
      levels: [high, medium, low]
      hit: first
      inputs: [\(field)]
      rows:
        - {id: P-1, \(field): high, priority: high}
        - {id: P-2, \(field): medium, priority: medium}
      otherwise: {priority: low}

    """
  }

  /// The teams with a row of their own: all but the first, which gets the rest; a team that is alone needs one, too.
  var routed: [String] { teams.count == 1 ? teams : Array(teams.dropFirst()) }

  private var routing: String {
    let rows = routed.enumerated().map { "    - {id: R-\($0 + 1), area: \($1), team: \($1)}" }
    let members = teams.map { team in
      "    \(team): {label: \(label(ofTeam: team)), lead: \(team)-lead, members: [\(team)-lead]}"
    }
    return """
      format: 1
      # \(say("工单由谁处理。成员换成你们的人。", "Who gets a ticket. Put your people in place of the members."))
      routing:
        hit: first
        inputs: [area]
        outputs: [team]
        rows:
      \(rows.joined(separator: "\n"))
        otherwise: {team: \(teams[0])}
        teams:
      \(members.joined(separator: "\n"))

      """
  }

  private var windows: String {
    """
    format: 1
    # \(say("承诺的时限，以及超时通知谁。", "The times that are promised, and who is told when they are not kept."))
    windows:
      first-response:
        label: \(localized("首次响应", "First response"))
        start: submitted_at
        stop: responded_at
        target: {by: \(field), high: 2 working hours, medium: 1 working day, low: 3 working days}
        calendar: office
        pause: {status: waiting}
        warn: [80%]
        escalate:
          - {id: E-1, at: due, to: team.lead}

    """
  }

  private var requiredFields: String {
    """
    format: 1
    # \(say("从哪个状态起必须有哪些字段。", "Which fields must be there from which state on."))
    required_fields:
      - id: F-1
        fields: [title, \(field), area]
        message: \(localized("提交时所需的字段", "A new ticket needs this field"))
      - id: F-2
        from: solved
        fields: [responded_at, solution]
        message: \(localized("解决时须记录响应时间和解决方案", "A solved ticket records the response and the solution"))

    """
  }
}
