import Diagnostics
import RuleEvaluator

/// Words for what no ticket has.
enum PresenceText {
  static func missing(_ label: String, _ language: Language) -> String {
    language == .chinese
      ? "没有工单填写“\(label)”，而规则要看它" : "no ticket has a value in \(label), which rules look at"
  }

  static func hint(ofField name: String, _ language: Language) -> String {
    language == .chinese
      ? "请核对工单中的字段名是否为 '\(name)'；确实没有时用 --allow-empty"
      : "do tickets spell the field '\(name)'? --allow-empty accepts that none has it"
  }

  static func notComputed(_ label: String, _ count: Int, _ language: Language) -> String {
    language == .chinese
      ? "“\(label)”适用于 \(count) 个工单，但没有一个能计算"
      : "\(label) applies to \(counted(count, "ticket")) and has begun for none"
  }

  static func hintOfWindow(_ language: Language) -> String {
    language == .chinese
      ? "请核对开始时间的字段；确实没有时用 --allow-empty"
      : "do tickets have the field that it starts at? --allow-empty accepts that none has it"
  }
}
