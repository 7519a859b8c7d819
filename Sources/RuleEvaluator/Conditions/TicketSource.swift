import Expressions
import TicketModel
import WorkingTime

/// A ticket's values, and what tables decided about it, as expressions read them.
struct TicketSource: SlotSource {
  let values: UnsafeBufferPointer<Slot>
  let bytes: [UInt8]
  let rulebook: Rulebook
  var patterns: PatternMemo?

  @inline(__always)
  func value(ofSlot index: Int) -> SlotValue {
    let slot = values[index]
    switch slot.kind {
    case .absent: return .absent
    case .invalid: return .invalid
    case .boolean: return .bool(slot.integer != 0)
    case .integer: return .int(slot.integer)
    case .number: return .double(slot.double)
    case .instant: return .timestamp(milliseconds: slot.integer)
    case .duration: return .duration(milliseconds: slot.integer)
    case .choice: return .choice(Int(slot.integer))
    case .text where index < rulebook.schema.fields.count: return .text(slot.textRange)
    case .date, .text, .raw: return .composite
    }
  }

  func composite(ofSlot index: Int) -> Value {
    let slot = values[index]
    switch slot.kind {
    case .date: return .string(CivilDate(days: Int32(clamping: slot.integer)).text)
    case .text: return .string(rulebook.outputText(symbol: slot.symbol, slot: index))
    case .raw:
      var reader = RawValueReader(
        bytes: bytes, at: slot.textRange.lowerBound, zone: rulebook.timeZone)
      return reader.value(of: rulebook.schema.fields[index].type)
    default: return .null
    }
  }
}
