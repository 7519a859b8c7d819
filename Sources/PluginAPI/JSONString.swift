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
    bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      while let index = indexToEscape(in: bytes, from: start) {
        append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<index]))
        appendEscape(of: bytes[index])
        start = index + 1
      }
      append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start...]))
    }
    append(0x22)
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

/// Where the next quote, backslash or control character stands; eight bytes at a time.
private func indexToEscape(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
  var index = start
  while index < bytes.count {
    if index + 8 <= bytes.count, let base = bytes.baseAddress {
      let word = UInt64(
        littleEndian: UnsafeRawPointer(base).loadUnaligned(fromByteOffset: index, as: UInt64.self))
      let found =
        bytesBelow(0x01, in: word ^ 0x2222_2222_2222_2222)
        | bytesBelow(0x01, in: word ^ 0x5C5C_5C5C_5C5C_5C5C)
        | bytesBelow(0x20, in: word)
      if found != 0 { return index + (found.trailingZeroBitCount >> 3) }
      index += 8
    } else {
      let byte = bytes[index]
      if byte < 0x20 || byte == 0x22 || byte == 0x5C { return index }
      index += 1
    }
  }
  return nil
}

/// The high bit of each byte less than `limit`, at most 128, exact up to the first one
/// (https://graphics.stanford.edu/~seander/bithacks.html#HasLessInWord).
@inline(__always)
private func bytesBelow(_ limit: UInt64, in word: UInt64) -> UInt64 {
  (word &- 0x0101_0101_0101_0101 &* limit) & ~word & 0x8080_8080_8080_8080
}
