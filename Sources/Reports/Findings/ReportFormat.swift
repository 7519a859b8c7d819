public import Diagnostics

/// The formats that reports come in.
public enum ReportFormat: String, CaseIterable, Sendable {
  /// A table for people.
  case text
  /// One JSON document.
  case json
  /// One JSON value a line.
  case ndjson
  /// SARIF 2.1.0, for code scanning.
  case sarif
  /// JUnit XML, for pages of test results.
  case junit
  /// Workflow commands of GitHub, which annotate a change.
  case github
  /// GitLab Code Quality.
  case gitlab
  /// TAP 14.
  case tap
  /// A summary in Markdown.
  case markdown
  /// One page that needs nothing else.
  case html

  /// Whether the report of a check holds all decisions rather than findings alone.
  public var holdsDecisions: Bool { self == .json || self == .ndjson }

  /// - Parameter style: how `text` looks.
  public func report(on subject: ReportSubject, style: TableStyle = TableStyle()) -> any FindingReport {
    switch self {
    case .text: TextReport(subject, style: style)
    case .json: JSONReport(subject)
    case .ndjson: NDJSONReport(subject)
    case .sarif: SARIFReport(subject)
    case .junit: JUnitReport(subject)
    case .github: GitHubReport(subject)
    case .gitlab: GitLabReport(subject)
    case .tap: TAPReport(subject)
    case .markdown: MarkdownReport(subject)
    case .html: HTMLReport(subject)
    }
  }
}
