import Diagnostics
import RuleAnalysis
import RuleDifference
import RuleEvaluator

/// All wording about the difference of two rulebooks, in both languages.
struct DifferenceWords: Sendable {
  let language: Language

  private func either(_ english: String, _ chinese: String) -> String {
    language == .english ? english : chinese
  }

  /// 12,459.
  func number(_ count: Int) -> String {
    var digits = Array(String(count))
    var position = digits.count - 3
    while position > 0 {
      digits.insert(",", at: position)
      position -= 3
    }
    return String(digits)
  }

  /// `1 ticket`, `2 tickets`; Chinese knows no plural.
  private func counted(_ count: Int, _ noun: String) -> String {
    "\(number(count)) \(noun)\(count == 1 ? "" : "s")"
  }

  // MARK: Headings

  var tickets: String { either("Tickets", "工单") }
  var rules: String { either("Rules", "规则") }
  var tables: String { either("Tables", "决策表") }
  var others: String { either("Other rules", "其他规则") }
  var before: String { either("before", "改前") }
  var after: String { either("after", "改后") }
  var more: String { either("more", "增加") }
  var fewer: String { either("fewer", "减少") }
  var what: String { either("what", "项目") }
  var count: String { either("tickets", "工单数") }
  var window: String { either("window", "时限") }
  var rule: String { either("rule", "规则") }
  var field: String { either("field", "字段") }
  var notice: String { either("notice", "通知") }
  var inputs: String { either("where", "条件") }
  var row: String { either("rows", "规则行") }
  var witness: String { either("example ticket", "示例工单") }
  var section: String { either("section", "章节") }
  var change: String { either("change", "变化") }
  var dueMoved: String { either("due instants that move", "到期时间变化") }
  var breachesMore: String { either("more breaches", "新增超时") }
  var breachesFewer: String { either("fewer breaches", "减少超时") }
  var appliesMore: String { either("new for", "新适用") }
  var appliesFewer: String { either("gone for", "不再适用") }
  var none: String { either("none", "无") }
  var anyInput: String { either("all tickets", "所有工单") }
  var noRuleChange: String { either("The rules say the same.", "两份规则内容相同。") }

  func title(_ before: String, _ after: String) -> String {
    either("Rules: \(before) → \(after)", "规则对比：\(before) → \(after)")
  }

  func name(ofDecision name: String) -> String {
    switch (name, language) {
    case ("priority", .chinese): "优先级"
    case ("team", .chinese): "处理组"
    case ("assignee", .chinese): "处理人"
    default: name
    }
  }

  // MARK: Tickets

  func changed(_ summary: ReplaySummary) -> String {
    let all = number(summary.tickets)
    if summary.changed == 0 {
      return either(
        "Nothing changes for \(counted(summary.tickets, "ticket")).", "\(all) 张工单均无变化。")
    }
    return either(
      "\(number(summary.changed)) of \(counted(summary.tickets, "ticket")) \(summary.changed == 1 ? "changes" : "change").",
      "\(all) 张工单中有 \(number(summary.changed)) 张发生变化。")
  }

  func unreadable(_ count: Int) -> String {
    either("\(counted(count, "record")) could not be read.", "\(number(count)) 条记录无法读取。")
  }

  /// `41 tickets change priority: 32 from medium to high, 9 from high to low`.
  func transitions(_ name: String, _ count: ReplaySummary.TransitionCount, limit: Int) -> String {
    var parts = count.sorted.prefix(limit).map { transition, count in
      let (before, after) = (transition.before ?? none, transition.after ?? none)
      return either(
        "\(number(count)) from \(before) to \(after)", "\(number(count)) 张由 \(before) 变为 \(after)")
    }
    let rest = count.total - count.sorted.prefix(limit).reduce(0) { $0 + $1.count }
    if rest > 0 { parts.append(either("\(number(rest)) otherwise", "其余 \(number(rest)) 张")) }
    let list = parts.joined(separator: either(", ", "，"))
    return either(
      "\(counted(count.total, "ticket")) \(count.total == 1 ? "changes" : "change") \(name): \(list)",
      "\(number(count.total)) 张工单的\(self.name(ofDecision: name))发生变化：\(list)")
  }

  /// What changes about one window; nil where nothing that is counted.
  func window(_ id: String, _ count: ReplaySummary.WindowCount) -> String? {
    var parts = [String]()
    if count.applies.more > 0 {
      parts.append(
        either("applies to \(number(count.applies.more)) more", "新适用于 \(number(count.applies.more)) 张"))
    }
    if count.applies.fewer > 0 {
      parts.append(
        either(
          "no longer applies to \(number(count.applies.fewer))", "不再适用于 \(number(count.applies.fewer)) 张")
      )
    }
    if !count.breaches.isZero { parts.append(breaches(count.breaches)) }
    if count.dueMoved > 0 { parts.append(due(count)) }
    if count.stopMoved > 0 {
      parts.append(
        either("\(number(count.stopMoved)) end at another instant", "结束时间变化 \(number(count.stopMoved)) 个"))
    }
    let states = count.states.sorted.prefix(6).map { transition, count in
      either(
        "\(number(count)) from \(transition.before ?? "") to \(transition.after ?? "")",
        "\(number(count)) 张由\(state(transition.before))变为\(state(transition.after))")
    }
    if !states.isEmpty {
      parts.append(either("states: ", "状态：") + states.joined(separator: either(", ", "，")))
    }
    if parts.isEmpty { return nil }
    return either("window \(id): ", "时限 \(id)：") + parts.joined(separator: either("; ", "；"))
  }

