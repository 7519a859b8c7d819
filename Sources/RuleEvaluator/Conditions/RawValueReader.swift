import Expressions
import TicketModel
import WorkingTime

/// Reads lists and objects for expressions, from JSON that the decoder has validated already.
///
/// Only expressions that look into a list come here. Members of objects have the types that their fields declare; what
/// does not fit its type stays what it is in JSON, so that reading it is an error with a place.
struct RawValueReader {
  private let bytes: [UInt8]
  private var index = 0
  private let zone: TimeZoneRules

  init(bytes: [UInt8], zone: TimeZoneRules) {
    self.bytes = bytes
    self.zone = zone
  }

  /// The next value, as `type` says; as JSON says for nil.
  mutating func value(of type: FieldType?) -> Value {
    skipSpace()
    switch bytes[index] {
    case UInt8(ascii: "{"): return object(type)
    case UInt8(ascii: "["): return list(type)
    case UInt8(ascii: "\""): return typed(text(), type)
    default: return literal(type)
    }
  }

  private mutating func list(_ type: FieldType?) -> Value {
    var element: FieldType?
    if case .list(let declared)? = type { element = declared }
    var elements = [Value]()
    index += 1
    while !ends(with: "]") { elements.append(value(of: element)) }
    return .list(elements)
  }

  private mutating func object(_ type: FieldType?) -> Value {
    var schema = Schema()
    if case .object(let declared)? = type { schema = declared }
    var map = MapValue()
    index += 1
    while !ends(with: "}") {
      skipSpace()
      let key = text()
      skipSpace()
      index += 1  // The colon.
      let member = value(of: schema.slot(of: key).map { schema.fields[$0].type })
      if member != .null { _ = map.insert(member, for: .string(key)) }
    }
    return .map(map)
  }

  /// Whether the list or object ends here; steps over the end or a comma.
  private mutating func ends(with bracket: Unicode.Scalar) -> Bool {
    skipSpace()
    if bytes[index] == UInt8(ascii: ",") {
      index += 1
      return false
    }
    guard bytes[index] == UInt8(ascii: bracket) else { return false }
    index += 1
    return true
  }

  private mutating func skipSpace() {
    while bytes[index] <= 0x20 { index += 1 }
  }

  private mutating func literal(_ type: FieldType?) -> Value {
    let start = index
    while !Self.endsLiteral(bytes[index]) { index += 1 }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    switch text {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "null": return .null
    default: break
    }
    if case .number? = type { return Double(text).map { .double($0) } ?? .null }
    return Int64(text).map { .int($0) } ?? Double(text).map { .double($0) } ?? .null
  }

  private static func endsLiteral(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}")
  }

  private func typed(_ text: String, _ type: FieldType?) -> Value {
    switch type {
    case .instant?: Instant.parse(text, localZone: zone).map { .timestamp(milliseconds: $0) } ?? .string(text)
    case .choice(let domain)?: .string(domain.index(of: text).map { domain.keys[$0] } ?? text)
    default: .string(text)
    }
  }

  /// The text at the index, which is at its opening quote.
  private mutating func text() -> String {
    var decoded = [UInt8]()
    index += 1
    while bytes[index] != UInt8(ascii: "\"") {
      if bytes[index] == UInt8(ascii: "\\") {
        appendEscape(to: &decoded)
      } else {
        decoded.append(bytes[index])
        index += 1
      }
    }
    index += 1
    return String(decoding: decoded, as: UTF8.self)
  }

  private mutating func appendEscape(to decoded: inout [UInt8]) {
    let escape = bytes[index + 1]
    index += 2
    switch escape {
    case UInt8(ascii: "b"): decoded.append(0x08)
    case UInt8(ascii: "f"): decoded.append(0x0C)
    case UInt8(ascii: "n"): decoded.append(0x0A)
    case UInt8(ascii: "r"): decoded.append(0x0D)
    case UInt8(ascii: "t"): decoded.append(0x09)
    case UInt8(ascii: "u"): decoded += Array(String(unicodeEscape()).utf8)
    default: decoded.append(escape)
    }
  }

  private mutating func unicodeEscape() -> Character {
    var code = hexadecimal()
    if 0xD800..<0xDC00 ~= code {
      index += 2  // The second half's backslash and u.
      code = 0x10000 &+ (code &- 0xD800) << 10 &+ (hexadecimal() &- 0xDC00)
    }
    return Character(Unicode.Scalar(code) ?? "\u{FFFD}")
  }

  private mutating func hexadecimal() -> UInt32 {
    let digits = String(decoding: bytes[index..<(index + 4)], as: UTF8.self)
    index += 4
    return UInt32(digits, radix: 16) ?? 0xFFFD
  }
}

extension Value {
  fileprivate static func timestamp(milliseconds instant: Instant) -> Value {
    .timestamp(Timestamp(milliseconds: instant.milliseconds))
  }
}
