public import WorkingTime

/// Looks through the tickets of one group, in their order, for the one with which a review falls due.
///
/// A review falls due with the ticket that is the `count`-th of those that came within the time. It is held when one of
/// these, or a later one, has all fields: the scan begins behind the last ticket that has. Memory: `count` instants.
public struct RecurrenceScan: Sendable {
  private let recurrence: Review.Recurrence
  /// The instants of the last `count - 1` tickets; the oldest stands at `seen` modulo their number.
  private var instants: [Instant] = []
  private var seen = 0

  public init(_ recurrence: Review.Recurrence) {
    self.recurrence = recurrence
    instants.reserveCapacity(recurrence.count - 1)
  }

  /// Whether a review falls due with the next ticket, which came at `instant`.
  public mutating func isDue(with instant: Instant) -> Bool {
    let length = recurrence.count - 1
    defer { seen += 1 }
    guard seen >= length else {
      instants.append(instant)
      return false
    }
    let first = instants[seen % length]
    instants[seen % length] = instant
    return instant.milliseconds(since: first) < recurrence.milliseconds
  }
}
