import ByteOutput

/// A report as lines of JSON: of a check a decision a ticket, of a look at rules a message a line.
struct NDJSONReport: FindingReport {
  private let subject: ReportSubject

  init(_ subject: ReportSubject) { self.subject = subject }

  func add(decisions lines: [UInt8], into bytes: inout ByteWriter) { bytes.append(lines) }

  /// Decisions hold what was found about tickets; what was found about all of them is no line of any.
  func add(_ finding: ReportedFinding, into bytes: inout ByteWriter) {
    if subject.job == .check { return }
    bytes.append(finding.json(subject))
    bytes.append(literal: "\n")
  }

  func end(_ summary: ReportSummary, into bytes: inout ByteWriter) {}
}
