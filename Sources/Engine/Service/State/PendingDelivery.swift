public import PluginAPI
public import WorkingTime

/// A delivery by one notifier: what is delivered once.
public struct DeliveryName: Hashable, Sendable {
  public var key: String
  /// The name of the notifier's instance.
  public var notifier: String

  public init(_ key: String, _ notifier: String) {
    self.key = key
    self.notifier = notifier
  }
}

/// A delivery that waits in the outbox.
public struct PendingDelivery: Hashable, Sendable {
  public var delivery: Delivery
  public var notifier: String
  /// When it fell due.
  public var due: Instant
  /// When it was to go out: at `due`, at an opening after it, or at the end of its group's wait. What goes out later is late.
  public var planned: Instant
  /// Not sent before: `planned`, or the next attempt.
  public var notBefore: Instant
  /// How often it was tried.
  public var attempts: Int
  /// What it is sent together with; nil where it goes alone.
  public var batch: Batch?
  /// The group of tickets whose review it asks for. It then waits as long as that is due, whatever becomes of the ticket that
  /// it names.
  public var review: RecurrenceGroup?

  /// The most deliveries of one batch, so that memory and messages have a limit.
  public static let batchLimit = 100

  /// Deliveries that are sent as one.
  public struct Batch: Hashable, Sendable {
    /// The group, which all of its batches share.
    public var group: String
    /// The key under which the batch is delivered.
    public var key: String
    /// From when on the delivery may go out: it joins no batch that closes earlier.
    public var from: Instant

    public init(group: String, key: String, from: Instant) {
      self.group = group
      self.key = key
      self.from = from
    }
  }

  public init(
    _ delivery: Delivery, notifier: String, due: Instant, planned: Instant, notBefore: Instant? = nil,
    attempts: Int = 0, batch: Batch? = nil, review: RecurrenceGroup? = nil
  ) {
    self.delivery = delivery
    self.notifier = notifier
    self.due = due
    self.planned = planned
    self.notBefore = notBefore ?? planned
    self.attempts = attempts
    self.batch = batch
    self.review = review
  }

  public var name: DeliveryName { DeliveryName(delivery.key, notifier) }
}

/// When a delivery is tried again.
public struct Postponement: Hashable, Sendable {
  public var until: Instant
  /// Whether the notifier said that it did not take it. Else it may have arrived all the same.
  public var isRefused: Bool

  public init(until: Instant, isRefused: Bool) {
    self.until = until
    self.isRefused = isRefused
  }
}

/// What became of a delivery.
public struct Settlement: Hashable, Sendable {
  public enum Outcome: Hashable, Sendable {
    case delivered
    /// Never to be tried again.
    case rejected(reason: String)
    /// Nobody needed it any more; where that changes, it is sent after all.
    case withdrawn
  }

  public var name: DeliveryName
  public var outcome: Outcome

  public init(_ name: DeliveryName, _ outcome: Outcome) {
    self.name = name
    self.outcome = outcome
  }
}
