import TicketModel

/// The history, one event after the other, in values that somebody else keeps.
///
/// A field that the history sets had no value before its first event. From the last event on the top level of the
/// record tells, where it has a value.
extension Ticket {
  /// Takes away the fields that the history sets.
  @inline(__always)
  func removeChanged(from values: UnsafeMutableBufferPointer<Slot>) {
    for index in changes.indices { values[changes[index].slot] = .absent }
  }

  /// Carries out event `index`, after those before it.
  @inline(__always)
  func apply(event index: Int, to values: UnsafeMutableBufferPointer<Slot>) {
    for change in events[index].changes { values[changes[change].slot] = changes[change].value }
    if index == events.count - 1 { preferTopLevel(in: values) }
  }

  private func preferTopLevel(in values: UnsafeMutableBufferPointer<Slot>) {
    for index in changes.indices {
      let slot = changes[index].slot
      if slots[slot].kind != .absent { values[slot] = slots[slot] }
    }
  }
}
