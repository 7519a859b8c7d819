/// Finds where a JSON value ends, in as many pieces as it comes.
///
/// Brackets are counted, not matched, and nothing else is looked at: whether it is JSON is the engine's decoder to say.
struct JSONValueScanner {
  /// How many bytes of the value were seen; one more than there were where an escape stands at the end of a piece.
  private var scannedCount = 0
  private var depth = 0
  private var isInString = false

  /// The index behind the value that starts at `start`, or nil where `bytes` end before it does.
  mutating func end(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    // The state lives in registers while the bytes pass: twice as fast as members of `self`.
    var index = start + scannedCount
    var depth = depth
    var isInString = isInString
    defer {
      scannedCount = index - start
      self.depth = depth
      self.isInString = isInString
    }
    while true {
      if isInString { index = endOfStringContent(in: bytes, from: index) }
      guard index < bytes.count else { return nil }
      switch bytes[index] {
      case UInt8(ascii: "\""):
        isInString.toggle()
        if !isInString, depth == 0 { return index + 1 }
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { return index }
        depth -= 1
        if depth == 0 { return index + 1 }
      case UInt8(ascii: ","), 0x20, 0x0A, 0x0D, 0x09:
        if depth == 0 { return index }
      default:
        break
      }
      index += 1
    }
  }

  /// The first `count` bytes of the value are gone from the buffer, which begins behind them from now on.
  mutating func forget(_ count: Int) { scannedCount -= count }
}

/// The index of the closing quote, or one behind the end of `bytes`, or behind that where an escape is cut.
@inline(__always)
private func endOfStringContent(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
  var index = start
  while index < bytes.count {
    if index + 8 <= bytes.count, let base = bytes.baseAddress {
      let word = UInt64(
        littleEndian: UnsafeRawPointer(base).loadUnaligned(fromByteOffset: index, as: UInt64.self))
      let found = zeroBytes(in: word ^ 0x2222_2222_2222_2222) | zeroBytes(in: word ^ 0x5C5C_5C5C_5C5C_5C5C)
      index += found == 0 ? 8 : found.trailingZeroBitCount >> 3
      if found == 0 { continue }
    }
    switch bytes[index] {
    case UInt8(ascii: "\""): return index
    case UInt8(ascii: "\\"): index += 2
    default: index += 1
    }
  }
  return index
}

/// The high bit of each byte that is zero, exact up to the first one
/// (https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord).
@inline(__always)
private func zeroBytes(in word: UInt64) -> UInt64 {
  (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
}
