/// Where and why bytes are not JSON; the record's own line and column are found only when it is reported.
struct JSONFailure: Error {
  var reason: MalformedRecord.Reason
  var offset: Int

  @inline(__always)
  init(_ reason: MalformedRecord.Reason, at offset: Int) {
    self.reason = reason
    self.offset = offset
  }
}

/// The grammar of RFC 8259. Each function takes the offset where its token starts and returns the one after it.
extension RawSpan {
  /// Lists and objects that may be open at once, which bounds the stack that a record can use.
  static var maximumDepth: Int { 128 }

  @inline(__always)
  func afterSpace(_ offset: Int) -> Int { byte(offset) > 0x20 ? offset : afterSomeSpace(offset) }

  @inline(never)
  private func afterSomeSpace(_ offset: Int) -> Int {
    var offset = offset
    while true {
      switch byte(offset) {
      case 0x20, 0x09, 0x0A, 0x0D: offset += 1
      default: return offset
      }
    }
  }

  /// From the end of a key to its value.
  @inline(__always)
  func afterColon(_ offset: Int) throws(JSONFailure) -> Int {
    let colon = afterSpace(offset)
    guard byte(colon) == UInt8(ascii: ":") else { throw JSONFailure(.expectedColon, at: colon) }
    return afterSpace(colon + 1)
  }

  /// Any value; `depth` counts the lists and objects that are open around it.
  func endOfValue(at offset: Int, depth: Int) throws(JSONFailure) -> Int {
    switch byte(offset) {
    case UInt8(ascii: "\""): return try text(at: offset + 1).end + 1
    case UInt8(ascii: "{"): return try endOfObject(at: offset, depth: depth)
    case UInt8(ascii: "["): return try endOfList(at: offset, depth: depth)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number(at: offset).end
    default: return try endOfLiteral(at: offset)
    }
  }

  /// `true`, `false` or `null`.
  func endOfLiteral(at offset: Int) throws(JSONFailure) -> Int {
    let word = word(offset)
    let four = UInt32(truncatingIfNeeded: word)
    if four == 0x6575_7274 || four == 0x6C6C_756E { return offset + 4 }
    if word & 0xFF_FFFF_FFFF == 0x65_736C_6166 { return offset + 5 }
    throw JSONFailure(.expectedValue, at: offset)
  }

  private func endOfObject(at start: Int, depth: Int) throws(JSONFailure) -> Int {
    guard depth < Self.maximumDepth else { throw JSONFailure(.tooDeep, at: start) }
    var offset = afterSpace(start + 1)
    if byte(offset) == UInt8(ascii: "}") { return offset + 1 }
    while true {
      guard byte(offset) == UInt8(ascii: "\"") else { throw JSONFailure(.expectedKey, at: offset) }
      offset = try afterColon(text(at: offset + 1).end + 1)
      offset = try afterSpace(endOfValue(at: offset, depth: depth + 1))
      switch byte(offset) {
      case UInt8(ascii: ","): offset = afterSpace(offset + 1)
      case UInt8(ascii: "}"): return offset + 1
      default: throw JSONFailure(.expectedCommaOrBrace, at: offset)
      }
    }
  }

  private func endOfList(at start: Int, depth: Int) throws(JSONFailure) -> Int {
    guard depth < Self.maximumDepth else { throw JSONFailure(.tooDeep, at: start) }
    var offset = afterSpace(start + 1)
    if byte(offset) == UInt8(ascii: "]") { return offset + 1 }
    while true {
      offset = try afterSpace(endOfValue(at: offset, depth: depth + 1))
      switch byte(offset) {
      case UInt8(ascii: ","): offset = afterSpace(offset + 1)
      case UInt8(ascii: "]"): return offset + 1
      default: throw JSONFailure(.expectedCommaOrBracket, at: offset)
      }
    }
  }
}
