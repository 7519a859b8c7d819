/// A string of code points, held as UTF-8 and compared byte by byte.
///
/// Swift's `String` finds "é" and "e\u{301}" equal and counts grapheme clusters; CEL does neither (langdef.md,
/// "String and Bytes Values"). The order of UTF-8 bytes is the order of code points.
public struct Text: Hashable, Comparable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  public var utf8: [UInt8]

  public init(utf8: [UInt8]) { self.utf8 = utf8 }
  public init(_ text: String) { utf8 = Array(text.utf8) }
  public init(stringLiteral value: String) { self.init(value) }
  init(scalars: some Sequence<Unicode.Scalar>) {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    self.init(String(text))
  }

  public var string: String { String(decoding: utf8, as: UTF8.self) }
  public var description: String { string }

  /// The number of code points. O(bytes).
  public var count: Int { utf8.withUnsafeBytes { codePoints(in: $0) } }

  /// The code points at these positions, from 0 to `count`. O(bytes).
  subscript(positions: Range<Int>) -> Text {
    let start = offset(of: positions.lowerBound, from: (0, 0))
    let end = offset(of: positions.upperBound, from: (positions.lowerBound, start))
    return Text(utf8: Array(utf8[start..<end]))
  }

  /// Where the code point at `position` begins, sought from another one and where that begins.
  private func offset(of position: Int, from known: (position: Int, offset: Int)) -> Int {
    var (current, offset) = known
    while current < position {
      offset += 1
      while offset < utf8.count, utf8[offset] & 0xC0 == 0x80 { offset += 1 }
      current += 1
    }
    return offset
  }

  var scalars: [Unicode.Scalar] { Array(string.unicodeScalars) }

  public static func < (left: Text, right: Text) -> Bool { left.utf8.lexicographicallyPrecedes(right.utf8) }
}

/// How many code points start in UTF-8 `bytes`.
@inlinable
func codePoints(in bytes: UnsafeRawBufferPointer) -> Int {
  var count = 0
  for byte in bytes where byte & 0xC0 != 0x80 { count += 1 }
  return count
}
