import RuleEvaluator
import TicketModel
import WorkingTime

/// All wording of explanations.
struct ExplanationWords: Sendable {
  let language: Language

  private func say(_ chinese: String, _ english: String) -> String {
    language == .chinese ? chinese : english
  }

  func title(_ id: String?, _ source: String, _ now: String) -> String {
    say(
      "工单 \(id ?? "（无编号）")（\(source)），截至 \(now)", "Ticket \(id ?? "without id") (\(source)) as of \(now)")
  }
  func origin(_ identity: String) -> String { say("依据 \(identity)", "by \(identity)") }
  func named(_ id: String, _ place: String) -> String { say("\(id)（\(place)）", "\(id) (\(place))") }

  // MARK: Decisions

  func table(_ name: String, _ result: String) -> String { say("\(name)：\(result)", "\(name): \(result)") }
  func output(_ name: String, _ value: String) -> String { "\(name) \(value)" }
  var outputSeparator: String { say("，", ", ") }
  var resultSeparator: String { say("；", "; ") }
  func byRow(_ outputs: String, _ row: String) -> String {
    say("\(outputs)，依据 \(row)", "\(outputs) by row \(row)")
  }
  var nothing: String { say("无结果", "nothing") }
  func conflict(_ first: String, _ second: String) -> String {
    say("\(first) 与 \(second) 不得同时命中", "rows \(first) and \(second) must not both match")
  }
  var overflow: String { say("合计超出 64 位整数", "the sum does not fit 64 bits") }
  var undecided: String { say("没有命中的行", "no row matches") }
  func holds(_ row: String) -> String { say("\(row)：全部满足", "\(row): every cell holds") }
  func failed(_ row: String, _ reason: String) -> String { say("\(row)：\(reason)", "\(row): \(reason)") }
  func notTrue(_ expression: String) -> String {
    say("以下条件不成立：\(expression)", "this is not true: \(expression)")
  }
  func noValue(_ expression: String) -> String {
    say("以下表达式没有值：\(expression)", "this has no value: \(expression)")
  }
  func cell(_ name: String, is value: String, wanted: String) -> String {
    say("\(name) 为 \(value)，要求 \(wanted)", "\(name) is \(value), wanted \(wanted)")
  }

  // MARK: Workflow

  func workflow(_ field: String, _ place: String) -> String {
    say("\(field) 的流转（\(place)）：", "workflow of \(field) (\(place)):")
  }
  func passage(_ at: String, _ state: String, _ category: String, isAllowed: Bool) -> String {
    say(
      "\(at) \(state)（\(category)）" + (isAllowed ? "" : "，不允许"),
      "\(at) \(state) (\(category))" + (isAllowed ? "" : ", which is not allowed"))
  }

  // MARK: Windows

  func window(_ name: String) -> String { say("时限 \(name)", "window \(name)") }
  func state(_ window: String, _ reading: WindowReading) -> String {
    say("\(window)：\(reading.stateText(.chinese))", "\(window): \(reading.state.rawValue)")
  }
  func doesNotApply(_ window: String, _ reason: String) -> String {
    say("\(window)：不适用，因为 \(reason)", "\(window): does not apply, for \(reason)")
  }
  func cannotBeComputed(_ window: String) -> String {
    say("\(window)：无法计算", "\(window): cannot be computed")
  }
  func target(_ duration: String, _ row: String?) -> String {
    say(
      "目标 \(duration)" + (row.map { "，依据 \($0)" } ?? ""),
      "target \(duration)" + (row.map { " by row \($0)" } ?? ""))
  }
  func startNotReached(_ reason: String) -> String {
    say("未开始，因为 \(reason)", "start not reached, for \(reason)")
  }
  func stopNotReached(_ reason: String) -> String {
    say("未结束，因为 \(reason)", "stop not reached, for \(reason)")
  }
  func isAbsent(_ field: String) -> String { say("“\(field)”没有值", "\(field) is absent") }
  func openHours(_ calendar: String) -> String {
    say("日历 \(calendar) 的工作时间：", "open hours of \(calendar):")
  }
  func due(_ at: String) -> String { say("\(at) 到期", "\(at) due") }
  func used(_ length: String) -> String { say("已用\(length)", "used \(length)") }
  func left(_ length: String) -> String { say("，剩余\(length)", ", left \(length)") }
  func over(_ length: String) -> String { say("，超出\(length)", ", over by \(length)") }

