import ByteOutput
import Diagnostics

/// A report in the Test Anything Protocol, version 14 (testanything.org): a point a rule, not ok where a finding of it fails the
/// run, with its findings as a block of YAML.
struct TAPReport: FindingReport {
  private let subject: ReportSubject
  private var findings: FindingsByRule

  init(_ subject: ReportSubject) {
    self.subject = subject
    findings = FindingsByRule(subject)
  }

  mutating func add(_ finding: ReportedFinding, into bytes: inout ByteWriter) {
    findings.add(finding.clipped(to: FindingsByRule.textLimit))
  }

  func end(_ summary: ReportSummary, into bytes: inout ByteWriter) {
    bytes.append(literal: "TAP version 14\n1..")
    bytes.append(integer: Int64(findings.tallies.count))
    bytes.append(literal: "\n")
    for (index, tally) in findings.tallies.enumerated() {
      bytes.append(literal: tally.failing > 0 ? "not ok " : "ok ")
      bytes.append(integer: Int64(index + 1))
      bytes.append(text: " - \(tally.rule.name.escapedForTAP)\(directive(tally))\n")
      write(tally, into: &bytes)
    }
  }

  /// A rule whose findings are all waived says so.
  private func directive(_ tally: FindingsByRule.Tally) -> String {
    if tally.new > 0 || tally.waived == 0 { return "" }
    return " # SKIP waived by " + subject.waivers(tally).map(\.id).joined(separator: ", ").escapedForTAP
  }

  private func write(_ tally: FindingsByRule.Tally, into bytes: inout ByteWriter) {
    let lines = tally.lines(subject)
    if lines.isEmpty { return }
    bytes.append(literal: "  ---\n  findings:\n")
    for line in lines {
      bytes.append(literal: "    - ")
      // A JSON string is a YAML string (YAML 1.2, 1.3).
      bytes.append(jsonString: line)
      bytes.append(literal: "\n")
    }
    bytes.append(literal: "  ...\n")
  }
}

extension String {
  /// The description of a point: one line, in which neither a backslash nor a hash means anything.
  fileprivate var escapedForTAP: String {
    unicodeScalars.map { scalar in
      switch scalar {
      case "\\": "\\\\"
      case "#": "\\#"
      case "\r", "\n": " "
      default: String(scalar)
      }
    }.joined()
  }
}
