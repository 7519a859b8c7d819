import ByteOutput
import Diagnostics
import Foundation
import Reports
import RuleEvaluator

/// A page made of findings, and what it is about.
struct FindingPage {
  var subject: ReportSubject
  var summary = ReportSummary()
  var findings: [ReportedFinding] = []

  init(_ job: ReportSubject.Job = .check, language: Language = .english) {
    subject = ReportSubject(
      job, version: "0.4.0", rulebook: "desk@0123456789abcdef", title: "Desk", folder: "rules",
      language: language,
      instant: job == .check ? "2026-10-12T10:00:00+08:00" : nil,
      rules: ["R-1", "R-2", "R-3"].map {
        ReportedRule(
          id: $0, section: "checks", title: "What \($0) asks for", severity: .error,
          place: Place(file: "checks.yaml", line: 7))
      }, failsFrom: .error)
  }

  /// The page's text; the counts of `summary` are those of the findings unless they were set.
  func text() -> String {
    var report = ReportFormat.html.report(on: subject)
    var bytes = ByteWriter()
    report.begin(into: &bytes)
    for finding in findings { report.add(finding, into: &bytes) }
    report.end(summary, into: &bytes)
    return bytes.withBytes { String(decoding: $0, as: UTF8.self) }
  }

  func read() -> PageContent { PageContent(text()) }
}

extension ReportedFinding {
  /// A breach of a window, of a ticket of its own.
  static func breach(team: String? = "Team", type: String? = "Type", week: String? = "2026-10-12") -> Self {
    ReportedFinding(
      rule: "R-1", severity: .error, message: "late", ticket: "T-1", event: .breach,
      breach: Breach(team: team, type: type, week: week))
  }
}
