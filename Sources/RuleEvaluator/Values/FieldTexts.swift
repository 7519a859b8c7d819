import Expressions
public import TicketModel

extension Rulebook {
  /// The texts that a value holds: those of a list one by one, anything else as rules write it; none where there is none.
  public func texts(of value: Slot, inSlot slot: Int, _ ticket: borrowing Ticket) -> [String] {
    switch value.kind {
    case .absent, .invalid: return []
    case .raw:
      var reader = RawValueReader(bytes: Array(ticket.bytes[value.textRange]), zone: timeZone)
      guard case .list(let elements) = reader.value(of: schema.fields[slot].type) else { return [] }
      return elements.compactMap { element in
        if case .string(let text) = element { text.string } else { nil }
      }
    default: return [text(of: value, inSlot: slot, ticket)]
    }
  }
}
