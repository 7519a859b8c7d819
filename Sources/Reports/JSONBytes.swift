/// Writing JSON (RFC 8259) as bytes: no intermediate objects, no strings where bytes will do.
extension [UInt8] {
  @inline(__always)
  mutating func append(text: String) { append(contentsOf: text.utf8) }

  /// Text that the program holds: copied as it stands, without a String.
  @inline(__always)
  mutating func append(literal text: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// A JSON string, or null.
  mutating func append(optionalString text: String?) {
    if let text { append(jsonString: text) } else { append(literal: "null") }
  }

  /// A JSON string with its quotes.
  mutating func append(jsonString text: String) {
    var text = text
    text.withUTF8 { append(jsonString: UnsafeRawBufferPointer($0)) }
  }

  /// A JSON string with its quotes, from UTF-8. Stretches that need no escape are copied at once.
  mutating func append(jsonString bytes: UnsafeRawBufferPointer) {
    append(0x22)
    var start = 0
    for index in bytes.indices where Self.needsEscape(bytes[index]) {
      append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[start..<index]))
      append(escaped: bytes[index])
      start = index + 1
    }
    append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[start...]))
    append(0x22)
  }

  @inline(__always)
  private static func needsEscape(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x22 || byte == 0x5C }

  private mutating func append(escaped byte: UInt8) {
    switch byte {
    case 0x22: append(literal: #"\""#)
    case 0x5C: append(literal: #"\\"#)
    case 0x0A: append(literal: #"\n"#)
    case 0x0D: append(literal: #"\r"#)
    case 0x09: append(literal: #"\t"#)
    default:
      append(text: byte < 0x10 ? #"\u000"# : #"\u001"#)
      append(text: String(byte & 0xF, radix: 16))
    }
  }

  /// A decimal integer, without a String in between.
  mutating func append(integer value: Int64) {
    withUnsafeTemporaryAllocation(byteCount: 20, alignment: 1) { digits in
      var rest = value.magnitude
      var start = digits.count
      repeat {
        start &-= 1
        digits[start] = UInt8(truncatingIfNeeded: rest % 10) &+ 0x30
        rest /= 10
      } while rest > 0
      if value < 0 { append(0x2D) }
      append(contentsOf: UnsafeRawBufferPointer(rebasing: digits[start...]))
    }
  }
}
