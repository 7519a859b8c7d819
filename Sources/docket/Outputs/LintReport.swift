import ByteOutput
import CommandOptions
import Diagnostics
import Engine
import FileAccess
import Reports
import RuleAnalysis
import RuleEvaluator

/// What was found about rules, in any format.
struct LintReport {
  private let review: RulebookReview
  private let folder: String
  private let notes: Bool
  private let failOn: FailureLevel

  /// - Parameter notes: whether notes are shown, too.
  init(_ review: RulebookReview, folder: String, notes: Bool, failOn: FailureLevel) {
    self.review = review
    self.folder = folder
    // What fails the command is shown.
    self.notes = notes || failOn == .info
    self.failOn = failOn
  }

  private var shown: [Diagnostic] { review.diagnostics.filter { notes || $0.severity > .info } }

  /// Messages with the lines that they are about, and the counts.
  func text(limit: Int, onto path: String) -> String {
    let renderer = TextRenderer(
      sources: review.loaded.sources, limit: limit, usesColor: path == "-" && Terminal.usesColor(.output))
    return renderer.render(shown) + summaryLine + "\n"
  }

  var summaryLine: String {
    func count(_ severity: Severity) -> Int { review.diagnostics.count { $0.severity == severity } }
    var text = "\(folder): \(counted(count(.error), "error")), \(counted(count(.warning), "warning"))"
    if count(.info) > 0 { text += ", \(counted(count(.info), "note"))" + (notes ? "" : " (--notes)") }
    return text + (review.loaded.rulebook.map { "; \($0.identity)" } ?? "")
  }

  /// The report in a format other than text, and what it has no place for.
  func report(_ format: ReportFormat) -> (text: String, remark: String?) {
    var bytes = ByteWriter()
    var report = format.report(on: subject)
    var summary = ReportSummary()
    report.begin(into: &bytes)
    for diagnostic in shown {
      summary.count(diagnostic.severity)
      report.add(diagnostic.finding, into: &bytes)
    }
    summary.failed = review.loaded.rulebook == nil || failOn.fails(summary.worst)
    report.end(summary, into: &bytes)
    return (bytes.text, report.remark)
  }

  private var subject: ReportSubject {
    let rulebook = review.loaded.rulebook
    var subject = ReportSubject(
      .lint, version: Release.version, rulebook: rulebook?.identity,
      title: rulebook.map { $0.title.text(in: "en") ?? $0.name } ?? folder, folder: folder,
      language: .english,
      rules: RulePage.all.map(\.rule), failsFrom: rulebook == nil ? .error : failOn.severity)
    subject.startFolders = WorkingFolder.names
    return subject
  }
}

extension Diagnostic {
  fileprivate var finding: ReportedFinding {
    ReportedFinding(rule: code.rawValue, severity: severity, message: message, rulePlace: place, hint: hint)
  }
}

extension RulePage {
  fileprivate var rule: ReportedRule {
    ReportedRule(
      id: code.rawValue, section: "lint", title: what, severity: .warning, place: nil,
      help: "\(what)\n\n\(why)\n\n\(fix)")
  }
}
