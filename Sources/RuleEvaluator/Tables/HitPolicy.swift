/// What a decision table does when several rows match (DMN 1.3, 8.2.8).
public enum HitPolicy: Hashable, Sendable {
  /// At most one row may match; two are a finding.
  case unique
  /// Several may match if they agree; others are a finding.
  case any
  /// The first in order.
  case first
  /// The one whose outputs come first in the order of their values.
  case priority
  /// All, as a list in no particular order, or one number made of theirs.
  case collect(Aggregator?)
  /// All, as a list in the order of the rows.
  case ruleOrder
  /// All, as a list in the order of their output values.
  case outputOrder

  /// How `collect` makes one number of many.
  public enum Aggregator: String, Hashable, Sendable, CaseIterable { case sum, min, max, count }

  /// Whether the result is a list of rows.
  public var yieldsList: Bool {
    switch self {
    case .collect(nil), .ruleOrder, .outputOrder: true
    default: false
    }
  }
}
