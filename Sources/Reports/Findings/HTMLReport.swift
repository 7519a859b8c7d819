import ByteOutput

/// A report as one HTML page that needs nothing else.
struct HTMLReport: FindingReport {
  private let subject: ReportSubject

  init(_ subject: ReportSubject) { self.subject = subject }

  mutating func add(_ finding: ReportedFinding, into bytes: inout ByteWriter) {}

  func end(_ summary: ReportSummary, into bytes: inout ByteWriter) {}
}
