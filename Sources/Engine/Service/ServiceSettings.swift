public import WorkingTime

/// How the service works; durations are milliseconds.
public struct ServiceSettings: Hashable, Sendable {
  /// Between two readings of a store that does not tell of changes.
  public var pollInterval: Int64 = 5_000
  /// The most tickets that the store is asked for at once: 1...500.
  public var pageSize = 500
  /// So many tickets of one reading are kept in one transaction, where the store has them: what it costs to keep a page of
  /// the state is shared by all tickets on it. Timers that fall due meanwhile wait for those that are under way, half a second.
  /// A store that takes longer gives smaller transactions.
  public var transactionSize = 4_000
  /// The most notices that a notifier is given at once, at least 1.
  public var deliveryBatch = 100
  /// How long a notifier may take for one call.
  public var deliveryTimeout: Int64 = 30_000
  /// A notice that goes out later than this after its time says so.
  public var lateAfter: Int64 = 60_000
  /// From when on notices are sent, at the first start with a state; nil for the first start itself. What fell due earlier is
  /// history.
  public var watchingSince: Instant?
  /// The language of notices.
  public var language = "en"

  public init() {}
}
