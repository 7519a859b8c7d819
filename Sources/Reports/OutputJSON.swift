import RuleEvaluator
import TicketModel
import WorkingTime

extension OutputValue {
  /// The value as JSON.
  var json: [UInt8] {
    var bytes = [UInt8]()
    switch self {
    case .absent: bytes.append(text: "null")
    case .boolean(let value): bytes.append(text: value ? "true" : "false")
    case .integer(let value): bytes.append(integer: value)
    case .number(let value): bytes.append(text: jsonText(of: value))
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
    kind == .number ? OutputValue.number(double).json : OutputValue.integer(integer).json
  }
}

/// The shortest decimal that reads back as the same number; whole numbers without a fraction.
private func jsonText(of number: Double) -> String {
  if let integer = Int64(exactly: number) { return String(integer) }
  return number.isFinite ? "\(number)" : "null"
}
