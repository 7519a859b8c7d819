public import WorkingTime

/// Tickets that a review counts together.
public struct RecurrenceGroup: Hashable, Sendable {
  /// The id of the review, which outlives a change of the rules.
  public var review: String
  /// As in `ReviewContribution`.
  public var values: String

  public init(review: String, values: String) {
    self.review = review
    self.values = values
  }
}

/// What one ticket adds to a group, as the state keeps it.
public struct KeptContribution: Hashable, Sendable {
  public var group: RecurrenceGroup
  /// When the ticket came.
  public var at: Instant
  /// As in `ReviewContribution`.
  public var missing: UInt64
  /// A review that fell due with a ticket that came before is history.
  public var boundary: Instant

  public init(group: RecurrenceGroup, at: Instant, missing: UInt64, boundary: Instant) {
    self.group = group
    self.at = at
    self.missing = missing
    self.boundary = boundary
  }
}

/// A group to which something was added, or from which something went, since it was looked at.
public struct TouchedGroup: Hashable, Sendable {
  public var group: RecurrenceGroup
  /// The earliest of the boundaries of what was added.
  public var boundary: Instant
  /// The ticket of the review that was told of last; nil where none was, or that was held.
  public var told: String?

  public init(group: RecurrenceGroup, boundary: Instant, told: String?) {
    self.group = group
    self.boundary = boundary
    self.told = told
  }
}

/// A group that has been looked at.
public struct ReviewedGroup: Hashable, Sendable {
  public var group: RecurrenceGroup
  /// The ticket with which a review is due; nil where none is.
  public var due: String?

  public init(group: RecurrenceGroup, due: String?) {
    self.group = group
    self.due = due
  }
}
