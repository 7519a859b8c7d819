import TestSupport
import Testing
import TicketModel
import WorkingTime

@testable import RuleEvaluator

@Suite("What findings say")
struct FindingTextTests {
  static let rules = """
    time_zone: UTC
    fields:
      id: {type: string}
      title: {type: string, required: true, label: {en: Title, zh: 标题}}
      cause: {type: string, label: {en: Cause, zh: 原因}}
      phone: {type: string, masked: true, label: {en: Phone, zh: 电话}}
      level: {type: choice, label: {en: Level, zh: 级别}, values: {high: {label: {en: High, zh: 高}}, low: {label: {en: Low, zh: 低}}}}
      status: {type: choice, label: {en: Status, zh: 状态}, values: [open, waiting, done]}
      users: {type: integer, min: 0, max: 100, label: {en: Users, zh: 用户数}}
      least: {type: integer, min: 1}
      most: {type: number, max: 2.5}
      price: {type: number, label: {en: Price, zh: 价格}}
      vip: {type: boolean, label: {en: VIP, zh: 贵宾}}
      day: {type: date, label: {en: Day, zh: 日期}}
      effort: {type: duration, label: {en: Effort, zh: 工时}}
      steps: {type: list, label: {en: Steps, zh: 步骤}}
      opened_at: {type: instant, label: {en: Opened, zh: 提交时间}}
      closed_at: {type: instant}
      secret: {type: integer, masked: true, max: 5}
      code: {type: string, matches: '[A-Z]+-[0-9]+', label: {en: Code, zh: 代码}}
      key: {type: string, masked: true, matches: '[a-z]+', label: {en: Key, zh: 密钥}}
    calendars:
      days: {weekly_hours: {mon-fri: [09:00-17:00]}}
      once: {weekly_hours: {}, special_days: {2026-03-02: [09:00-10:00]}}
    priorities:
      field: level
      levels: [high, low]
      hit: first
      inputs: [users]
      rows:
        - {id: P-1, users: 50..., priority: high}
      otherwise: {priority: low}
    tables:
      one: {hit: unique, inputs: [cause], outputs: [o], rows: [{id: O-1, cause: a, o: x}, {id: O-2, cause: a | b, o: x}], otherwise: {o: y}}
      same: {hit: any, inputs: [cause], outputs: [p], rows: [{id: S-1, cause: a, p: x}, {id: S-2, cause: a | b, p: y}], otherwise: {p: y}}
      sum: {hit: collect sum, inputs: [cause], outputs: {q: integer}, rows: [{id: Q-1, cause: a, q: 9223372036854775807}, {id: Q-2, cause: a, q: 1}], otherwise: {q: 0}}
      sure: {hit: first, inputs: [title], outputs: [r], rows: [{id: R-1, title: present, r: x}]}
    windows:
      reply:
        label: {en: Reply, zh: 答复}
        start: opened_at
        stop: closed_at
        target: 2 hours
        warn: [50%]
      fix: {label: {en: Repair, zh: 修复}, start: opened_at, stop: closed_at, target: 3 working hours, calendar: days, warn: [50%]}
      hold: {label: {en: Hold, zh: 等待}, when: {cause: paused}, start: opened_at, stop: {status: done}, target: 1 hour}
      aim: {label: {en: Aim, zh: 目标}, when: {cause: aimless}, start: opened_at, stop: closed_at, target: {by: level, high: 1 hour, low: 1 hour}}
      far: {label: {en: Far, zh: 远期}, when: {cause: far}, start: opened_at, stop: closed_at, target: 3 working hours, calendar: once}
    checks:
      - {id: C-1, when: {cause: checked}, expr: users.orValue(0) > 3}
      - {id: C-2, when: {cause: checked}, expr: users.orValue(0) > 3, severity: warning, message: {en: "{users} users {phone}", zh: "{users} 个用户"}}
      - {id: C-3, when: {cause: divided}, expr: 10 / users.orValue(0) > 3}
      - {id: C-4, when: {cause: divided}, expr: 10 / secret.orValue(0) > 3}
    required_fields:
      - {id: F-1, when: {cause: a | b}, fields: [steps]}
      - {id: F-2, when: {cause: b}, fields: [price], severity: warning, message: {en: "{id} of level {level} has no {field}", zh: "{id}（{level}）缺少{field}"}}
      - {id: F-3, when: {cause: c}, fields: [vip], message: {en: "Ask {phone} on {day}, {opened_at}, {users}, {most}, {steps}, {effort}", zh: "请联系 {phone}"}}
    """

