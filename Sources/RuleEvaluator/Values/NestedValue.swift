import Expressions
public import TicketModel
public import WorkingTime

/// A value inside a list or an object of a ticket, for those who show it.
public indirect enum NestedValue: Hashable, Sendable {
  /// Null, or not there.
  case absent
  case boolean(Bool)
  case instant(Instant)
  /// A text, a number as it is written in JSON, or the key of a choice.
  case text(String)
  case list([NestedValue])
  case object([Member])

  public struct Member: Hashable, Sendable {
    public var name: String
    public var value: NestedValue
  }

  /// The member with this dotted name; absent where an object on the way is none.
  public func member(_ name: String) -> NestedValue {
    var value = self
    for part in name.split(separator: ".") {
      guard case .object(let members) = value, let member = members.first(where: { $0.name == part }) else {
        return .absent
      }
      value = member.value
    }
    return value
  }
}

extension Rulebook {
  /// The list or object that `value`, of kind `raw`, holds; of every other kind nothing.
  public func nestedValue(of value: Slot, inSlot slot: Int, _ ticket: borrowing Ticket) -> NestedValue {
    guard value.kind == .raw else { return .absent }
    var reader = RawValueReader(bytes: Array(ticket.bytes[value.textRange]), zone: timeZone)
    return NestedValue(reader.value(of: schema.fields[slot].type))
  }
}

extension NestedValue {
  init(_ value: Value) {
    switch value {
    case .bool(let value): self = .boolean(value)
    case .int(let value): self = .text(String(value))
    case .uint(let value): self = .text(String(value))
    case .double(let value): self = .text(Int64(exactly: value).map { String($0) } ?? String(value))
    case .string(let text): self = .text(text.string)
    case .list(let elements): self = .list(elements.map { NestedValue($0) })
    case .map(let map): self = .object(map.entries.compactMap { Member($0.key, $0.value) })
    case .timestamp(let timestamp):
      let (milliseconds, isTooLarge) = timestamp.seconds.multipliedReportingOverflow(by: 1000)
      self =
        isTooLarge
        ? .absent
        : .instant(Instant(milliseconds: milliseconds + Int64(timestamp.nanoseconds / 1_000_000)))
    case .null, .bytes, .duration, .type, .optional: self = .absent
    }
  }
}

extension NestedValue.Member {
  fileprivate init?(_ key: Value, _ value: Value) {
    guard case .string(let name) = key else { return nil }
    self.init(name: name.string, value: NestedValue(value))
  }
}
