/// A value that a ticket's field is assumed to have, in place of its own.
public struct TicketAssumption: Sendable {
  public var slot: Int
  /// The value as JSON; `null` for none.
  public var json: String

  public init(slot: Int, json: String) {
    self.slot = slot
    self.json = json
  }
}

extension TicketDecoder {
  /// Decodes `record` as it would be with other values at its top level, which are the present; its history stays.
  ///
  /// Of a member that is there twice the first counts, so the assumed ones are written before the record's own.
  ///
  /// - Precondition: no two assumptions are of one slot.
  public mutating func decode(
    _ record: [UInt8], assuming values: [TicketAssumption], into ticket: inout Ticket
  ) throws(MalformedRecord) {
    // Whatever is wrong with the record itself is told of the record itself.
    try decode(record.span.bytes, into: &ticket)
    guard let brace = record.firstIndex(of: UInt8(ascii: "{")) else { return }
    let names = layout.schema.fields.map(\.name)
    var members = values.map { "\(jsonString(names[$0.slot])):\($0.json)" }.joined(separator: ",")
    let isEmpty = record[(brace + 1)...].first { !$0.isSpace } == UInt8(ascii: "}")
    if !isEmpty, !values.isEmpty { members += "," }
    let changed = record[...brace] + Array(members.utf8) + record[(brace + 1)...]
    try decode(Array(changed).span.bytes, into: &ticket)
    let slots = Set(values.map(\.slot))
    ticket.problems.removeAll { $0.kind == .duplicateKey && $0.slot.map(slots.contains) ?? false }
    for slot in slots where ticket.slots[slot].kind == .absent { ticket.clearPresent(slot) }
  }

  private func jsonString(_ name: String) -> String {
    "\"" + name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}

extension Ticket {
  /// Takes away what the history says of the field's present: from the last event on it has no value.
  fileprivate mutating func clearPresent(_ slot: Int) {
    guard let last = events.indices.last, changes.contains(where: { $0.slot == slot }) else { return }
    let kept = changes[events[last].changes].filter { $0.slot != slot }
    let start = changes.count
    changes += kept + [Change(slot: slot, value: .absent)]
    events[last].changes = start..<changes.count
  }
}

extension UInt8 {
  fileprivate var isSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}
