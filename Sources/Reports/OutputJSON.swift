import ByteOutput
import RuleEvaluator
import TicketModel
import WorkingTime

extension ByteWriter {
  /// The value as JSON, instants in the zone.
  mutating func append(_ value: OutputValue, in zone: TimeZoneRules) {
    switch value {
    case .absent: append(literal: "null")
    case .boolean(let value): append(literal: value ? "true" : "false")
    case .integer(let value): append(integer: value)
    case .number(let value): append(text: numberText(value))
    case .instant(let value): append(jsonString: value.text(in: zone))
    case .date(let value): append(jsonString: value.text)
    case .choice(_, let key): append(jsonString: key)
    case .text(let text, _): append(jsonString: text)
    case .duration(let duration): append(jsonString: duration.text)
    }
  }
}

extension Slot {
  /// An aggregate, an integer or a number, as JSON and people write it.
  var aggregateText: String { kind == .number ? numberText(double) : String(integer) }
}

/// The shortest decimal that reads back as the same number; whole numbers without a fraction; null for what is none.
func numberText(_ number: Double) -> String {
  if let integer = Int64(exactly: number) { return String(integer) }
  return number.isFinite ? "\(number)" : "null"
}
