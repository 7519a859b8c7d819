/// Where JSON values begin and end, found without reading them: strings and brackets are all that matters.
///
/// A page of tickets passes by here once and stays where it is, so this is as fast as memory allows. Values are not checked
/// beyond their structure: the engine's decoder reads tickets strictly, `JSONValue` reads everything else so.
///
/// Loads are unchecked, because each stands behind a comparison with the end that says the same.
extension RawSpan {
  @inline(__always)
  func byte(_ offset: Int) -> UInt8 {
    offset < byteCount ? unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self) : 0
  }

  /// Behind white space (RFC 8259, section 2).
  @inline(__always)
  func skippingSpace(_ start: Int) -> Int {
    var offset = start
    while true {
      switch byte(offset) {
      case 0x20, 0x09, 0x0A, 0x0D: offset += 1
      default: return offset
      }
    }
  }

  /// Behind the closing quote of the text whose first character is at `start`.
  @inline(__always)
  func endOfText(_ start: Int) throws(JSONProblem) -> Int {
    var offset = start
    while offset < byteCount {
      if offset &+ 8 <= byteCount {
        let word = UInt64(littleEndian: unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self))
        let marks =
          zeroBytes(word ^ 0x2222_2222_2222_2222) | zeroBytes(word ^ 0x5C5C_5C5C_5C5C_5C5C)
        if marks == 0 {
          offset &+= 8
          continue
        }
        offset &+= marks.trailingZeroBitCount >> 3
      }
      switch byte(offset) {
      case UInt8(ascii: "\""): return offset &+ 1
      case UInt8(ascii: "\\"): offset &+= 2
      default: offset &+= 1
      }
    }
    throw JSONProblem(.endOfText, at: byteCount)
  }

  /// Where the next line feed stands; the end of the bytes where there is none.
  func lineFeed(from start: Int) -> Int {
    var offset = start
    while offset &+ 32 <= byteCount {
      let marks =
        lineFeeds(offset) | lineFeeds(offset &+ 8) | lineFeeds(offset &+ 16) | lineFeeds(offset &+ 24)
      if marks != 0 { break }
      offset &+= 32
    }
    while offset < byteCount, byte(offset) != 0x0A { offset &+= 1 }
    return offset
  }

  /// Not zero where one of the eight bytes at `offset` is a line feed.
  @inline(__always)
  private func lineFeeds(_ offset: Int) -> UInt64 {
    zeroBytes(
      unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self) ^ 0x0A0A_0A0A_0A0A_0A0A)
  }

  /// Whether the bytes of `range` begin and end as an object does.
  func isBetweenBraces(_ range: Range<Int>) -> Bool {
    range.count >= 2 && byte(range.lowerBound) == UInt8(ascii: "{")
      && byte(range.upperBound - 1) == UInt8(ascii: "}")
  }

  /// Behind the value that begins at `start`.
  func endOfValue(_ start: Int) throws(JSONProblem) -> Int {
    switch byte(start) {
    case UInt8(ascii: "\""): return try endOfText(start + 1)
    case UInt8(ascii: "{"), UInt8(ascii: "["): return try endOfContainer(start)
    default:
      var offset = start
      while isOfScalar(byte(offset)) { offset += 1 }
      if offset == start { throw JSONProblem(.value, at: start) }
      return offset
    }
  }

  /// Calls `body` with the key's range, between its quotes, and the start of the value of each member of the object at
  /// `start`; `body` answers where the value ends. Answers where the object ends.
  func forEachMember(
    _ start: Int, _ body: (Range<Int>, Int) throws(JSONProblem) -> Int
  ) throws(JSONProblem) -> Int {
    guard byte(start) == UInt8(ascii: "{") else { throw JSONProblem(.object, at: start) }
    var offset = skippingSpace(start + 1)
    if byte(offset) == UInt8(ascii: "}") { return offset + 1 }
    while true {
      guard byte(offset) == UInt8(ascii: "\"") else { throw JSONProblem(.key, at: offset) }
      let keyEnd = try endOfText(offset + 1)
      let colon = skippingSpace(keyEnd)
      guard byte(colon) == UInt8(ascii: ":") else { throw JSONProblem(.colon, at: colon) }
      offset = skippingSpace(try body(offset + 1..<keyEnd - 1, skippingSpace(colon + 1)))
      switch byte(offset) {
      case UInt8(ascii: ","): offset = skippingSpace(offset + 1)
      case UInt8(ascii: "}"): return offset + 1
      default: throw JSONProblem(.comma, at: offset)
      }
    }
  }

  /// Appends the ranges of the elements of the array at `start` and answers where it ends.
  func appendElements(_ start: Int, to ranges: inout [Range<Int>]) throws(JSONProblem) -> Int {
    var offset = skippingSpace(start + 1)
    if byte(offset) == UInt8(ascii: "]") { return offset + 1 }
    while true {
      let end = try endOfValue(offset)
      ranges.append(offset..<end)
      offset = skippingSpace(end)
      switch byte(offset) {
      case UInt8(ascii: ","): offset = skippingSpace(offset + 1)
      case UInt8(ascii: "]"): return offset + 1
      default: throw JSONProblem(.comma, at: offset)
      }
    }
  }

  /// Appends the ranges of the elements of the array at `start`, whose sizes are known, and answers where it ends: no byte
  /// within an element is looked at. Nil where sizes and bytes do not agree.
  ///
  /// Sizes that lie cannot make other tickets of a page: where each piece is one JSON value, this is the only way to cut the
  /// bytes, and pieces that are none are refused by whoever decodes them.
  func appendElements(_ start: Int, sizes: [Int], to ranges: inout [Range<Int>]) -> Int? {
    var offset = start + 1
    for size in sizes {
      let (end, isBeyond) = offset.addingReportingOverflow(size)
      guard !isBeyond, end < byteCount, isBetweenBraces(offset..<end) else { return nil }
      ranges.append(offset..<end)
      let isLast = ranges.count == sizes.count
      guard byte(end) == (isLast ? UInt8(ascii: "]") : UInt8(ascii: ",")) else { return nil }
      offset = end + 1
    }
    return sizes.isEmpty && byte(offset) != UInt8(ascii: "]") ? nil : max(offset, start + 2)
  }

  /// The sizes that the value at `start` lists, whole numbers from 1; nil where it is no such list.
  func sizes(_ start: Int) -> [Int]? {
    var sizes = [Int]()
    sizes.reserveCapacity(512)
    guard byte(start) == UInt8(ascii: "[") else { return nil }
    var offset = skippingSpace(start + 1)
    if byte(offset) == UInt8(ascii: "]") { return [] }
    while true {
      var size = 0
      while (0x30...0x39).contains(byte(offset)), size < 1 << 40 {
        size = size &* 10 &+ Int(byte(offset) &- 0x30)
        offset += 1
      }
      if size == 0 { return nil }
      sizes.append(size)
      offset = skippingSpace(offset)
      if byte(offset) == UInt8(ascii: "]") { return sizes }
      guard byte(offset) == UInt8(ascii: ",") else { return nil }
      offset = skippingSpace(offset + 1)
    }
  }

  /// Whether the bytes of `range` are those of `text`.
  func equals(_ range: Range<Int>, _ text: StaticString) -> Bool {
    guard range.count == text.utf8CodeUnitCount else { return false }
    return text.withUTF8Buffer { text in
      text.indices.allSatisfy { text[$0] == byte(range.lowerBound + $0) }
    }
  }
}

/// Letters, digits, signs and points: what numbers, `true`, `false` and `null` are made of.
@inline(__always)
private func isOfScalar(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x30...0x39, 0x61...0x7A, 0x41...0x5A, UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."): true
  default: false
  }
}

/// The high bit of each byte that is zero, exact up to the first one.
@inline(__always)
private func zeroBytes(_ word: UInt64) -> UInt64 {
  (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
}

/// Whether `bytes` are one JSON value in structure, and nothing else.
public func isOneJSONValue(_ bytes: [UInt8], in range: Range<Int>) -> Bool {
  let span = bytes.span.bytes.extracting(range)
  let start = span.skippingSpace(0)
  guard let end = try? span.endOfValue(start) else { return false }
  return span.skippingSpace(end) == span.byteCount
}
