import ByteOutput
import Diagnostics

/// A report in GitLab's format "Code Quality": a JSON array of findings, each with a place and a fingerprint
/// (docs.gitlab.com, "Code Quality", report format).
///
/// Waived findings are left out, for GitLab knows none; so are those of the baseline, as GitLab compares with its own.
struct GitLabReport: FindingReport {
  private let subject: ReportSubject
  private var isFirst = true
  /// How often a fingerprint came about the ticket at hand: GitLab wants each once.
  private var fingerprints: [String: Int] = [:]
  private var record: ReportedFinding.Record?

  init(_ subject: ReportSubject) { self.subject = subject }

  func begin(into bytes: inout ByteWriter) { bytes.append(literal: "[") }

  mutating func add(_ finding: ReportedFinding, into bytes: inout ByteWriter) {
    guard case .new = finding.standing else { return }
    bytes.append(literal: isFirst ? "\n" : ",\n")
    isFirst = false
    if finding.record != record { fingerprints.removeAll(keepingCapacity: true) }
    record = finding.record
    bytes.append(json(finding))
  }

  private mutating func json(_ finding: ReportedFinding) -> JSONTree {
    let place = subject.place(of: finding)
    let about = finding.subject.isEmpty ? "" : "\(finding.subject): "
    return [
      "description": .text(about + finding.message), "check_name": .text(finding.rule),
      "fingerprint": .text(unique(finding.fingerprint)), "severity": .text(finding.severity.inGitLab),
      "location": [
        "path": .text((place?.file ?? subject.folder).withoutLeadingDot),
        "lines": ["begin": .number(place?.start.line ?? 1)],
      ],
    ]
  }

  private mutating func unique(_ fingerprint: String) -> String {
    let count = fingerprints[fingerprint, default: 0]
    fingerprints[fingerprint] = count + 1
    return count == 0 ? fingerprint : "\(fingerprint)-\(count + 1)"
  }

  func end(_ summary: ReportSummary, into bytes: inout ByteWriter) {
    bytes.append(literal: isFirst ? "]\n" : "\n]\n")
  }
}

extension Severity {
  /// One of info, minor, major, critical, blocker.
  fileprivate var inGitLab: String {
    switch self {
    case .error: "major"
    case .warning: "minor"
    case .info: "info"
    }
  }
}

extension String {
  /// GitLab takes no path that begins with `./`.
  fileprivate var withoutLeadingDot: String { hasPrefix("./") ? String(dropFirst(2)) : self }
}
