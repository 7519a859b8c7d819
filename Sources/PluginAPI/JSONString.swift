extension [UInt8] {
  /// Appends `text` as a JSON string with its quotes (RFC 8259, section 7).
  public mutating func appendJSONString(_ text: String) {
    appendJSONString(text.utf8.span)
  }

  /// Appends bytes, which should be UTF-8, as a JSON string with its quotes (RFC 8259, section 7).
  ///
  /// Only quotes, backslashes and control characters are escaped; everything else passes as it is. O(n).
  public mutating func appendJSONString(_ bytes: Span<UInt8>) {
    append(0x22)
    appendJSONStringContent(bytes)
    append(0x22)
  }

  /// The same without quotes, for a string that comes in pieces.
  public mutating func appendJSONStringContent(_ bytes: Span<UInt8>) {
    bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      for index in bytes.indices where bytes[index] < 0x20 || bytes[index] == 0x22 || bytes[index] == 0x5C {
        append(contentsOf: bytes[start..<index])
        appendEscape(of: bytes[index])
        start = index + 1
      }
      append(contentsOf: bytes[start...])
    }
  }

  private mutating func appendEscape(of byte: UInt8) {
    append(0x5C)
    switch byte {
    case 0x22, 0x5C: append(byte)
    case 0x0A: append(UInt8(ascii: "n"))
    case 0x0D: append(UInt8(ascii: "r"))
    case 0x09: append(UInt8(ascii: "t"))
    default:
      append(contentsOf: "u00".utf8)
      append(Self.digit(byte >> 4))
      append(Self.digit(byte & 15))
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
}
