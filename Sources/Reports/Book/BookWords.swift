import Diagnostics
import RuleEvaluator
import TicketModel
import WorkingTime

/// All wording of policy books.
struct BookWords: Sendable {
  let language: Language

  private func say(_ chinese: String, _ english: String) -> String {
    language == .chinese ? chinese : english
  }

  private func say(_ chinese: [String], _ english: [String]) -> [String] {
    language == .chinese ? chinese : english
  }

  func title(_ rulebook: String) -> String { say("\(rulebook)：规则手册", "\(rulebook): policy book") }
  func origin(_ identity: String) -> String { say("由 \(identity) 生成", "made of \(identity)") }
  var contents: String { say("目录", "Contents") }

  // MARK: Punctuation

  var separator: String { say("、", ", ") }
  var choiceSeparator: String { say("、", " | ") }
  var clause: String { say("；", "; ") }
  var and: String { say("，且", " and ") }

  // MARK: Chapters

  var overview: String { say("概览", "Overview") }
  var calendars: String { say("日历", "Calendars") }
  var fields: String { say("字段", "Fields") }
  var priorities: String { say("优先级", "Priorities") }
  var tables: String { say("决策表", "Decision tables") }
  var routing: String { say("分派", "Routing") }
  var windows: String { say("时限", "Response windows") }
  var requirements: String { say("必填字段", "Required fields") }
  var checks: String { say("检查", "Checks") }
  var workflow: String { say("状态流转", "Workflow") }
  var reviews: String { say("复盘", "Reviews") }
  var notifications: String { say("通知", "Notifications") }
  var waivers: String { say("豁免", "Waivers") }

  // MARK: Overview

  var what: String { say("项目", "What") }
  var value: String { say("内容", "Value") }
  var name: String { say("规则集", "Rulebook") }
  var identity: String { say("版本", "Version") }
  var timeZone: String { say("时区", "Time zone") }
  var languageName: String { say("语言", "Language") }
  var decisionRows: String { say("决策表的行", "Rows of decision tables") }
  var states: String { say("状态", "States") }
  var howToRead: String {
    say(
      "每条规则都注明编号以及所在的文件和行；检查结果以同一编号引用规则。",
      "Each rule has its id, and the file and line where it stands; findings speak of rules by these ids.")
  }

  // MARK: Calendars

  func inZone(_ zone: String) -> String { say("时区 \(zone)", "Time zone \(zone)") }
  var weekdays: String { say("星期", "Days") }
  var hours: String { say("工作时间", "Hours") }
  var closed: String { say("休息", "closed") }
  var year: String { say("年份", "Year") }
  var daysOff: String { say("节假日", "Days off") }
  var specialDay: String { say("特殊日期", "Special day") }
  func weekday(_ day: Weekday) -> String {
    switch (language, day) {
    case (.chinese, _): day.chineseName
    case (_, .monday): "Monday"
    case (_, .tuesday): "Tuesday"
    case (_, .wednesday): "Wednesday"
    case (_, .thursday): "Thursday"
    case (_, .friday): "Friday"
    case (_, .saturday): "Saturday"
    case (_, .sunday): "Sunday"
    }
  }

  // MARK: Fields

  var fieldHeader: [String] {
    say(["字段", "名称", "类型", "要求"], ["Field", "Name", "Type", "Demands"])
  }
  func type(_ type: FieldType) -> String {
    switch type {
    case .text: say("文本", "text")
    case .integer: say("整数", "integer")
    case .number: say("数字", "number")
    case .boolean: say("是/否", "yes or no")
    case .instant: say("时间", "instant")
    case .date: say("日期", "date")
    case .duration: say("时长", "length of time")
    case .choice, .list, .object: type.name
    }
  }
  func oneOf(_ labels: [String]) -> String {
    say("以下之一：", "one of: ") + labels.joined(separator: choiceSeparator)
  }
  func listOf(_ element: String) -> String { say("列表：\(element)", "list of: \(element)") }
  var isRequired: String { say("必填", "required") }
  var isUnique: String { say("不可重复", "unique") }
  var isMasked: String { say("不显示", "masked") }
  func atLeast(_ number: String) -> String { say("不小于 \(number)", "at least \(number)") }
  func atMost(_ number: String) -> String { say("不大于 \(number)", "at most \(number)") }
  var form: String { say("格式 ", "form ") }

  // MARK: Tables

