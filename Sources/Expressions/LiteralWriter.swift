/// Spells values as an expression would; stops near a limit, because values may be large.
struct LiteralWriter {
  private(set) var text = ""
  private let limit: Int
  private var isFull = false

  init(limit: Int) { self.limit = limit }

  mutating func write(_ value: Value) {
    switch value {
    case .null: append("null")
    case .bool(let it): append(it ? "true" : "false")
    case .int(let it): append(String(it))
    case .uint(let it): append("\(it)u")
    case .double(let it): append(doubleText(it))
    case .string(let it): append(quoted(Text(utf8: Array(it.utf8.prefix(limit))), by: "'"))
    case .bytes(let it): append("b'" + it.prefix(limit).map(octet).joined() + "'")
    case .list(let it): writeList(it)
    case .map(let it): writeMap(it)
    case .timestamp(let it): append("timestamp('\(it)')")
    case .duration(let it): append("duration('\(durationText(it))')")
    case .type(let it): append(it.name)
    case .optional(let it): writeOptional(it)
    }
  }

  private mutating func append(_ part: String) {
    guard !isFull else { return }
    text += part
    if text.utf8.count > limit {
      isFull = true
      text = String(text.prefix(limit)) + "…"
    }
  }

  private mutating func writeList(_ values: [Value]) {
    append("[")
    for (index, value) in values.enumerated() where !isFull {
      if index > 0 { append(", ") }
      write(value)
    }
    append("]")
  }

  private mutating func writeMap(_ map: MapValue) {
    append("{")
    for (index, entry) in map.entries.enumerated() where !isFull {
      if index > 0 { append(", ") }
      write(entry.key)
      append(": ")
      write(entry.value)
    }
    append("}")
  }

  private mutating func writeOptional(_ value: Value?) {
    guard let value else { return append("optional.none()") }
    append("optional.of(")
    write(value)
    append(")")
  }

  private func octet(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16)
    return "\\x" + (digits.count == 1 ? "0" : "") + digits
  }

  /// With a decimal point, so that it reads as a double.
  private func doubleText(_ value: Double) -> String {
    let text = shortestText(of: value)
    return text.utf8.allSatisfy { isDigit($0) || $0 == UInt8(ascii: "-") } ? text + ".0" : text
  }
}

/// The text between quotation marks, control characters escaped.
func quoted(_ text: Text, by mark: Character) -> String {
  var result = String(mark)
  for scalar in text.scalars {
    switch scalar {
    case "\u{07}": result += "\\a"
    case "\u{08}": result += "\\b"
    case "\u{0C}": result += "\\f"
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    case "\u{0B}": result += "\\v"
    case "\\": result += "\\\\"
    case let it where Character(it) == mark: result += "\\" + String(mark)
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + String(mark)
}
