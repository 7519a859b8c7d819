public import Reports

/// How far a check has come.
public struct CheckProgress: Sendable {
  public private(set) var summary = ReportSummary()
  /// The part of the input that was read, 0...1; nil where the store does not know.
  public private(set) var fraction: Double?

  /// How many tickets were read.
  public var tickets: Int { summary.tickets }

  mutating func add(_ page: EvaluatedPage) {
    add(page.summary, fraction: page.fraction)
  }

  mutating func add(_ summary: ReportSummary, fraction: Double?) {
    self.summary += summary
    self.fraction = fraction
  }
}
