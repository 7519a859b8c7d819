import Expressions
import TicketModel

extension Evaluator {
  /// Compares texts and lists with `max_length` and `max_items` of their fields.
  mutating func checkSizes(of ticket: borrowing Ticket, in decision: inout Decision) {
    for slot in rulebook.sizedSlots {
      let field = rulebook.schema.fields[slot]
      let value = values.elements[slot]
      switch (value.kind, field.size.maximum) {
      case (.text, let maximum?):
        // Bytes are at least as many as characters.
        if value.textRange.count <= maximum { continue }
        let count = ticket.bytes[value.textRange].count { $0 & 0xC0 != 0x80 }
        if count > maximum { decision.findings.append(.tooLarge(slot, count: count)) }
      case (.raw, _):
        var reader = RawValueReader(bytes: Array(ticket.bytes[value.textRange]), zone: rulebook.timeZone)
        checkSize(of: reader.value(of: field.type), slot, in: &decision)
      default: continue
      }
    }
  }

  private mutating func checkSize(of value: Value, _ slot: Int, in decision: inout Decision) {
    let field = rulebook.schema.fields[slot]
    if case .list(let elements) = value, let maximum = field.size.maximum, elements.count > maximum {
      decision.findings.append(.tooLarge(slot, count: elements.count))
    } else if field.type.exceeds(field.size, value) {
      decision.findings.append(.tooLarge(slot, count: nil))
    }
  }
}

extension Finding {
  /// - Parameter count: characters or items; nil where only a part of the value is too large.
  fileprivate static func tooLarge(_ slot: Int, count: Int?) -> Finding {
    Finding(.tooLarge, rule: slot, field: slot, detail: Int64(count ?? -1))
  }
}

extension FieldType {
  /// Whether a value or any part of it is larger than its field declares.
  fileprivate func exceeds(_ size: FieldSize, _ value: Value) -> Bool {
    switch (self, value) {
    case (.list(let element), .list(let values)):
      values.count > size.maximum ?? .max || values.contains { element.exceeds(size.element, $0) }
    case (.object(let schema), .map(let map)):
      schema.fields.contains { field in
        map.value(for: .string(field.name)).map { field.type.exceeds(field.size, $0) } ?? false
      }
    case (_, .string(let text)): text.count > size.maximum ?? .max
    default: false
    }
  }

  /// Whether a field of this type declares a size, or a part of it does.
  func declaresSize(_ size: FieldSize) -> Bool {
    if size.maximum != nil { return true }
    switch self {
    case .list(let element): return element.declaresSize(size.element)
    case .object(let schema): return schema.fields.contains { $0.type.declaresSize($0.size) }
    default: return false
    }
  }
}
