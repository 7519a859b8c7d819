import ByteOutput
import Diagnostics

/// A report as JUnit XML: a suite a section of the rulebook, a case a rule, which fails where a finding of it fails the run.
///
/// By rule, and not by ticket: pages of test results follow a case over time, and there are as many as there are rules however many
/// tickets are checked.
struct JUnitReport: FindingReport {
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
    var sections = [String]()
    for tally in findings.tallies where !sections.contains(tally.rule.section) {
      sections.append(tally.rule.section)
    }
    let suites = sections.map { section in
      JUnitDocument.Suite(
        name: section, cases: findings.tallies.filter { $0.rule.section == section }.map { testCase($0) })
    }
    bytes.append(text: JUnitDocument(name: subject.title, suites: suites).xml)
  }

  private func testCase(_ tally: FindingsByRule.Tally) -> JUnitDocument.Case {
    var testCase = JUnitDocument.Case(name: tally.rule.name, className: tally.rule.section)
    if tally.failing > 0 { testCase.failures = [failure(tally)] }
    if tally.new == 0, tally.waived > 0 {
      testCase.skipped = "waived: " + subject.waivers(tally).map(\.id).joined(separator: ", ")
    }
    testCase.output = tally.lines(subject)
    return testCase
  }

  private func place(_ tally: FindingsByRule.Tally) -> [String] {
    tally.rule.place.map { ["rule: \(subject.place($0).lineReference)"] } ?? []
  }

  private func failure(_ tally: FindingsByRule.Tally) -> JUnitDocument.Failure {
    JUnitDocument.Failure(
      message: counted(tally.failing, "finding"), type: tally.worst?.rawValue ?? "",
      text: (place(tally) + tally.lines(subject)).joined(separator: "\n"))
  }
}

extension ReportedRule {
  /// The id with what it asks for.
  var name: String { title == id ? id : "\(id) \(title)" }
}

extension ReportSubject {
  /// The waivers that waived findings of a rule.
  func waivers(_ tally: FindingsByRule.Tally) -> [ReportedWaiver] {
    tally.waivers.sorted().filter { waivers.indices.contains($0) }.map { waivers[$0] }
  }
}

extension FindingsByRule.Tally {
  /// Its findings, one a line, and how many are not told.
  func lines(_ subject: ReportSubject) -> [String] {
    var lines = examples.map { finding in
      let place = subject.place(of: finding)?.lineReference ?? finding.record?.text
      return [finding.severity.rawValue, place, finding.ticket, finding.message].compactMap { $0 }.joined(
        separator: "  ")
    }
    if new > examples.count { lines.append("and \(new - examples.count) more") }
    if waived > 0 {
      lines.append("\(waived) waived by " + subject.waivers(self).map(\.id).joined(separator: ", "))
    }
    if known > 0 { lines.append("\(known) known from the baseline") }
    return lines
  }
}
