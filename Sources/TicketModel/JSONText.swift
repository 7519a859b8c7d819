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

  /// `\uXXXX`, or two of them that form a surrogate pair.
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

  /// Four hexadecimal digits.
  @inline(__always)
  private func codeUnit(at start: Int) throws(JSONFailure) -> UInt32 {
    var unit: UInt32 = 0
    for offset in start..<start + 4 {
      let digit = byte(offset)
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): unit = unit << 4 | UInt32(digit &- UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"): unit = unit << 4 | UInt32(digit &- UInt8(ascii: "a") &+ 10)
      case UInt8(ascii: "A")...UInt8(ascii: "F"): unit = unit << 4 | UInt32(digit &- UInt8(ascii: "A") &+ 10)
      default: throw JSONFailure(.unknownEscape, at: offset)
      }
    }
    return unit
  }
}
