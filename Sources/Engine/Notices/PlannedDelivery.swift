public import PluginAPI
public import WorkingTime

/// A delivery that a decision calls for, before it is suppressed, grouped and sent.
public struct PlannedDelivery: Hashable, Sendable {
  /// Its key is stable: ticket, rule, window, cycle and level; for a repetition also which one it is.
  public var delivery: Delivery
  /// When it fell due.
  public var due: Instant
  /// Not sent before: `due`, or the next opening where a rule says `deliver: working-time`.
  public var notBefore: Instant
  /// When it may go out, as seen from the decision: `notBefore`, or a later opening where that one has passed.
  public var earliest: Instant
  /// The names of the notifier instances that send it; nil for all.
  public var notifiers: [String]?
  /// What it is sent together with; nil where it goes alone.
  public var group: Group?

  /// Deliveries of one notification that share some values are sent as one.
  public struct Group: Hashable, Sendable {
    /// The notification's id.
    public var rule: String
    /// The values of `group_by`, as people write them.
    public var values: [String]
    /// How long the first of a group waits for others, in milliseconds.
    public var wait: Int64

    public init(rule: String, values: [String], wait: Int64) {
      self.rule = rule
      self.values = values
      self.wait = wait
    }
  }

  public init(
    _ delivery: Delivery, due: Instant, notBefore: Instant? = nil, earliest: Instant? = nil,
    notifiers: [String]? = nil, group: Group? = nil
  ) {
    self.delivery = delivery
    self.due = due
    self.notBefore = notBefore ?? due
    self.earliest = earliest ?? self.notBefore
    self.notifiers = notifiers
    self.group = group
  }
}
