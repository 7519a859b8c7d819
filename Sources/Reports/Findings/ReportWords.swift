import Diagnostics
import RuleEvaluator

/// What reports call things, in Docket's own languages.
struct ReportWords: Sendable {
  let language: Language

  init(_ language: Language) { self.language = language }

  private func word(_ english: String, _ chinese: String) -> String {
    language == .chinese ? chinese : english
  }

  var rule: String { word("Rule", "规则") }
  var title: String { word("What it asks for", "要求") }
  var severity: String { word("Severity", "级别") }
  var count: String { word("Findings", "数量") }
  var waived: String { word("Waived", "已豁免") }
  var known: String { word("Known", "已知") }
  var ticket: String { word("Ticket", "工单") }
  var message: String { word("Message", "说明") }
  var place: String { word("Place", "位置") }
  var waiver: String { word("Waiver", "豁免") }
  var until: String { word("Until", "截止") }
  var owner: String { word("By", "负责人") }
  var reason: String { word("Reason", "理由") }
  var fixed: String { word("Fixed", "已修复") }
  var field: String { word("Field", "字段") }

  func name(of severity: Severity) -> String {
    switch severity {
    case .error: word("error", "错误")
    case .warning: word("warning", "警告")
    case .info: word("note", "提示")
    }
  }

  func more(_ count: Int) -> String { word("… and \(count) more", "……另有 \(count) 项") }

  func worst(_ count: Int) -> String {
    word(counted(count, "finding") + ", the worst first", "\(count) 项发现，按严重程度排列")
  }

  /// All counts, in one line.
  func counts(_ summary: ReportSummary, _ job: ReportSubject.Job) -> String {
    var parts = [
      "**\(summary.errors)** \(word("errors", "个错误"))", "**\(summary.warnings)** \(word("warnings", "个警告"))",
      "**\(summary.notes)** \(word("notes", "个提示"))",
    ]
    if job == .check {
      parts.append(
        word(
          "\(summary.ticketsWithFindings) of \(summary.tickets) tickets",
          "\(summary.tickets) 个工单中有 \(summary.ticketsWithFindings) 个"))
    }
    if summary.unreadable > 0 {
      parts.append(word("\(summary.unreadable) unreadable", "\(summary.unreadable) 条无法读取"))
    }
    let waived = summary.waived.reduce(0, +)
    if waived > 0 { parts.append(word("\(waived) waived", "\(waived) 项已豁免")) }
    if summary.known > 0 { parts.append(word("\(summary.known) known", "\(summary.known) 项已知")) }
    if !summary.fixed.isEmpty {
      parts.append(word("\(summary.fixed.count) fixed", "\(summary.fixed.count) 项已修复"))
    }
    return parts.joined(separator: " · ")
  }
}
