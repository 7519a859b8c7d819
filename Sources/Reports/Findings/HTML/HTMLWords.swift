import Diagnostics
import RuleEvaluator

/// What the page calls things, in Docket's own languages, besides what all reports do.
struct HTMLWords: Sendable {
  /// One of the counts at the top.
  struct Count: Sendable {
    /// What the style knows it by.
    var kind: String
    var name: String
    var value: Int
  }

  let report: ReportWords

  init(_ language: Language) { report = ReportWords(language) }

  private func word(_ english: String, _ chinese: String) -> String {
    report.language == .chinese ? chinese : english
  }

  // MARK: Head

  func kind(_ job: ReportSubject.Job) -> String {
    switch job {
    case .check: word("Check of tickets", "工单检查报告")
    case .lint: word("Check of rules", "规则检查报告")
    }
  }

  func pageTitle(_ title: String, _ job: ReportSubject.Job) -> String {
    word("\(title): \(kind(job).lowercased())", "\(title)：\(kind(job))")
  }

  var failed: String { word("failed", "未通过") }
  var passed: String { word("passed", "通过") }
  var rulebook: String { word("Rulebook", "规则集") }
  var asOf: String { word("As of", "截至") }

  /// Errors, warnings and notes always, the rest where there is any.
  func counts(_ summary: ReportSummary, _ job: ReportSubject.Job) -> [Count] {
    var counts = [
      Count(kind: "error", name: word("errors", "错误"), value: summary.errors),
      Count(kind: "warning", name: word("warnings", "警告"), value: summary.warnings),
      Count(kind: "info", name: word("notes", "提示"), value: summary.notes),
    ]
    if job == .check {
      counts += [
        Count(kind: "tickets", name: word("tickets", "工单"), value: summary.tickets),
        Count(
          kind: "tickets", name: word("tickets with findings", "有问题的工单"), value: summary.ticketsWithFindings),
      ]
    }
    let others = [
      Count(kind: "error", name: word("unreadable records", "无法读取的记录"), value: summary.unreadable),
      Count(kind: "known", name: word("known", "已知"), value: summary.known),
      Count(kind: "waived", name: word("waived", "已豁免"), value: summary.waived.reduce(0, +)),
      Count(kind: "fixed", name: word("fixed", "已修复"), value: summary.fixed.count),
    ]
    return counts + others.filter { $0.value > 0 }
  }

  // MARK: Charts

  var breaches: String { word("Breaches", "超时") }
  var noBreaches: String { word("There are no new breaches of windows.", "没有新的超时。") }
  var byTeam: String { word("Breaches by team", "各团队超时数") }
  var byType: String { word("Breaches by type", "各类型超时数") }
  var byWeek: String { word("Breaches by week", "每周超时数") }
  var noTeam: String { word("(no team)", "（无团队）") }
  var noType: String { word("(no type)", "（无类型）") }
  var others: String { word("(others)", "（其他）") }
  var weeksBegin: String {
    word(
      "By the week in which it was due; weeks are named by their Monday.",
      "按到期时间所在的周统计；每周以周一的日期表示。")
  }

  func earlier(_ count: Int, _ weeks: Int) -> String {
    word(
      "\(count.grouped) earlier than these \(weeks) weeks.", "另有 \(count.grouped) 项早于这 \(weeks) 周。")
  }

  func undated(_ count: Int) -> String {
    word("\(count.grouped) without a week.", "另有 \(count.grouped) 项无法归入某一周。")
  }

  // MARK: Tables

  var rules: String { word("Findings by rule", "各规则的发现") }
  var findings: String { word("Findings", "发现的问题") }
  var nothingFound: String { word("Nothing was found.", "没有发现问题。") }
  var waivers: String { word("Waivers", "豁免") }
  var whatIsFixed: String {
    word("What the baseline holds and is not found any more.", "基线中有记录、现已不再出现的问题。")
  }
  var standing: String { word("Standing", "状态") }

  func name(of standing: ReportedFinding.Standing) -> String {
    switch standing {
    case .new: word("new", "新")
    case .known: word("known", "已知")
    case .waived: word("waived", "已豁免")
    }
  }

  func omitted(_ count: Int, _ limit: Int) -> String {
    word(
      "The table holds the worst \(limit.grouped); \(count.grouped) more are left out. All counts above include them.",
      "表中只列出最严重的 \(limit.grouped) 项，另有 \(count.grouped) 项未列出；上方的统计包含全部。")
  }

  // MARK: Filters

  var search: String { word("Search", "搜索") }
  var all: String { word("all", "全部") }
  var showAll: String { word("Show all", "显示全部") }
  /// {0} is how many rows are shown, {1} how many there are.
  var shown: String { word("{0} of {1} shown", "显示 {0} / {1} 项") }
}
