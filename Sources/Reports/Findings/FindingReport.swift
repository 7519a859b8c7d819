public import ByteOutput

/// A format of a report, written while findings come in.
///
/// Called in this order by whoever runs a check or looks at rules: `begin` once, `add` for each finding and each run of
/// decisions in the order of the tickets, `end` once. What is appended to `bytes` is written and forgotten, so that a report
/// of a million findings needs no more memory than one of ten, unless the format wants the worst first: then it keeps a bounded
/// number of them, and says how many were left out.
public protocol FindingReport: Sendable {
  mutating func begin(into bytes: inout ByteWriter)
  mutating func add(_ finding: ReportedFinding, into bytes: inout ByteWriter)
  /// - Parameter lines: decisions as JSON, each ended by a newline.
  mutating func add(decisions lines: [UInt8], into bytes: inout ByteWriter)
  mutating func end(_ summary: ReportSummary, into bytes: inout ByteWriter)
  /// What the format has no place for and whoever started the run should know, in a line; asked for after `end`.
  var remark: String? { get }
}

extension FindingReport {
  public mutating func begin(into bytes: inout ByteWriter) {}
  public mutating func add(decisions lines: [UInt8], into bytes: inout ByteWriter) {}
  public var remark: String? { nil }
}
