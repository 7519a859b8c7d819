import ByteOutput
import Diagnostics

/// A report as GitHub's workflow commands, which show findings as annotations beside the files
/// (docs.github.com, "Workflow commands for GitHub Actions").
///
/// GitHub shows ten errors, ten warnings and ten notices of a step; what is more is counted in a notice of its own.
struct GitHubReport: FindingReport {
  private let subject: ReportSubject
  private var shown: [Severity: Int] = [:]
  private var omitted: [Severity: Int] = [:]

  /// How many annotations of one kind GitHub shows of a step.
  private static let limit = 10

  init(_ subject: ReportSubject) { self.subject = subject }

  mutating func add(_ finding: ReportedFinding, into bytes: inout ByteWriter) {
    guard case .new = finding.standing else { return }
    // One notice is kept for the count of what was left out.
    let limit = finding.severity == .info ? Self.limit - 1 : Self.limit
    if shown[finding.severity, default: 0] == limit {
      omitted[finding.severity, default: 0] += 1
      return
    }
    shown[finding.severity, default: 0] += 1
    write(finding, into: &bytes)
  }

  private func write(_ finding: ReportedFinding, into bytes: inout ByteWriter) {
    var properties = [String]()
    if let place = subject.place(of: finding) {
      properties += ["file=\(place.file.escapedProperty)", "line=\(place.start.line)"]
      if place.start.column > 1 { properties.append("col=\(place.start.column)") }
    }
    let title = [finding.rule, finding.subject].filter { !$0.isEmpty }.joined(separator: " ")
    properties.append("title=\(title.escapedProperty)")
    let hint = finding.hint.map { "; \($0)" } ?? ""
    bytes.append(
      text:
        "::\(finding.severity.command) \(properties.joined(separator: ","))::\((finding.message + hint).escapedData)\n"
    )
  }

  func end(_ summary: ReportSummary, into bytes: inout ByteWriter) {
    let rest = Severity.allCases.sorted(by: >).compactMap { severity in
      omitted[severity].map { counted($0, severity.noun) }
    }
    if rest.isEmpty { return }
    bytes.append(
      text:
        "::notice title=docket::\(rest.joined(separator: ", ")) more: GitHub shows \(Self.limit) of a kind\n")
  }
}

extension Severity {
  fileprivate var command: String {
    switch self {
    case .error: "error"
    case .warning: "warning"
    case .info: "notice"
    }
  }

  /// What one finding of it is called.
  var noun: String {
    switch self {
    case .error: "error"
    case .warning: "warning"
    case .info: "note"
    }
  }
}

extension String {
  /// The text of a command: one line. By scalars, as a carriage return and a newline are one character.
  fileprivate var escapedData: String {
    unicodeScalars.map { scalar in
      switch scalar {
      case "%": "%25"
      case "\r": "%0D"
      case "\n": "%0A"
      default: String(scalar)
      }
    }.joined()
  }

  /// The value of a property, which a colon or a comma would end.
  fileprivate var escapedProperty: String {
    escapedData.replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}
