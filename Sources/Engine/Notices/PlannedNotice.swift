import RuleEvaluator
public import WorkingTime

/// That somebody is to be told something, before it is put into words: most of what a ticket's history calls for was told
/// long ago, and needs none.
///
/// It points into the decision that it was planned from, and lives as long.
public struct PlannedNotice: Hashable, Sendable {
  /// Stable: ticket, rule, window, cycle and level; for a repetition also which one it is.
  public var key: String
  /// When it fell due.
  public var due: Instant
  /// The names of the notifier instances that send it; nil for all.
  public var notifiers: [String]?
  var source: Source

  /// What it is about.
  enum Source: Hashable, Sendable {
    /// The index of a notice that needs no notification: an escalation, or anything where the rules have none.
    case notice(Int)
    /// The indexes of a notice and of the notification that tells of it.
    case notification(Int, by: Int)
    /// The indexes of a finding and of the notification that tells of it.
    case finding(Int, by: Int)
  }

  /// Whether it tells of a finding, which may go away and come back.
  var isAboutFinding: Bool { if case .finding = source { true } else { false } }
}
