import RuleEvaluator
import TicketModel
import WorkingTime

extension OutputValue {
  /// The value as JSON, instants in the zone.
  func json(_ zone: TimeZoneRules) -> [UInt8] {
    var bytes = [UInt8]()
    switch self {
    case .absent: bytes.append(literal: "null")
    case .boolean(let value): bytes.append(text: value ? "true" : "false")
    case .integer(let value): bytes.append(integer: value)
    case .number(let value): bytes.append(text: jsonText(of: value))
    case .instant(let value): bytes.append(jsonString: value.text(in: zone))
    case .date(let value): bytes.append(jsonString: value.text)
    case .choice(_, let key): bytes.append(jsonString: key)
    case .text(let text, _): bytes.append(jsonString: text)
    case .duration(let duration): bytes.append(jsonString: duration.text)
    }
    return bytes
  }
}

extension Slot {
  /// An aggregate, an integer or a number, as JSON.
  var outputJSON: [UInt8] {
    kind == .number ? OutputValue.number(double).json(.utc) : OutputValue.integer(integer).json(.utc)
  }
}

/// The shortest decimal that reads back as the same number; whole numbers without a fraction.
private func jsonText(of number: Double) -> String {
  if let integer = Int64(exactly: number) { return String(integer) }
  return number.isFinite ? "\(number)" : "null"
}
