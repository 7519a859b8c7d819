/// Finds where a JSON value ends, in as many pieces as it comes.
///
/// Brackets are counted, not matched, and nothing else is looked at: whether it is JSON is the engine's decoder to say.
struct JSONValueScanner {
  /// How many bytes of the value were seen; one more than there were where an escape stands at the end of a piece.
  private(set) var scannedCount = 0
  /// How many line ends the value holds.
  private(set) var lineEnds = 0
  private var depth = 0
  private var isInString = false

  /// The index behind the value that starts at `start`, or nil where `bytes` end before it does.
  mutating func end(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var index = start + scannedCount
    defer { scannedCount = index - start }
    while index < bytes.count {
      if isInString { skipStringContent(in: bytes, from: &index) }
      guard index < bytes.count else { return nil }
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "\""):
        isInString.toggle()
        if !isInString, depth == 0 { return index + 1 }
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { return index }
        depth -= 1
        if depth == 0 { return index + 1 }
      case UInt8(ascii: ","):
        if depth == 0 { return index }
      default:
        guard byte.isJSONSpace else { break }
        if depth == 0 { return index }
        if byte == 0x0A { lineEnds += 1 }
      }
      index += 1
    }
    return nil
  }

  /// Moves to the closing quote, or behind the end of `bytes`.
  private mutating func skipStringContent(in bytes: UnsafeBufferPointer<UInt8>, from index: inout Int) {
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      if bytes[index] == 0x0A { lineEnds += 1 }
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
  }

  /// The first `count` bytes of the value are gone from the buffer, which begins behind them from now on.
  mutating func forget(_ count: Int) { scannedCount -= count }
}
