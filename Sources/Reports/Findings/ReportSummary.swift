public import Diagnostics

/// What a run came to: known when everything has been found.
public struct ReportSummary: Hashable, Sendable {
  /// Records that were read as tickets.
  public var tickets = 0
  /// Records that could not be read.
  public var unreadable = 0
  public var ticketsWithFindings = 0
  public var errors = 0
  public var warnings = 0
  public var notes = 0
  /// Findings that the baseline holds.
  public var known = 0
  /// By waiver: how many findings it waived.
  public var waived: [Int] = []
  /// What the baseline holds and nothing was found of any more.
  public var fixed: [BaselineEntry] = []
  /// Whether the run failed, given the level from which on findings fail it.
  public var failed = false

  public init() {}

  public var findings: Int { errors + warnings + notes }

  /// The worst severity of what counts; nil where nothing does.
  public var worst: Severity? {
    errors > 0 ? .error : warnings > 0 ? .warning : notes > 0 ? .info : nil
  }

  public mutating func count(_ severity: Severity) {
    switch severity {
    case .error: errors += 1
    case .warning: warnings += 1
    case .info: notes += 1
    }
  }

  /// Counts a finding of which the baseline or a waiver may say that it does not count.
  public mutating func count(_ severity: Severity, _ standing: ReportedFinding.Standing) {
    switch standing {
    case .new: count(severity)
    case .known: known += 1
    case .waived(let waiver): addWaived(1, by: waiver)
    }
  }

  private mutating func addWaived(_ count: Int, by waiver: Int) {
    if waived.count <= waiver { waived += Array(repeating: 0, count: waiver + 1 - waived.count) }
    waived[waiver] += count
  }

  /// Adds the counts of another part of the same run.
  public static func += (left: inout ReportSummary, right: ReportSummary) {
    left.tickets += right.tickets
    left.unreadable += right.unreadable
    left.ticketsWithFindings += right.ticketsWithFindings
    left.errors += right.errors
    left.warnings += right.warnings
    left.notes += right.notes
    left.known += right.known
    for (waiver, count) in right.waived.enumerated() { left.addWaived(count, by: waiver) }
  }
}

/// A finding as a baseline keeps it: neither lines nor words, which change while it stays the same.
public struct BaselineEntry: Hashable, Comparable, Sendable {
  public var rule: String
  public var ticket: String
  public var field: String?

  public init(rule: String, ticket: String, field: String?) {
    self.rule = rule
    self.ticket = ticket
    self.field = field
  }

  public static func < (left: BaselineEntry, right: BaselineEntry) -> Bool {
    (left.ticket, left.rule, left.field ?? "") < (right.ticket, right.rule, right.field ?? "")
  }
}
