/// Reading bytes eight at a time, low byte first.
///
/// These three loads are the module's only unchecked ones: the span's own checks cost a fifth of all instructions (14,600
/// a ticket instead of 12,200). They hold by one invariant, which debug builds, and so all tests, assert: a record is
/// followed by `Ticket.padding` zeros, and a zero is no part of JSON, so every scan ends at the first of them, and
/// a read of up to 16 bytes, up to 16 bytes further on, still lies inside.
extension RawSpan {
  @inline(__always)
  func byte(_ offset: Int) -> UInt8 {
    assert(offset >= 0 && offset < byteCount)
    return unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
  }

  @inline(__always)
  func word(_ offset: Int) -> UInt64 {
    assert(offset >= 0 && offset + 8 <= byteCount)
    return UInt64(littleEndian: unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self))
  }

  @inline(__always)
  func vector(_ offset: Int) -> SIMD16<UInt8> {
    assert(offset >= 0 && offset + 16 <= byteCount)
    return unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: SIMD16<UInt8>.self)
  }

  /// The first `count` bytes at `offset`, at most eight, above them zeros; needs no padding.
  @inline(__always)
  func word(_ offset: Int, count: Int) -> UInt64 {
    if count >= 8 { return word(offset) }
    if offset &+ 8 <= byteCount { return word(offset) & ~(~0 &<< UInt64(truncatingIfNeeded: 8 &* count)) }
    return (0..<count).reduce(0) { $0 | UInt64(byte(offset + $1)) << UInt64(8 * $1) }
  }

  /// Whether `count` bytes here and there are the same; needs no padding.
  @inline(__always)
  func equals(at offset: Int, _ other: RawSpan, at otherOffset: Int, count: Int) -> Bool {
    if count < 8 { return word(offset, count: count) == other.word(otherOffset, count: count) }
    var i = 0
    while i + 8 < count {
      if word(offset + i) != other.word(otherOffset + i) { return false }
      i += 8
    }
    return word(offset + count - 8) == other.word(otherOffset + count - 8)
  }
}

extension UInt64 {
  /// The byte in all eight places.
  @inline(__always)
  static func eight(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

  /// Marks the high bits of bytes that are less than `bound`, which is at most 128. Marks above the lowest one may be wrong.
  ///
  /// https://graphics.stanford.edu/~seander/bithacks.html#HasLessInWord
  @inline(__always)
  func marksLess(than bound: UInt8) -> UInt64 { (self &- .eight(bound)) & ~self & .eight(0x80) }

  /// Marks the high bits of bytes that equal an ASCII `byte`. Marks above the lowest one may be wrong.
  @inline(__always)
  func marksEqual(to byte: UInt8) -> UInt64 { (self ^ .eight(byte)).marksLess(than: 1) }

  /// The number of whole bytes below the lowest mark; the word must have one.
  @inline(__always)
  var bytesBelowMark: Int { trailingZeroBitCount >> 3 }
}
