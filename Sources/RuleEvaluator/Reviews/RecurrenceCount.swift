public import WorkingTime

/// The tickets of one group, and whether they call for a review. Pure; as much memory as tickets.
public struct RecurrenceCount: Sendable {
  /// One ticket, in the order in which they came; those of one instant by their ids.
  public struct Member: Hashable, Comparable, Sendable {
    public var at: Instant
    public var ticket: String
    /// As in `ReviewContribution`, like `waiver`.
    public var missing: UInt64
    public var waiver: Int

    public init(at: Instant, ticket: String, missing: UInt64, waiver: Int = -1) {
      self.at = at
      self.ticket = ticket
      self.missing = missing
      self.waiver = waiver
    }

    public static func < (left: Member, right: Member) -> Bool {
      (left.at, left.ticket, left.missing) < (right.at, right.ticket, right.missing)
    }
  }

  private var members: [Member] = []
  private var isSorted = true

  public init() {}

  /// Counts a ticket; in any order.
  public mutating func add(_ member: Member) {
    if let last = members.last, member < last { isSorted = false }
    members.append(member)
  }

  /// The ticket with which the first review fell due that nobody has held; nil where there is none.
  ///
  /// O(n log n) for tickets in any order, O(n) in their own.
  public mutating func due(_ recurrence: Review.Recurrence) -> Member? {
    if !isSorted { members.sort() }
    isSorted = true
    // Whichever time contains the last ticket that holds a review, or lies before it, has been dealt with.
    let start = (members.lastIndex { $0.missing == 0 } ?? -1) + 1
    var scan = RecurrenceScan(recurrence)
    return members[start...].first { scan.isDue(with: $0.at) }
  }
}
