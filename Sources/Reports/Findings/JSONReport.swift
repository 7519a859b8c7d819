import ByteOutput
import Diagnostics

/// A report as one JSON document: of a check all decisions, then what was found about the rules, and the counts.
///
/// `{"rulebook", "as_of", "decisions": […], "findings": […], "waivers": […], "fixed": […], "summary": {…}}`; the report of
/// a look at rules has no decisions.
struct JSONReport: FindingReport {
  private let subject: ReportSubject
  private var array = JSONArray()
  /// Findings that no decision holds, as JSON: in a check as many as there are rules.
  private var findings: [JSONTree] = []

  init(_ subject: ReportSubject) { self.subject = subject }

  func begin(into bytes: inout ByteWriter) {
    bytes.append(literal: #"{"rulebook":"#)
    bytes.append(optionalJSONString: subject.rulebook)
    if subject.job == .check {
      bytes.append(literal: #","as_of":"#)
      bytes.append(optionalJSONString: subject.instant)
    }
    bytes.append(literal: subject.job == .check ? ",\n\"decisions\":" : ",\n\"findings\":")
  }

  mutating func add(decisions lines: [UInt8], into bytes: inout ByteWriter) {
    array.add(lines: lines, into: &bytes)
  }

  mutating func add(_ finding: ReportedFinding, into bytes: inout ByteWriter) {
    if subject.job == .lint {
      array.separate(&bytes)
      bytes.append(finding.json(subject))
    } else if finding.subject.isEmpty {
      findings.append(finding.json(subject))
    }
  }

  mutating func end(_ summary: ReportSummary, into bytes: inout ByteWriter) {
    array.end(into: &bytes)
    bytes.append(literal: ",\n")
    if subject.job == .check {
      bytes.append(literal: "\"findings\":")
      bytes.append(.list(findings))
      bytes.append(literal: ",\n\"waivers\":")
      bytes.append(.list(zip(subject.waivers, summary.waived).map { $0.json(used: $1) }))
      bytes.append(literal: ",\n\"fixed\":")
      bytes.append(.list(summary.fixed.map { $0.json() }))
      bytes.append(literal: ",\n")
    }
    bytes.append(literal: "\"summary\":")
    bytes.append(summary.json(subject.job))
    bytes.append(literal: "}\n")
  }
}

extension ReportedFinding {
  /// `at` is the place to look at; what a check found also names its ticket.
  func json(_ subject: ReportSubject) -> JSONTree {
    [
      "rule": .text(rule), "severity": .text(severity.rawValue), "ticket": .optional(ticket),
      "field": .optional(field), "message": .text(message), "hint": .optional(hint),
      "at": .optional(subject.place(of: self)?.lineReference ?? record?.text),
      "fingerprint": .text(fingerprint),
    ]
  }
}

extension ReportedWaiver {
  /// - Parameter used: how many findings it waived.
  func json(used: Int) -> JSONTree {
    [
      "id": .text(id), "rule": .text(rule), "until": .text(until), "by": .text(owner),
      "reason": .text(reason), "used": .number(used),
    ]
  }
}

extension BaselineEntry {
  /// - Parameter severity: up to which a baseline accepts it.
  func json(_ severity: Severity? = nil) -> JSONTree {
    [
      "rule": .text(rule), "ticket": .text(ticket), "field": .optional(field),
      "severity": .optional(severity?.rawValue),
    ]
  }
}

extension ReportSummary {
  func json(_ job: ReportSubject.Job) -> JSONTree {
    let found: [(key: String, value: JSONTree)] = [
      ("errors", .number(errors)), ("warnings", .number(warnings)), ("notes", .number(notes)),
      ("failed", .flag(failed)),
    ]
    if job == .lint { return .object(found) }
    return .object(
      [
        ("tickets", .number(tickets)), ("unreadable", .number(unreadable)),
        ("tickets_with_findings", .number(ticketsWithFindings)), ("waived", .number(waived.reduce(0, +))),
        ("known", .number(known)),
      ] + found)
  }
}
