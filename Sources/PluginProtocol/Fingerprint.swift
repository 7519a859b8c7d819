/// A number by which two series of records are known to be the same, as far as 64 bits can tell: no protection against those who
/// want two series to look alike.
public struct Fingerprint: Hashable, Sendable {
  public private(set) var value: UInt64

  public init(_ value: UInt64 = 0) { self.value = value }

  /// Adds one record: all its bytes, or, since a version changes with them, its version, its size and its ends.
  public mutating func add(_ bytes: [UInt8], in range: Range<Int>, version: String?) {
    let record = bytes.span.bytes.extracting(range)
    if let version, record.byteCount > 64 {
      // Eight digits of a version at a time; more of them wrap around and still count.
      let digits = version.utf8.reduce(0) { ($0 << 8 | $0 >> 56) ^ UInt64($1) }
      let ends = mix(record.word(0), record.word(8)) ^ mix(record.word(16), record.word(24))
      value = mix(value, mix(ends, digits) ^ record.word(record.byteCount - 8))
    } else {
      add(record)
    }
    value = mix(value, UInt64(range.count))
  }

  private mutating func add(_ record: RawSpan) {
    var lanes: (UInt64, UInt64, UInt64, UInt64) = (value, 1, 2, 3)
    var offset = 0
    while offset &+ 32 <= record.byteCount {
      lanes.0 = mix(lanes.0, record.word(offset))
      lanes.1 = mix(lanes.1, record.word(offset &+ 8))
      lanes.2 = mix(lanes.2, record.word(offset &+ 16))
      lanes.3 = mix(lanes.3, record.word(offset &+ 24))
      offset &+= 32
    }
    while offset < record.byteCount {
      lanes.0 = mix(lanes.0, UInt64(record.byte(offset)))
      offset &+= 1
    }
    value = mix(mix(mix(lanes.0, lanes.1), lanes.2), lanes.3)
  }
}

/// Each word changes the result, whatever came before it.
@inline(__always)
private func mix(_ state: UInt64, _ word: UInt64) -> UInt64 {
  let product = (state ^ word) &* 0x9E37_79B9_7F4A_7C15
  return product ^ product >> 29
}

extension RawSpan {
  /// The eight bytes at `offset`, of which the caller knows that they are there.
  @inline(__always)
  fileprivate func word(_ offset: Int) -> UInt64 {
    UInt64(littleEndian: unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self))
  }
}