  /// The messages about one ticket; every one that is not about what the case is about is left out by `like`.
  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var ticket: String
    var now = "2026-03-02T12:00Z"
    var english: [String]
    var chinese: [String]
  }

  static let cases = [
    Case(
      testDescription: "a missing field", ticket: #""cause": "a""#,
      english: [
        "rows O-1 (rules.yaml:36) and O-2 (rules.yaml:36) of tables.one both match, but the hit policy is unique",
        "rows S-1 (rules.yaml:37) and S-2 (rules.yaml:37) of tables.same both match with different outputs, but the hit policy is any",
        "the sum of tables.sum does not fit 64 bits", "Steps is missing",
      ],
      chinese: [
        "tables.one 的 O-1 (rules.yaml:36) 与 O-2 (rules.yaml:36) 同时命中，但命中策略为 unique",
        "tables.same 的 S-1 (rules.yaml:37) 与 S-2 (rules.yaml:37) 同时命中而结果不同，但命中策略为 any",
        "tables.sum 的合计超出 64 位整数", "缺少“步骤”",
      ]),
    Case(
      testDescription: "a missing field in the rule's own words",
      ticket: #""id": "T-1", "cause": "b", "level": "低""#,
      english: ["Steps is missing", "T-1 of level Low has no Price"],
      chinese: ["缺少“步骤”", "T-1（低）缺少价格"]),
    Case(
      testDescription: "values in the rule's own words, without those that are masked",
      ticket:
        #""cause": "c", "phone": "555", "day": "2026-03-01", "opened_at": "2026-03-02T20:00+08:00", "users": 7, "most": 1.5, "steps": [1]"#,
      english: ["Ask *** on 2026-03-01, 2026-03-02T12:00:00Z, 7, 1.5, [1], — (VIP is missing)"],
      chinese: ["请联系 ***（缺少“贵宾”）"]),
    Case(
      testDescription: "values of another type",
      ticket:
        #""phone": {"x": 1}, "users": 1.5, "price": "dear", "vip": "yes", "day": "2026-02-30", "effort": "4", "steps": 1, "opened_at": "now""#,
      english: [
        "Phone is ***, which is not a text", "Users is 1.5, which is not an integer",
        "Price is dear, which is not a number", "VIP is yes, which is not true or false",
        "Day is 2026-02-30, which is not a date such as 2026-03-02",
        "Effort is 4, which is not a duration such as 4 hours", "Steps is 1, which is not a list",
        "Opened is now, which is not an instant such as 2026-03-02T09:00:00+08:00",
      ],
      chinese: [
        "“电话”的值 *** 不是文本", "“用户数”的值 1.5 不是整数", "“价格”的值 dear 不是数字", "“贵宾”的值 yes 不是 true 或 false",
        "“日期”的值 2026-02-30 不是日期，例如 2026-03-02", "“工时”的值 4 不是时长，例如 4 hours", "“步骤”的值 1 不是列表",
        "“提交时间”的值 now 不是时间，例如 2026-03-02T09:00:00+08:00",
      ]),
    Case(
      testDescription: "values that are none of a choice's or out of range",
      ticket: #""level": "hihg", "status": "none", "users": 101, "least": 0, "most": 3, "secret": 77"#,
      english: [
        "Level is hihg, which is none of its values; did you mean 'high'?",
        "Status is none, which is none of its values; did you mean 'done'?",
        "Users is 101, which is out of range (0...100)", "least is 0, which is out of range (1...)",
        "most is 3, which is out of range (...2.5)", "secret is ***, which is out of range (...5)",
      ],
      chinese: [
        "“级别”的值 hihg 不在可选值之中，是否应为“high”？", "“状态”的值 none 不在可选值之中，是否应为“done”？", "“用户数”的值 101 超出允许范围 (0...100)",
        "“least”的值 0 超出允许范围 (1...)", "“most”的值 3 超出允许范围 (...2.5)", "“secret”的值 *** 超出允许范围 (...5)",
      ]),
    Case(
      testDescription: "a field that stands twice", ticket: #""users": 1, "users": 2"#,
      english: ["Users stands twice; the first one counts"], chinese: ["“用户数”出现了两次，以第一次为准"]),
    Case(
      testDescription: "texts of another form", ticket: #""code": "x-1", "key": "A1""#,
      english: [
        "Code is x-1, which does not match [A-Z]+-[0-9]+", "Key is ***, which does not match [a-z]+",
      ],
      chinese: ["“代码”的值 x-1 不符合格式 [A-Z]+-[0-9]+", "“密钥”的值 *** 不符合格式 [a-z]+"]),
    Case(
      testDescription: "checks that fail", ticket: #""cause": "checked", "users": 2, "phone": "5""#,
      english: ["this does not hold: users.orValue(0) > 3", "2 users ***"],
      chinese: ["不满足条件：users.orValue(0) > 3", "2 个用户"]),
    Case(
      testDescription: "expressions without a value", ticket: #""cause": "divided""#,
      english: [
        "an expression has no value: division by zero",
        "an expression has no value; it reads a masked field, so the reason is not shown",
      ],
      chinese: ["表达式无法求值：division by zero", "表达式无法求值（涉及已屏蔽的字段，不显示原因）"]),
    Case(
      testDescription: "a history that steps back",
      ticket: #""history": [{"at": "2026-03-02T10:00Z", "set": {}}, {"at": "2026-03-02T09:00Z", "set": {}}]"#,
      english: ["the history steps back in time; it was read in order of time"],
      chinese: ["历史记录的时间顺序有误，已按时间先后重新排列"]),
    Case(
      testDescription: "an entry of the history that is none", ticket: #""history": [7]"#,
      english: ["an entry of the history is not of the form {at, by, set}; it was left out"],
      chinese: ["历史记录有一项不是 {at, by, set} 的形式，已忽略"]),
    Case(
      testDescription: "another priority", ticket: #""level": "low", "users": 60"#,
      english: ["the recorded priority is Low, but rule P-1 decides High"],
      chinese: ["记录的优先级为“低”，按规则 P-1 应为“高”"]),
    Case(
      testDescription: "a table without a row", ticket: #""title": null"#,
      english: [
        "no row of tables.sure matches, for one of its inputs is missing or not valid", "Title is missing",
      ],
      chinese: ["tables.sure 没有任何一行命中，因为有输入值缺失或无效", "缺少“标题”"]),
    Case(
      testDescription: "windows that are about to breach", ticket: #""opened_at": "2026-03-02T10:30Z""#,
      english: [
        "Reply is due at 2026-03-02T12:30:00Z, in 30 min",
        "Repair is due at 2026-03-02T13:30:00Z, in working time of 1 h 30 min",
      ],
      chinese: [
        "“答复”将于 2026-03-02T12:30:00Z 到期，剩余 30 分钟", "“修复”将于 2026-03-02T13:30:00Z 到期，剩余工作时间 1 小时 30 分钟",
      ]),
    Case(
      testDescription: "windows that are late", ticket: #""opened_at": "2026-02-27T11:15Z""#,
      english: [
        "Reply was due at 2026-02-27T13:15:00Z and is late by 2 d 22 h",
        "Repair was due at 2026-02-27T14:15:00Z and is late by working time of 5 h 45 min",
      ],
      chinese: [
        "“答复”应于 2026-02-27T13:15:00Z 前完成，已超时 2 天 22 小时", "“修复”应于 2026-02-27T14:15:00Z 前完成，已超时工作时间 5 小时 45 分钟",
      ]),
    Case(
      testDescription: "windows that were met late",
      ticket: #""opened_at": "2026-03-02T09:00Z", "closed_at": "2026-03-02T12:00:20Z""#,
      now: "2026-03-02T13:00Z",
      english: [
        "Reply was due at 2026-03-02T11:00:00Z and was met late by 1 h",
        "Repair was due at 2026-03-02T12:00:00Z and was met late by working time of less than a minute",
      ],
      chinese: [
        "“答复”应于 2026-03-02T11:00:00Z 前完成，实际超时 1 小时", "“修复”应于 2026-03-02T12:00:00Z 前完成，实际超时工作时间 不到 1 分钟",
      ]),
    Case(
      testDescription: "windows that cannot be computed",
      ticket: #""cause": "paused""#,
      english: ["Hold cannot be computed: the ticket has no history that says when its status changed"],
      chinese: ["“等待”无法计算：工单没有 history，不知道状态何时改变"]),
    Case(
      testDescription: "windows without a target", ticket: #""cause": "aimless""#,
      english: ["Aim cannot be computed: its target was not decided"], chinese: ["“目标”无法计算：没有得出目标时长"]),
    Case(
      testDescription: "windows beyond their calendar",
      ticket: #""cause": "far", "opened_at": "2026-03-02T11:59Z""#,
      english: ["Far cannot be computed: it is due beyond the calendar's end"],
      chinese: ["“远期”无法计算：到期时间超出日历范围"]),
    Case(
      testDescription: "windows that stop before they start",
      ticket: #""opened_at": "2026-03-02T10:00Z", "closed_at": "2026-03-02T09:00Z""#,
      english: [
        "Reply stops before it starts; it counts as no time at all",
        "Repair stops before it starts; it counts as no time at all",
      ],
      chinese: ["“答复”的结束早于开始，按零时长计算", "“修复”的结束早于开始，按零时长计算"]),
  ]

  @Test("of", arguments: cases)
  func messages(_ test: Case) throws {
    let rulebook = try compile(Self.rules)
    let title = test.ticket.contains("title") ? "" : #""title": "t", "#
    let ticket = try rulebook.ticket("{\(title)\(test.ticket)}")
    let decision = rulebook.decision(about: ticket, at: try instant(test.now))
    for (language, expected) in [("en", test.english), ("zh", test.chinese)] {
      let text = FindingText(rulebook, language: language)
      #expect(decision.findings.map { text.message(of: $0, of: ticket, decision) } == expected)
    }
  }

  @Test("covers every kind of finding")
  func everyKind() throws {
    let rulebook = try compile(Self.rules)
    var kinds = Set<Finding.Kind>()
    for test in Self.cases {
      let title = test.ticket.contains("title") ? "" : #""title": "t", "#
      let ticket = try rulebook.ticket("{\(title)\(test.ticket)}")
      kinds.formUnion(rulebook.decision(about: ticket, at: try instant(test.now)).findings.map(\.kind))
    }
    #expect(kinds.count == 16)
  }

  @Test("of long values is cut, so that one bad record does not flood the report")
  func longValues() throws {
    let rulebook = try compile(Self.rules)
    let ticket = try rulebook.ticket(#"{"title": "t", "level": "\#(String(repeating: "长", count: 100))"}"#)
    let decision = rulebook.decision(about: ticket, at: .earliest)
    let message = FindingText(rulebook, language: "en").message(
      of: decision.findings[0], of: ticket, decision)
    #expect(message == "Level is \(String(repeating: "长", count: 57))…, which is none of its values")
  }

  @Test(
    "of durations names the two largest units",
    arguments: [
      (0, "less than a minute", "不到 1 分钟"), (59_999, "less than a minute", "不到 1 分钟"),
      (60_000, "1 min", "1 分钟"),
      (3_600_000, "1 h", "1 小时"), (90_000_000, "1 d 1 h", "1 天 1 小时"), (86_460_000, "1 d 1 min", "1 天 1 分钟"),
      (172_800_000, "2 d", "2 天"),
    ])
  func durations(milliseconds: Int64, english: String, chinese: String) {
    let text = DurationText(milliseconds: milliseconds, isWorking: false)
    #expect(text.text(.english) == english && text.text(.chinese).drop { $0 == " " } == chinese)
  }
}
