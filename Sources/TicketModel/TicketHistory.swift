public import WorkingTime

extension Ticket {
  /// The field's value at an instant.
  public func value(of slot: Int, at instant: Instant) -> Slot { .absent }

  /// All fields' values at an instant, in one pass.
  public func fold(at instant: Instant, into slots: inout [Slot]) {}
}
