/// Which bytes stand escaped in a JSON string, and how (RFC 8259, section 7): quotes, backslashes and control characters;
/// everything else passes as it is.
public enum JSONEscapes {
  /// Calls `body` with the parts of the escaped text in order: stretches that need no escape, and escapes. O(n).
  @inline(__always)
  public static func forEachStretch(
    of bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void
  ) {
    var start = 0
    while let index = first(in: bytes, from: start) {
      if index > start { body(UnsafeRawBufferPointer(rebasing: bytes[start..<index])) }
      withEscape(of: bytes[index], body)
      start = index + 1
    }
    if start < bytes.count { body(UnsafeRawBufferPointer(rebasing: bytes[start...])) }
  }

  @inline(never)
  private static func withEscape(of byte: UInt8, _ body: (UnsafeRawBufferPointer) -> Void) {
    let escape: [UInt8] =
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): [0x5C, byte]
      case 0x0A: [0x5C, UInt8(ascii: "n")]
      case 0x0D: [0x5C, UInt8(ascii: "r")]
      case 0x09: [0x5C, UInt8(ascii: "t")]
      default: Array("\\u00".utf8) + [digit(byte >> 4), digit(byte & 15)]
      }
    escape.withUnsafeBytes(body)
  }

  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }

  /// Where the next byte stands that needs an escape; eight bytes at a time.
  @inline(__always)
  static func first(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    var index = start
    while index &+ 8 <= bytes.count {
      let marks = marks(in: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)))
      if marks != 0 { return index &+ marks.trailingZeroBitCount &>> 3 }
      index &+= 8
    }
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return index }
      index &+= 1
    }
    return nil
  }

  /// The high bit of each byte that needs an escape, exact up to the first one
  /// (https://graphics.stanford.edu/~seander/bithacks.html#HasLessInWord).
  @inline(__always)
  private static func marks(in word: UInt64) -> UInt64 {
    bytesBelow(0x01, in: word ^ 0x2222_2222_2222_2222) | bytesBelow(0x01, in: word ^ 0x5C5C_5C5C_5C5C_5C5C)
      | bytesBelow(0x20, in: word)
  }

  @inline(__always)
  private static func bytesBelow(_ limit: UInt64, in word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101 &* limit) & ~word & 0x8080_8080_8080_8080
  }
}