  private func breaches(_ count: ReplaySummary.GainCount) -> String {
    let noun = count.more == 1 || count.more == 0 && count.fewer == 1 ? "breach" : "breaches"
    let parts = [
      count.more > 0 ? either("\(number(count.more)) more \(noun)", "超时增加 \(number(count.more)) 个") : nil,
      count.fewer > 0
        ? either(
          "\(number(count.fewer)) fewer\(count.more > 0 ? "" : " \(noun)")", "超时减少 \(number(count.fewer)) 个")
        : nil,
    ]
    return parts.compactMap(\.self).joined(separator: either(", ", "，"))
  }

  private func due(_ count: ReplaySummary.WindowCount) -> String {
    let parts = [
      (count.dueEarlier, either("earlier", "提前")), (count.dueLater, either("later", "推迟")),
      (count.dueOther, either("come or go", "出现或消失")),
    ].filter { $0.0 > 0 }.map { count, word in
      either("\(number(count)) \(word)", "\(word) \(number(count)) 个")
    }
    let list = parts.joined(separator: either(", ", "，"))
    return either(
      "\(counted(count.dueMoved, "due instant")) \(count.dueMoved == 1 ? "moves" : "move") (\(list))",
      "到期时间变化 \(number(count.dueMoved)) 个（\(list)）")
  }

  func finding(_ name: ReplaySummary.FindingCount, _ count: ReplaySummary.GainCount) -> String {
    let rule = name.field.map { "\(name.rule) (\($0))" } ?? name.rule
    return either("findings of \(rule): ", "\(rule) 的问题：") + gains(count)
  }

  func notices(_ name: ReplaySummary.NoticeCount, _ count: ReplaySummary.GainCount) -> String {
    either("notices \(name.event) of \(name.rule): ", "通知 \(name.event)（\(name.rule)）：") + gains(count)
  }

  func gains(_ count: ReplaySummary.GainCount) -> String {
    let parts = [
      count.more > 0 ? either("\(number(count.more)) more", "增加 \(number(count.more)) 条") : nil,
      count.fewer > 0 ? either("\(number(count.fewer)) fewer", "减少 \(number(count.fewer)) 条") : nil,
    ]
    return parts.compactMap(\.self).joined(separator: either(", ", "，"))
  }

  func examples(_ shown: Int, of all: Int) -> String {
    shown == all
      ? either("All of them:", "全部 \(number(all)) 张：")
      : either(
        "The first \(number(shown)) of them; \(number(all - shown)) more are not shown:",
        "前 \(number(shown)) 张（另有 \(number(all - shown)) 张未列出）：")
  }

  private func state(_ word: String?) -> String {
    word.flatMap { WindowReading.State(rawValue: $0) }.map { state($0, stopped: false) } ?? ""
  }

  func state(_ state: WindowReading.State, stopped: Bool) -> String {
    state.text(language, isStopped: stopped)
  }

  func due(_ text: String) -> String { either("due \(text)", "到期 \(text)") }
  var notApplicable: String { either("does not apply", "不适用") }

  func finding(_ name: FindingName, isMore: Bool) -> String {
    either("finding \(isMore ? "more" : "fewer"): ", isMore ? "新增问题：" : "减少问题：")
      + name.text + place(name.place)
  }

  func notice(_ name: NoticeName, isMore: Bool) -> String {
    let text = name.event == .statusChanged ? name.rule : "\(name.rule) (\(name.level))"
    return either("notice \(isMore ? "more" : "fewer"): ", isMore ? "新增通知：" : "减少通知：")
      + "\(name.event.rawValue) \(text)"
  }

  func place(_ place: Place?) -> String { place.map { " (\($0.lineReference))" } ?? "" }

  func rows(_ rows: [RuleReference]) -> String {
    if rows.isEmpty { return none }
    let shown = rows.prefix(3).map { "\($0.id)\(place($0.place))" }.joined(separator: ", ")
    return rows.count > 3 ? "\(shown), … \(rows.count)" : shown
  }

  // MARK: Rules

  func regions(_ difference: TableDifference) -> String {
    if let obstacle = difference.obstacle { return text(obstacle) }
    let count = difference.regions.count
    let text = either(
      "\(number(count)) \(count == 1 ? "region" : "regions") with another outcome", "\(number(count)) 个区域结果不同"
    )
    return difference.isCut
      ? text + either(", not compared further: the search took too long", "；搜索超出限度，未继续比较") : text
  }

  private func text(_ obstacle: TableDifference.Obstacle) -> String {
    switch obstacle {
    case .inputType(let name, let before, let after):
      either(
        "not compared: the input '\(name)' was \(before) and is \(after)",
        "未比较：输入“\(name)”的类型由 \(before) 变为 \(after)")
    case .noSharedOutput:
      either("not compared: no output has the same name", "未比较：没有同名的输出")
    }
  }

  func regionsLeft(_ count: Int) -> String {
    either("\(counted(count, "more region")) not shown", "另有 \(number(count)) 个区域未列出")
  }

  func detailsLeft(_ count: Int) -> String {
    either("\(number(count)) more not shown", "另有 \(number(count)) 项未列出")
  }

  /// Nil where it is a ticket.
  func reason(_ witness: Witness) -> String? {
    guard case .none(let reason) = witness else { return nil }
    return either("no ticket: \(reason)", "无示例：\(reason)")
  }

  func kind(_ kind: ItemChange.Kind) -> String {
    switch kind {
    case .added: either("added", "新增")
    case .removed: either("removed", "删除")
    case .changed: either("changed", "修改")
    }
  }
}
