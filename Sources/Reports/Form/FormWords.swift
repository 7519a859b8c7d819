import RuleEvaluator

/// All wording of forms.
struct FormWords: Sendable {
  let language: Language

  private func say(_ chinese: String, _ english: String) -> String {
    language == .chinese ? chinese : english
  }

  func title(_ rulebook: String, _ id: String) -> String {
    say("\(rulebook) 记录表 \(id)", "\(rulebook): record \(id)")
  }

  func origin(_ now: String, _ rulebook: String) -> String {
    say("截至 \(now)，依据 \(rulebook)", "as of \(now), by \(rulebook)")
  }

  var record: String { say("记录", "Record") }
  var decisions: String { say("规则判定", "Decisions") }
  var priority: String { say("判定优先级", "Priority decided") }
  var team: String { say("判定团队", "Team decided") }
  var assignee: String { say("判定负责人", "Assignee decided") }
  func byRow(_ value: String, _ row: String) -> String { say("\(value)（\(row)）", "\(value) (\(row))") }

  var windows: String { say("时限", "Windows") }
  var windowHeader: [String] {
    language == .chinese
      ? ["时限", "状态", "开始时间", "到期时间", "结束时间", "剩余"]
      : ["Window", "State", "Started", "Due", "Ended", "Remaining"]
  }

  var findings: String { say("检查结果", "Findings") }
  var findingHeader: [String] {
    language == .chinese ? ["级别", "规则", "说明"] : ["Severity", "Rule", "What"]
  }
  var noFindings: String { say("没有发现问题。", "Nothing was found.") }
  func severity(_ name: String) -> String {
    switch (name, language) {
    case ("error", .chinese): "错误"
    case ("warning", .chinese): "警告"
    case ("info", .chinese): "提示"
    default: name
    }
  }

  var waived: String { say("已豁免", "waived") }
  func noting(_ note: String, after message: String) -> String {
    say("\(message)（\(note)）", "\(message) (\(note))")
  }

  var history: String { say("变更历史", "History") }
  var historyHeader: [String] { language == .chinese ? ["时间", "变更内容"] : ["At", "What changed"] }
  func change(_ label: String, _ value: String) -> String { say("\(label)：\(value)", "\(label): \(value)") }
  var changeSeparator: String { say("；", "; ") }
  func items(_ count: Int) -> String { say("\(count) 项", "\(count) item\(count == 1 ? "" : "s")") }
  var removed: String { say("（清空）", "(cleared)") }

  var invalid: String { say("（无效值）", "(not valid)") }

  var listSeparator: String { say("、", ", ") }
  func boolean(_ value: Bool) -> String { value ? say("是", "Yes") : say("否", "No") }
  var masked: String { "***" }
}
