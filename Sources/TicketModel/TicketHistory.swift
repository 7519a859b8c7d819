public import WorkingTime

/// A ticket's state at an instant.
///
/// The record's top level is the present, its history is how it came about:
/// 1. A field that no event sets has its top-level value at all times.
/// 2. From the last event on, whichever field it sets, a value at the top level counts, since it is the present.
/// 3. Else a field has what the last event at or before the instant set it to, which may be nothing;
///    before the first event that sets it, it is absent.
///
/// A value that does not fit its field is a value all the same, so it is not replaced by another.
extension Ticket {
  /// The field's value at an instant; O(changes).
  public func value(of slot: Int, at instant: Instant) -> Slot {
    let present = slots[slot]
    guard let last = events.last else { return present }
    if instant >= last.at, present.kind != .absent { return present }
    var isSet = false
    for event in events.reversed() {
      guard let change = changes[event.changes].first(where: { $0.slot == slot }) else { continue }
      if event.at <= instant { return change.value }
      isSet = true
    }
    return isSet ? .absent : present
  }

  /// All fields' values at an instant, in one pass over the changes; allocates nothing once `slots` has the room.
  public func fold(at instant: Instant, into slots: inout [Slot]) {
    slots.removeAll(keepingCapacity: true)
    slots.append(contentsOf: self.slots)
    guard let last = events.last else { return }
    for change in changes { slots[change.slot] = .absent }
    for event in events.prefix(while: { $0.at <= instant }) {
      for change in changes[event.changes] { slots[change.slot] = change.value }
    }
    guard instant >= last.at else { return }
    for change in changes where self.slots[change.slot].kind != .absent {
      slots[change.slot] = self.slots[change.slot]
    }
  }
}
