/// A text of the record between its quotes.
struct JSONText {
  var start: Int
  /// The offset of the closing quote.
  var end: Int
  var hasEscapes: Bool
}

extension RawSpan {
  /// Finds the end of the text whose first character is at `start`, and checks its escapes.
  ///
  /// The bytes are known to be UTF-8 by now.
  @inline(__always)
  func text(at start: Int) throws(JSONFailure) -> JSONText {
    let offset = endOfPlainText(at: start)
    if byte(offset) == UInt8(ascii: "\"") { return JSONText(start: start, end: offset, hasEscapes: false) }
    return JSONText(start: start, end: try endOfEscapedText(at: offset), hasEscapes: true)
  }

  /// The offset of the next quote, backslash or control character.
  @inline(__always)
  private func endOfPlainText(at start: Int) -> Int {
    var offset = start
    while true {
      let word = word(offset)
      let marks =
        word.marksEqual(to: UInt8(ascii: "\"")) | word.marksEqual(to: UInt8(ascii: "\\"))
        | word.marksLess(than: 0x20)
      if marks != 0 { return offset + marks.bytesBelowMark }
      offset += 8
    }
  }

  @inline(never)
  private func endOfEscapedText(at start: Int) throws(JSONFailure) -> Int {
    var offset = start
    while true {
      switch byte(offset) {
      case UInt8(ascii: "\""): return offset
      case UInt8(ascii: "\\"): offset = endOfPlainText(at: try escape(at: offset).end)
      default: throw JSONFailure(.controlCharacter, at: offset)
      }
    }
  }

  /// The character that the escape at `start`, a backslash, stands for.
  @inline(__always)
  func escape(at start: Int) throws(JSONFailure) -> (character: UInt32, end: Int) {
    switch byte(start + 1) {
    case UInt8(ascii: "u"): return try escapedCodePoint(at: start)
    case UInt8(ascii: "n"): return (0x0A, start + 2)
    case UInt8(ascii: "\""): return (0x22, start + 2)
    case UInt8(ascii: "\\"): return (0x5C, start + 2)
    case UInt8(ascii: "/"): return (0x2F, start + 2)
    case UInt8(ascii: "t"): return (0x09, start + 2)
    case UInt8(ascii: "r"): return (0x0D, start + 2)
    case UInt8(ascii: "b"): return (0x08, start + 2)
    case UInt8(ascii: "f"): return (0x0C, start + 2)
    default: throw JSONFailure(.unknownEscape, at: start + 1)
    }
  }

  /// `\u` and four digits, or two of them that form a surrogate pair.
  @inline(__always)
  private func escapedCodePoint(at start: Int) throws(JSONFailure) -> (character: UInt32, end: Int) {
    let unit = try codeUnit(at: start + 2)
    guard unit & 0xF800 == 0xD800 else { return (unit, start + 6) }
    guard unit < 0xDC00, byte(start + 6) == UInt8(ascii: "\\"), byte(start + 7) == UInt8(ascii: "u") else {
      throw JSONFailure(.loneSurrogate, at: start)
    }
    let second = try codeUnit(at: start + 8)
    guard second & 0xFC00 == 0xDC00 else { throw JSONFailure(.loneSurrogate, at: start) }
    return (0x10000 + (unit & 0x3FF) << 10 + second & 0x3FF, start + 12)
  }

  /// Four hexadecimal digits, all at once: which are letters is as good as random, so branches would be guessed wrong.
  @inline(__always)
  private func codeUnit(at start: Int) throws(JSONFailure) -> UInt32 {
    let digits = UInt32(truncatingIfNeeded: word(start))
    let others = Self.marksOfOthers(thanDigits: digits)
    if others != 0 { throw JSONFailure(.unknownEscape, at: start + others.trailingZeroBitCount >> 3) }
    // A letter's low bits are 9 less than its value.
    let values = (digits & 0x0F0F_0F0F) &+ (digits >> 6 & 0x0101_0101) &* 9
    let pairs = values.byteSwapped
    let bytes = (pairs | pairs >> 4) & 0x00FF_00FF
    return (bytes | bytes >> 8) & 0xFFFF
  }

  /// Marks the high bits of bytes that are no hexadecimal digits.
  ///
  /// To a byte below 80, 80 - n is added: its high bit then says whether it is n or more, and nothing is carried on.
  @inline(__always)
  private static func marksOfOthers(thanDigits bytes: UInt32) -> UInt32 {
    let ascii = bytes & 0x7F7F_7F7F
    let lowercase = ascii | 0x2020_2020
    let isDecimal = (ascii &+ 0x5050_5050) & ~(ascii &+ 0x4646_4646)
    let isLetter = (lowercase &+ 0x1F1F_1F1F) & ~(lowercase &+ 0x1919_1919)
    return (bytes | ~(isDecimal | isLetter)) & 0x8080_8080
  }
}