  var rule: String { say("规则", "Rule") }
  var condition: String { say("条件", "Condition") }
  var otherwise: String { say("其余情况", "otherwise") }
  var team: String { say("团队", "Team") }
  var assignee: String { say("负责人", "Assignee") }
  func output(_ label: String) -> String { "→ \(label)" }
  func levels(_ levels: String) -> String { say("从高到低：\(levels)", "Most pressing first: \(levels)") }
  func comparedWith(_ field: String) -> String {
    say(
      "与记录的“\(field)”比较；不一致即为检查结果。",
      "The decision is compared with the recorded \(field); a difference is a finding.")
  }
  func policy(_ policy: HitPolicy) -> String {
    switch policy {
    case .unique: say("最多一行命中。", "At most one row applies.")
    case .any: say("可以多行命中，但结果必须一致。", "Several rows may apply if they agree.")
    case .first: say("自上而下，取第一条适用的行。", "The first row that applies decides, from top to bottom.")
    case .priority:
      say("取结果排在最前的行。", "Of all rows that apply the one decides whose result comes first.")
    case .collect(nil): say("取所有适用的行，不分先后。", "All rows that apply, in no particular order.")
    case .collect(.sum?): say("取所有适用的行之和。", "The sum of all rows that apply.")
    case .collect(.min?): say("取所有适用的行的最小值。", "The least of all rows that apply.")
    case .collect(.max?): say("取所有适用的行的最大值。", "The greatest of all rows that apply.")
    case .collect(.count?): say("取适用的行数。", "The number of rows that apply.")
    case .ruleOrder: say("取所有适用的行，按行序。", "All rows that apply, in the order of the rows.")
    case .outputOrder: say("取所有适用的行，按结果排序。", "All rows that apply, in the order of their results.")
    }
  }

  // MARK: Routing

  var teams: String { say("团队", "Teams") }
  var teamHeader: [String] {
    say(["团队", "名称", "组长", "成员", "负责人的确定"], ["Team", "Name", "Lead", "Members", "Who gets a ticket"])
  }
  func assignment(_ assignment: RoutingDecision.Team.Assignment) -> String {
    switch assignment {
    case .none: say("由团队决定", "the team decides")
    case .first: say("第一名成员", "the first member")
    case .roundRobin: say("轮流", "members in turn")
    case .leastLoaded: say("未完成工单最少者", "whoever has the fewest open tickets")
    }
  }
  func away(_ member: String, _ from: String, _ until: String) -> String {
    say("\(member) 缺勤（\(from) 至 \(until)）", "\(member) is away (\(from) to \(until))")
  }
}

// MARK: - Windows

extension BookWords {
  var window: String { say("时限", "Window") }
  var when: String { say("适用条件", "When") }
  var start: String { say("开始", "Start") }
  var stop: String { say("结束", "Stop") }
  var target: String { say("目标", "Target") }
  var calendar: String { say("日历", "Calendar") }
  var pause: String { say("暂停", "Waits while") }
  var cancel: String { say("取消", "Cancelled when") }
  var reopening: String { say("重新打开时", "When reopened") }
  var targetChange: String { say("目标改变时", "When the target changes") }
  func instant(of field: String) -> String { say("“\(field)”", field) }
  func targetBy(_ fields: String) -> String { say("取决于\(fields)", "by \(fields)") }

  func reopening(_ mode: Transition.Reopening) -> String {
    switch mode {
    case .resume: say("以剩余时间继续", "goes on with what was left")
    case .restart: say("重新计时", "begins anew")
    case .keep: say("保持首次结果", "the first result stays")
    }
  }
  func change(_ change: ResponseWindow.TargetChange) -> String {
    switch change {
    case .fromStart: say("新目标自开始时起算", "the new target counts from the start")
    case .fromChange: say("新目标自改变时起算", "the new target counts from the change")
    case .keep: say("保持最初目标", "the first target stays")
    }
  }

  var levelHeader: [String] {
    say(["规则", "何时", "条件", "通知", "内容"], ["Rule", "At", "Condition", "Who is told", "Message"])
  }
  var warning: String { say("预警", "warning") }
  func level(_ level: NoticeLevel) -> String {
    switch level {
    case .percentage(let percent): say("已用 \(percent)%", "\(percent) % used")
    case .due: say("到期时", "when due")
    case .before(let time): say("到期前 \(duration(time))", "\(duration(time)) before it is due")
    case .after(let time): say("到期后 \(duration(time))", "\(duration(time)) after it was due")
    }
  }

  func duration(_ duration: TargetDuration) -> String {
    guard language == .chinese else { return duration.text }
    switch duration {
    case .workingDays(let count): return "\(count) 个工作日"
    case .endOfNextWorkingDay: return "下一工作日结束前"
    case .elapsed(let count): return chineseLength(count, working: false)
    case .working(let count): return chineseLength(count, working: true)
    }
  }

