import ByteOutput
import Diagnostics
import RuleEvaluator

/// A report as a summary in Markdown, as the summary of a job or the comment on a change shows it: the counts, the rules by how
/// much was found of them, the worst findings, waivers, what was fixed.
///
/// Bounded, so that it stays below the MiB that GitHub takes of a step.
struct MarkdownReport: FindingReport {
  private let subject: ReportSubject
  private let words: ReportWords
  private var findings: FindingsByRule
  private var worst = WorstFindings(limit: Self.findingCount)

  private static let findingCount = 100
  private static let ruleCount = 200
  private static let fixedCount = 100
  /// Characters of a message, an id or a reason.
  private static let textLimit = 400

  init(_ subject: ReportSubject) {
    self.subject = subject
    words = ReportWords(subject.language)
    findings = FindingsByRule(subject)
  }

  mutating func add(_ finding: ReportedFinding, into bytes: inout ByteWriter) {
    let finding = finding.clipped(to: Self.textLimit)
    findings.add(finding)
    if case .new = finding.standing { worst.add(finding) }
  }

  func end(_ summary: ReportSummary, into bytes: inout ByteWriter) {
    bytes.append(text: "## \(summary.failed ? "❌" : "✅") \(subject.title.escapedForMarkdown)\n\n")
    bytes.append(text: words.counts(summary, subject.job) + "\n")
    writeRules(into: &bytes)
    writeFindings(into: &bytes)
    writeWaivers(summary, into: &bytes)
    writeFixed(summary, into: &bytes)
    let origin = [subject.rulebook, subject.instant, "docket \(subject.version)"].compactMap { $0 }
    bytes.append(text: "\n<sub>\(origin.joined(separator: " · ").escapedForMarkdown)</sub>\n")
  }

  private func writeRules(into bytes: inout ByteWriter) {
    let found = findings.tallies.filter { $0.new + $0.waived + $0.known > 0 }
      .sorted { ($0.failing, $0.new) > ($1.failing, $1.new) }
    if found.isEmpty { return }
    table([words.rule, words.title, words.severity, words.count, words.waived, words.known], into: &bytes)
    for tally in found.prefix(Self.ruleCount) {
      let cells = [
        tally.rule.id, tally.rule.title, words.name(of: tally.worst ?? tally.rule.severity), "\(tally.new)",
        "\(tally.waived)", "\(tally.known)",
      ]
      row(cells, into: &bytes)
    }
    more(found.count - Self.ruleCount, into: &bytes)
  }

  private func writeFindings(into bytes: inout ByteWriter) {
    if worst.count == 0 { return }
    bytes.append(text: "\n<details><summary>\(words.worst(worst.count))</summary>\n")
    let about = subject.job == .check ? [words.ticket] : []
    table([words.severity, words.rule] + about + [words.message, words.place], into: &bytes)
    for finding in worst.all {
      let place = subject.place(of: finding)?.lineReference ?? finding.record?.text ?? ""
      let ticket = subject.job == .check ? [finding.subject] : []
      row(
        [words.name(of: finding.severity), finding.rule] + ticket + [finding.message, place], into: &bytes)
    }
    more(worst.omitted, into: &bytes)
    bytes.append(literal: "\n</details>\n")
  }

  private func writeWaivers(_ summary: ReportSummary, into bytes: inout ByteWriter) {
    if subject.waivers.isEmpty { return }
    table([words.waiver, words.rule, words.until, words.owner, words.reason, words.count], into: &bytes)
    for (waiver, used) in zip(subject.waivers, summary.waived) {
      row([waiver.id, waiver.rule, waiver.until, waiver.owner, waiver.reason, "\(used)"], into: &bytes)
    }
  }

  private func writeFixed(_ summary: ReportSummary, into bytes: inout ByteWriter) {
    if summary.fixed.isEmpty { return }
    table([words.fixed, words.rule, words.field], into: &bytes)
    for entry in summary.fixed.prefix(Self.fixedCount) {
      row([entry.ticket, entry.rule, entry.field ?? ""], into: &bytes)
    }
    more(summary.fixed.count - Self.fixedCount, into: &bytes)
  }

  // MARK: Tables

  private func table(_ heads: [String], into bytes: inout ByteWriter) {
    bytes.append(literal: "\n")
    row(heads, into: &bytes)
    bytes.append(text: "|" + String(repeating: " --- |", count: heads.count) + "\n")
  }

  private func row(_ cells: [String], into bytes: inout ByteWriter) {
    let cells = cells.map { $0.clipped(to: Self.textLimit) }
    bytes.append(text: "| " + cells.map(\.escapedForMarkdown).joined(separator: " | ") + " |\n")
  }

  private func more(_ count: Int, into bytes: inout ByteWriter) {
    if count > 0 { bytes.append(text: "\n\(words.more(count))\n") }
  }
}
