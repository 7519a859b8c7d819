public import Diagnostics

/// What a check counted.
public struct CheckSummary: Hashable, Sendable {
  /// Records that were read as tickets.
  public internal(set) var tickets = 0
  /// Records that could not be read.
  public internal(set) var unreadable = 0
  public internal(set) var ticketsWithFindings = 0
  public internal(set) var errors = 0
  public internal(set) var warnings = 0
  public internal(set) var notes = 0

  public init() {}

  /// The worst severity that was found; nil where nothing was.
  public var worst: Severity? {
    errors > 0 ? .error : warnings > 0 ? .warning : notes > 0 ? .info : nil
  }

  mutating func count(_ severity: Severity) {
    switch severity {
    case .error: errors += 1
    case .warning: warnings += 1
    case .info: notes += 1
    }
  }

  static func += (left: inout CheckSummary, right: CheckSummary) {
    left.tickets += right.tickets
    left.unreadable += right.unreadable
    left.ticketsWithFindings += right.ticketsWithFindings
    left.errors += right.errors
    left.warnings += right.warnings
    left.notes += right.notes
  }
}