  func transition(_ transition: Transition) -> String {
    switch transition {
    case .start: say("开始", "starts")
    case .pause: say("暂停", "pauses")
    case .resume: say("继续", "goes on")
    case .stop: say("结束", "stops")
    case .reopen(let mode): say("重新打开（\(mode.rawValue)）", "reopened (\(mode.rawValue))")
    case .cancel: say("取消", "cancelled")
    case .retarget(let target): say("按 \(target.text) 重新计时", "begins anew with \(target.text)")
    }
  }

  // MARK: Rules

  var notApplied: String { say("未适用：", "not applied:") }
  var noFindings: String { say("检查结果：无", "findings: none") }
  var findings: String { say("检查结果：", "findings:") }
  func finding(_ severity: String, _ rule: String, _ message: String) -> String {
    say(
      "\(FormWords(language: .chinese).severity(severity)) \(rule)：\(message)",
      "\(severity) \(rule): \(message)")
  }

  func waived(_ finding: String, _ waiver: String) -> String {
    say("\(finding)（\(waiver)）", "\(finding) (\(waiver))")
  }

  // MARK: Near misses

  var nearMisses: String { say("差一点适用：", "near misses:") }
  func missedByCell(_ rule: String, _ field: String, was value: String, wanted: String) -> String {
    say(
      "\(rule)差一格：“\(field)”为 \(value)，要求 \(wanted)",
      "\(rule) missed by one cell: \(field) was \(value), wanted \(wanted)")
  }
  func missedByExpression(_ rule: String, _ expression: String) -> String {
    say("\(rule)仅差一个条件：\(expression)", "\(rule) missed by its condition alone: \(expression)")
  }

  // MARK: Notices

  var notices: String { say("通知：", "notices:") }
  var noNotices: String { say("通知：无", "notices: none") }
  func notice(_ event: String, _ rule: String, _ at: String) -> String {
    say("\(at) \(event) \(rule)", "\(at) \(event) \(rule)")
  }
  func nextNotice(_ at: String) -> String { say("下一次于 \(at)", "the next falls due at \(at)") }
  func silent(_ notice: String, _ waiver: String) -> String {
    say("\(notice)：不通知，\(waiver)", "\(notice): nobody is told, \(waiver)")
  }
  func noSuchEvent(_ rule: String, _ events: String) -> String {
    say("\(rule)：适用，但未发生 \(events)", "\(rule): applies, but nothing happened of: \(events)")
  }

  // MARK: What if

  func assumption(_ changes: String) -> String { say("假设 \(changes)", "what if \(changes)") }
  func change(_ field: String, _ value: String) -> String { "\(field)=\(value)" }
  var before: String { say("现在", "before") }
  var after: String { say("假设后", "after") }
  var nothingChanges: String {
    say("判定、时限、检查结果和通知都不变。", "nothing changes: decisions, windows, findings and notices are the same")
  }
  var gained: String { say("新增检查结果：", "findings gained:") }
  var lost: String { say("消失的检查结果：", "findings lost:") }
  var noticesGained: String { say("新增通知：", "notices gained:") }
  var noticesLost: String { say("消失的通知：", "notices lost:") }
  var none: String { "–" }
  func windowState(_ reading: WindowReading, due: String?) -> String {
    let state = reading.stateText(language)
    return due.map { say("\(state)，\($0) 到期", "\(state), due \($0)") } ?? state
  }
}
