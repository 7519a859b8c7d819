import Diagnostics

/// What a run came to: known when everything has been found.
public struct ReportSummary: Sendable {
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
