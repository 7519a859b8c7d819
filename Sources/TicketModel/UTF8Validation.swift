/// Validation of UTF-8 (Unicode 16, table 3-7), sixteen bytes at a time.
///
/// It runs over the whole record before the grammar. Blocks of ASCII are passed at once; in others every byte is
/// compared with the three before it, without a branch. All operands are vectors: `SIMD16` with a scalar on the right
/// goes lane by lane in Swift 6.3, which is 50 times slower.
extension RawSpan {
  private typealias Marks = SIMDMask<SIMD16<Int8>>

  /// The offset of the first sequence among `count` bytes that is not UTF-8; nil where all of them are.
  ///
  /// `Ticket.padding` zeros follow the bytes, and end a sequence that is cut off.
  func firstInvalidUTF8(count: Int) -> Int? {
    isUTF8(count: count) ? nil : firstInvalidSequence(count: count)
  }

  private func isUTF8(count: Int) -> Bool {
    var offset = 0
    // Blocks look three bytes back, so they start after three or more that are whole sequences.
    while offset < 3 {
      if offset >= count { return true }
      guard let end = endOfSequence(at: offset) else { return false }
      offset = end
    }
    var failures = Marks(repeating: false)
    var endsInASCII = true
    while offset < count + 3 {
      let isASCII = (word(offset) | word(offset + 8)) & .eight(0x80) == 0
      if !isASCII || !endsInASCII { failures .|= failuresOfBlock(at: offset) }
      endsInASCII = isASCII
      offset += 16
    }
    return failures == Marks(repeating: false)
  }

  /// Marks bytes that do not fit the three before them.
  ///
  /// Signed bytes put 80 … BF, which continue a sequence, below all others: one comparison finds them, and those in a
  /// part of that range. What follows a lead without being such a byte is marked anyway.
  @inline(__always)
  private func failuresOfBlock(at offset: Int) -> Marks {
    let byte = vector(offset)
    let signed = unsafeBitCast(byte, to: SIMD16<Int8>.self)
    let lead = vector(offset - 1)
    let continues = signed .< Self.signed(0xC0)
    let mustContinue =
      lead .>= Self.all(0xC0) .| vector(offset - 2) .>= Self.all(0xE0) .| vector(offset - 3)
      .>= Self.all(0xF0)
    let overlong =
      (lead .== Self.all(0xE0) .& signed .< Self.signed(0xA0))
      .| (lead .== Self.all(0xF0) .& signed .< Self.signed(0x90))
      .| byte .== Self.all(0xC0) .| byte .== Self.all(0xC1)
    let surrogate = lead .== Self.all(0xED) .& signed .>= Self.signed(0xA0)
    let tooLarge =
      (lead .== Self.all(0xF4) .& signed .>= Self.signed(0x90)) .| byte .>= Self.all(0xF5)
    return (continues .^ mustContinue) .| overlong .| surrogate .| tooLarge
  }

  @inline(__always)
  private static func all(_ byte: UInt8) -> SIMD16<UInt8> { SIMD16(repeating: byte) }

  @inline(__always)
  private static func signed(_ byte: UInt8) -> SIMD16<Int8> { SIMD16(repeating: Int8(bitPattern: byte)) }

  private func firstInvalidSequence(count: Int) -> Int? {
    var offset = 0
    while offset < count {
      guard let end = endOfSequence(at: offset) else { return offset }
      offset = end
    }
    return nil
  }

  /// The offset after the sequence that starts here, or nil if it is not UTF-8.
  private func endOfSequence(at offset: Int) -> Int? {
    let (first, second) = (byte(offset), byte(offset + 1))
    func continues(_ places: ClosedRange<Int>) -> Bool {
      places.allSatisfy { byte(offset + $0) & 0xC0 == 0x80 }
    }
    switch (first, second) {
    case (..<0x80, _): return offset + 1
    case (0xC2...0xDF, 0x80...0xBF): return offset + 2
    case (0xE0, 0xA0...0xBF), (0xE1...0xEC, 0x80...0xBF), (0xED, 0x80...0x9F), (0xEE...0xEF, 0x80...0xBF):
      return continues(2...2) ? offset + 3 : nil
    case (0xF0, 0x90...0xBF), (0xF1...0xF3, 0x80...0xBF), (0xF4, 0x80...0x8F):
      return continues(2...3) ? offset + 4 : nil
    default: return nil
    }
  }
}
