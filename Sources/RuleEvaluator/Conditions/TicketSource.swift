import Expressions
import TicketModel
import WorkingTime

/// A ticket's values, and what tables decided about it, as expressions read them; valid as long as they and the rulebook
/// are.
///
/// It holds no references, because counting them takes longer than most expressions.
struct TicketSource: SlotSource {
  private let values: UnsafeBufferPointer<Slot>
  private let bytes: UnsafeRawBufferPointer
  private let rulebook: Unmanaged<Rulebook>
  /// The slots of fields; behind them are outputs of tables.
  private let fieldCount: Int
  private let memo: Unmanaged<PatternMemo>?

  init(
    values: UnsafeBufferPointer<Slot>, bytes: UnsafeRawBufferPointer, rulebook: Rulebook,
    patterns: PatternMemo? = nil
  ) {
    self.values = values
    self.bytes = bytes
    self.rulebook = Unmanaged.passUnretained(rulebook)
    fieldCount = rulebook.fieldCount
    memo = patterns.map(Unmanaged.passUnretained)
  }

  @inline(__always)
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result { body(bytes) }

  var patterns: PatternMemo? { memo?.takeUnretainedValue() }

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
    case .text where index < fieldCount: return .text(slot.textRange)
    case .date, .text, .raw: return .composite
    }
  }

  func composite(ofSlot index: Int) -> Value {
    let slot = values[index]
    let rulebook = rulebook.takeUnretainedValue()
    switch slot.kind {
    case .date: return .string(CivilDate(days: Int32(clamping: slot.integer)).text)
    case .text: return .string(rulebook.outputText(symbol: slot.symbol, slot: index))
    case .raw:
      var reader = RawValueReader(bytes: Array(bytes[slot.textRange]), zone: rulebook.timeZone)
      return reader.value(of: rulebook.schema.fields[index].type)
    default: return .null
    }
  }
}
