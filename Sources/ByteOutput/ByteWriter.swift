/// A buffer that output is written into, one piece after the other, and that keeps its room when it is emptied.
///
/// An array would do, but asks at each of the forty pieces of a line whether it is shared; that took a tenth of all
/// instructions. A piece of up to 32 bytes is written as 32, so there is always that much room behind the end.
public struct ByteWriter: ~Copyable {
  private var base: UnsafeMutableRawPointer
  private var capacity: Int
  /// How many bytes were written.
  public private(set) var count = 0

  /// What is kept free behind the last byte.
  private static let spare = 32

  /// An empty buffer with room for `capacity` bytes, at least.
  public init(capacity: Int = 4096) {
    self.capacity = max(capacity, Self.spare)
    base = .allocate(byteCount: self.capacity + Self.spare, alignment: 16)
  }

  deinit { base.deallocate() }

  public mutating func removeAll() { count = 0 }

  /// Takes back the last byte, where there is one.
  public mutating func removeLast() { count = max(0, count - 1) }

  /// Calls `body` with all bytes that were written.
  @inline(__always)
  public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    body(UnsafeRawBufferPointer(start: base, count: count))
  }

  /// What was written, as text.
  public var text: String { withBytes { String(decoding: $0, as: UTF8.self) } }

  /// What was written, as an array.
  public var bytes: [UInt8] { withBytes { Array($0) } }

  /// Sees to it that `extra` bytes fit. Amortised O(1).
  @inline(__always)
  private mutating func reserve(_ extra: Int) {
    if count &+ extra > capacity { grow(extra) }
  }

  @inline(never)
  private mutating func grow(_ extra: Int) {
    capacity = max(count + extra, capacity * 2)
    let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity + Self.spare, alignment: 16)
    larger.copyMemory(from: base, byteCount: count)
    base.deallocate()
    base = larger
  }
}

// MARK: - Pieces

extension ByteWriter {
  @inline(__always)
  public mutating func append(_ byte: UInt8) {
    reserve(1)
    base.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
    count &+= 1
  }

  @inline(__always)
  public mutating func append(_ bytes: UnsafeRawBufferPointer) {
    guard let start = bytes.baseAddress else { return }
    reserve(bytes.count)
    (base + count).copyMemory(from: start, byteCount: bytes.count)
    count &+= bytes.count
  }

  public mutating func append(_ bytes: [UInt8]) { bytes.withUnsafeBytes { append($0) } }

  /// Text that the program holds: copied as it stands, without a `String`.
  @inline(__always)
  public mutating func append(literal text: StaticString) {
    append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  public mutating func append(text: String) {
    var text = text
    text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
  }

  /// Appends a fragment of `store`, 32 bytes at a time.
  @inline(__always)
  public mutating func append(_ fragment: Fragment, of store: FragmentStore) {
    guard let start = store.start else { return }
    reserve(fragment.count)
    let source = start + fragment.start
    let target = base + count
    var offset = 0
    repeat {
      target.storeBytes(
        of: source.loadUnaligned(fromByteOffset: offset, as: SIMD32<UInt8>.self), toByteOffset: offset,
        as: SIMD32<UInt8>.self)
      offset &+= 32
    } while offset < fragment.count
    count &+= fragment.count
  }

  /// Room for `extra` bytes behind what was written, until the next change; `advance` says how many were filled.
  @inline(__always)
  public mutating func room(_ extra: Int) -> UnsafeMutableRawBufferPointer {
    reserve(extra)
    return UnsafeMutableRawBufferPointer(start: base + count, count: extra)
  }

  /// Takes over the first `filled` bytes of the room that was asked for last.
  @inline(__always)
  public mutating func advance(by filled: Int) { count &+= filled }

  /// A decimal integer.
  public mutating func append(integer value: Int64) {
    if value < 0 { append(UInt8(ascii: "-")) }
    let magnitude = value.magnitude
    var digitCount = 1
    var power: UInt64 = 10
    while digitCount < 19, magnitude >= power {
      digitCount &+= 1
      power &*= 10
    }
    // The largest magnitude has 19 digits.
    let room = room(digitCount)
    var (rest, end) = (magnitude, digitCount)
    while end >= 2 {
      let (quotient, pair) = rest.quotientAndRemainder(dividingBy: 100)
      end &-= 2
      room.storeBytes(of: twoDigits(Int(pair)), toByteOffset: end, as: UInt16.self)
      rest = quotient
    }
    if end == 1 { room[0] = 0x30 &+ UInt8(truncatingIfNeeded: rest) }
    advance(by: digitCount)
  }
}

/// The ASCII digits of a number below 100, in the order of memory.
@inline(__always)
private func twoDigits(_ number: Int) -> UInt16 {
  let tens = UInt16(truncatingIfNeeded: (number &* 103) &>> 10)
  let ones = UInt16(truncatingIfNeeded: number) &- tens &* 10
  return (tens | ones &<< 8 | 0x3030).littleEndian
}

// MARK: - JSON

extension ByteWriter {
  /// A JSON string with its quotes (RFC 8259, section 7), from UTF-8.
  @inline(__always)
  public mutating func append(jsonString bytes: UnsafeRawBufferPointer) {
    append(UInt8(ascii: "\""))
    let start = count
    append(bytes)
    escapeJSON(from: start)
    append(UInt8(ascii: "\""))
  }

  public mutating func append(jsonString text: String) {
    var text = text
    text.withUTF8 { append(jsonString: UnsafeRawBufferPointer($0)) }
  }

  /// A JSON string, or null.
  public mutating func append(optionalJSONString text: String?) {
    if let text { append(jsonString: text) } else { append(literal: "null") }
  }

  /// Escapes what was written from `start` on as the inside of a JSON string; mostly there is nothing to escape.
  @inline(__always)
  public mutating func escapeJSON(from start: Int) {
    let written = UnsafeRawBufferPointer(
      rebasing: UnsafeRawBufferPointer(start: base, count: count)[start...])
    if JSONEscapes.first(in: written, from: 0) != nil { rewriteEscaped(from: start) }
  }

  @inline(never)
  private mutating func rewriteEscaped(from start: Int) {
    let plain = withBytes { Array($0[start...]) }
    count = start
    plain.withUnsafeBytes { bytes in JSONEscapes.forEachStretch(of: bytes) { append($0) } }
  }
}
