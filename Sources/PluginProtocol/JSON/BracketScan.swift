import CByteMasks

extension RawSpan {
  /// Behind the bracket that closes the one at `start`.
  func endOfContainer(_ start: Int) throws(JSONProblem) -> Int {
    var scan = BracketScan()
    return try withUnsafeBytes { (bytes) throws(JSONProblem) in
      guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else {
        throw JSONProblem(.endOfText, at: 0)
      }
      var offset = start
      while offset < bytes.count {
        let masks = bytemasks_of(base + offset, bytes.count - offset)
        if let end = try scan.end(masks, of: bytes, at: offset) { return end }
        offset &+= 64
      }
      throw JSONProblem(.endOfText, at: bytes.count)
    }
  }
}

/// Finds where a container ends, 64 bytes at a time: bits say where quotes, backslashes and brackets are, and only brackets
/// outside of texts are looked at one by one (after Langdale and Lemire, https://arxiv.org/abs/1902.08318).
private struct BracketScan {
  /// All bits where the last byte was within a text.
  private var text: UInt64 = 0
  /// The lowest bit where the last byte was a backslash that holds for the next one.
  private var escaped: UInt64 = 0
  private var depth = 0
  /// Which kind each open bracket has; deeper ones than these are only counted.
  private var objects: UInt128 = 0

  /// Where the container ends; nil where it goes on behind these bytes.
  @inline(__always)
  mutating func end(
    _ masks: bytemasks, of bytes: UnsafeRawBufferPointer, at offset: Int
  ) throws(JSONProblem) -> Int? {
    let quotes = masks.quotes & ~takeEscaped(masks.backslashes)
    let texts = prefixes(quotes) ^ text
    text = UInt64(bitPattern: Int64(bitPattern: texts) >> 63)
    var brackets = masks.brackets & ~texts
    let strayed = masks.backslashes & ~texts
    while brackets != 0 {
      let bit = brackets.trailingZeroBitCount
      let place = offset &+ bit
      if try isEnd(bytes[place], at: place) {
        if strayed & (1 << UInt64(bit) &- 1) != 0 { break }
        return place &+ 1
      }
      brackets &= brackets &- 1
    }
    if strayed != 0 { throw JSONProblem(.value, at: offset &+ strayed.trailingZeroBitCount) }
    return nil
  }

  /// The bytes that stand behind a backslash that holds for them.
  @inline(__always)
  private mutating func takeEscaped(_ backslashes: UInt64) -> UInt64 {
    var result = escaped
    var rest = backslashes & ~escaped
    escaped = 0
    while rest != 0 {
      let backslash = rest & ~(rest &- 1)
      let next = backslash << 1
      result |= next
      escaped = backslash >> 63
      rest &= ~(backslash | next)
    }
    return result
  }

  /// Whether the bracket closes the first one.
  @inline(__always)
  private mutating func isEnd(_ byte: UInt8, at offset: Int) throws(JSONProblem) -> Bool {
    let isCurly = byte & 0x20 != 0
    if byte & 0x06 == 0x02 {
      if depth < 128 {
        let bit: UInt128 = 1 << UInt128(depth)
        objects = isCurly ? objects | bit : objects & ~bit
      }
      depth &+= 1
      return false
    }
    depth &-= 1
    if depth < 128, (objects >> UInt128(depth) & 1 == 1) != isCurly {
      throw JSONProblem(.bracket, at: offset)
    }
    return depth == 0
  }
}

/// Each bit is that of all bits up to it together, exclusively: set from an opening quote up to the closing one.
@inline(__always)
private func prefixes(_ bits: UInt64) -> UInt64 {
  var bits = bits
  bits ^= bits << 1
  bits ^= bits << 2
  bits ^= bits << 4
  bits ^= bits << 8
  bits ^= bits << 16
  bits ^= bits << 32
  return bits
}
