import ByteOutput
import Diagnostics

/// A report in GitLab's format "Code Quality": a JSON array of findings, each with a place and a fingerprint
/// (docs.gitlab.com, "Code Quality", report format).
///
/// Paths are those of the repository, which docket is expected to be started in: what stands elsewhere GitLab shows nowhere.
/// Waived findings are left out, for GitLab knows none; so are those of the baseline, as GitLab compares with its own.
struct GitLabReport: FindingReport {
  private let subject: ReportSubject
  private var isFirst = true
  /// How often a fingerprint came about the ticket at hand: GitLab wants each once.
  private var fingerprints: [String: Int] = [:]
  private var record: ReportedFinding.Record?
  /// Findings whose files are outside of the folder that docket was started in.
  private var outside = 0

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
    let path = subject.pathFromHere(place?.file ?? subject.folder)
    if path.hasPrefix("/") || path.hasPrefix("../") { outside += 1 }
    let about = finding.subject.isEmpty ? "" : "\(finding.subject): "
    return [
      "description": .text(about + finding.message), "check_name": .text(finding.rule),
      "fingerprint": .text(unique(finding.fingerprint)), "severity": .text(finding.severity.inGitLab),
      "location": [
        "path": .text(path), "lines": ["begin": .number(place?.start.line ?? 1)],
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

  var remark: String? {
    outside == 0
      ? nil
      : "\(counted(outside, "finding")) about files outside of this folder, which GitLab does not show"
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