  /// As `TargetDuration.text` cuts it: days only from two on, and never of working time.
  private func chineseLength(_ milliseconds: Int64, working: Bool) -> String {
    let units: [(Int64, String, String)] = [
      (86_400_000, "天", ""), (3_600_000, "小时", "个工作小时"), (60_000, "分钟", "分钟工作时间"), (1000, "秒", "秒工作时间"),
    ]
    var rest = milliseconds
    var parts = ""
    for (length, elapsed, opened) in units {
      if length == 86_400_000, working || rest < 2 * length { continue }
      let (count, remainder) = rest.quotientAndRemainder(dividingBy: length)
      if count > 0 { parts += " \(count) \(working ? opened : elapsed)" }
      rest = remainder
    }
    return parts.isEmpty ? "0 分钟" : parts.withoutLeadingSpace
  }
}

// MARK: - Rules

extension BookWords {
  var always: String { say("任何状态", "In every state") }
  func inState(_ states: String) -> String { say("状态：\(states)", "State: \(states)") }
  var requirementHeader: [String] {
    say(["规则", "字段", "条件", "级别", "说明"], ["Rule", "Fields", "Condition", "Severity", "Message"])
  }
  var checkHeader: [String] {
    say(["规则", "说明", "适用条件", "必须成立", "级别"], ["Rule", "In words", "When", "What must hold", "Severity"])
  }
  var reviewHeader: [String] {
    say(["规则", "何时", "须填写", "级别", "说明"], ["Rule", "When", "What must be recorded", "Severity", "Message"])
  }
  var notificationHeader: [String] {
    say(
      ["规则", "事件", "条件", "通知", "方式", "内容"], ["Rule", "Event", "Condition", "Who is told", "How", "Message"])
  }
  var waiverNote: String {
    say(
      "豁免期内（含最后一天），符合条件的工单不受该规则约束：结果仍会显示，但不算问题，也不通知任何人。",
      "Until the end of its last day a waiver lets tickets break a rule: what the rule finds is shown, is no failure, and nobody is told."
    )
  }
  var waiverHeader: [String] {
    say(
      ["豁免", "规则", "条件", "最后一天", "批准人", "理由"], ["Waiver", "Rule", "When", "Last day", "Decided by", "Reason"])
  }
  func severity(_ severity: Severity) -> String { FormWords(language: language).severity(severity.rawValue) }
  func recurrence(_ count: Int, _ fields: String, _ within: String) -> String {
    say(
      "\(within)内 \(count) 张工单的\(fields)相同",
      "\(count) tickets within \(within) that share \(fields)")
  }

  // MARK: Workflow

  func statesOf(_ field: String, _ initial: String) -> String {
    say("“\(field)”从“\(initial)”开始。", "\(field) begins as \(initial).")
  }
  func diagram(_ field: String) -> String { say("\(field)流转图", "Steps of \(field)") }
  var stateHeader: [String] {
    say(
      ["状态", "名称", "类别", "可转为", "进入时须有", "进入时检查"],
      ["State", "Name", "Category", "May become", "Needs on entry", "Checked on entry"])
  }
  func category(_ category: Workflow.Category) -> String {
    switch category {
    case .open: say("处理中", "open")
    case .paused: say("暂停", "paused")
    case .resolved: say("已解决", "resolved")
    case .closed: say("已关闭", "closed")
    }
  }

  // MARK: Notices

  func event(_ event: Notice.Event) -> String {
    switch event {
    case .warning: say("时限预警", "a window is nearly due")
    case .breached: say("时限超时", "a window is late")
    case .escalation: say("升级", "an escalation")
    case .statusChanged: say("状态改变", "the status changes")
    case .finding: say("检查结果", "a finding")
    case .review: say("须复盘", "a review is due")
    }
  }
  func recipient(_ recipient: Recipient) -> String {
    switch recipient {
    case .assignee: say("负责人", "the assignee")
    case .team: say("团队", "the team")
    case .teamLead: say("组长", "the team's lead")
    case .teamMembers: say("全体成员", "all members of the team")
    case .field, .name: ""
    }
  }
  func whoever(_ field: String) -> String { say("“\(field)”所记的人", "whoever \(field) names") }
  var channelDecides: String { say("由渠道决定", "the channel decides") }
  func through(_ channels: String) -> String { say("（经 \(channels)）", " (through \(channels))") }
  func inWorkingTime(_ calendar: String) -> String {
    say("在工作时间内（\(calendar)）", "in working time (\(calendar))")
  }
  func grouped(_ keys: String, _ wait: String) -> String {
    say("按\(keys)合并，等待 \(wait)", "one message for each \(keys), after waiting \(wait)")
  }
  func again(_ period: String) -> String { say("每 \(period)重复", "again every \(period)") }
  var missingField: String { say("缺少的字段", "the missing field") }
  func placeholder(_ place: NoticePlaceholder) -> String { place.rawValue }
}
