extension Instant {
  /// The most bytes that `write(into:zone:)` writes: `2026-03-02T09:00:00.123+08:00`.
  public static var largestTextCount: Int { 29 }

  /// Writes RFC 3339 in that zone, and returns the number of bytes; zero, and nothing written, when fewer
  /// than `largestTextCount` fit.
  ///
  /// `Z` when the zone is UTC; milliseconds only when there are any. An offset with seconds, as cities had
  /// before 1972, is written to the minute below, so that the text still means this instant. A year outside 1
  /// … 9999 in the zone is written in UTC, and an instant outside `earliest … latest` as the nearest of the
  /// two.
  public func write(into buffer: UnsafeMutableRawBufferPointer, zone: TimeZoneRules) -> Int {
    guard buffer.count >= Instant.largestTextCount else { return 0 }
    let instant = clamped(to: .earliest ... .latest)
    let (second, millisecond) = floorDivide(instant.milliseconds, by: 1000)
    var offset = floorDivide(zone.offset(atSecond: second), by: 60).quotient &* 60
    var local = second + offset
    let isOutside = local < Instant.earliest.milliseconds / 1000 || local > Instant.latest.milliseconds / 1000
    if isOutside { (local, offset) = (second, 0) }
    var text = TextCursor(buffer)
    text.write(local: local)
    if millisecond != 0 { text.write(millisecond: Int(millisecond)) }
    text.write(offset: zone.isUTC || isOutside ? nil : Int(offset))
    return text.count
  }

  /// RFC 3339, such as `2026-03-02T09:00:00+08:00`; see `write(into:zone:)`.
  public func text(in zone: TimeZoneRules) -> String {
    String(unsafeUninitializedCapacity: Instant.largestTextCount) { buffer in
      write(into: UnsafeMutableRawBufferPointer(buffer), zone: zone)
    }
  }
}

/// Writes from the start of a buffer that is known to be large enough, up to eight bytes at a time.
private struct TextCursor {
  private let buffer: UnsafeMutableRawBufferPointer
  private(set) var count = 0

  @inline(__always)
  init(_ buffer: UnsafeMutableRawBufferPointer) { self.buffer = buffer }

  @inline(__always)
  mutating func write(local: Int64) {
    let (day, time) = floorDivide(local, by: secondsPerDay)
    let date = CivilDate(days: Int32(truncatingIfNeeded: day)).components
    let second = UInt64(truncatingIfNeeded: time)
    let (century, year) = UInt64(truncatingIfNeeded: date.year).quotientAndRemainder(dividingBy: 100)
    write(
      digits(century) | digits(year) &<< 16 | sign("-") &<< 32 | digits(date.month) &<< 40 | sign("-") &<< 56)
    let hour = digits(second / 3600) &<< 24 | sign(":") &<< 40
    write(digits(date.day) | sign("T") &<< 16 | hour | digits(second / 60 % 60) &<< 48)
    write(sign(":") | digits(second % 60) &<< 8, count: 3)
  }

  @inline(__always)
  mutating func write(millisecond: Int) {
    let last = sign("0") &+ UInt64(truncatingIfNeeded: millisecond % 10)
    write(sign(".") | digits(UInt64(truncatingIfNeeded: millisecond / 10)) &<< 8 | last &<< 24, count: 4)
  }

  /// Nil is UTC.
  @inline(__always)
  mutating func write(offset: Int?) {
    guard let offset else { return write(sign("Z"), count: 1) }
    let minutes = offset.magnitude / 60
    let hours = digits(UInt64(minutes / 60)) &<< 8 | sign(":") &<< 24
    write(sign(offset < 0 ? "-" : "+") | hours | digits(UInt64(minutes % 60)) &<< 32, count: 6)
  }

  /// Eight characters, low byte first.
  @inline(__always)
  private mutating func write(_ characters: UInt64) { write(characters, count: 8) }

  /// The first `count` of eight characters, low byte first.
  @inline(__always)
  private mutating func write(_ characters: UInt64, count: Int) {
    if count == 8 || buffer.count &- self.count >= 8 {
      buffer.storeBytes(of: characters.littleEndian, toByteOffset: self.count, as: UInt64.self)
    } else {
      for index in 0..<count {
        buffer[self.count &+ index] = UInt8(truncatingIfNeeded: characters &>> UInt64(8 &* index))
      }
    }
    self.count &+= count
  }
}

/// The two digits of a number below 100, low byte first.
@inline(__always)
private func digits(_ number: UInt64) -> UInt64 {
  let tens = (number &* 103) &>> 10
  return tens | (number &- tens &* 10) &<< 8 | 0x3030
}

@inline(__always)
private func digits(_ number: Int) -> UInt64 { digits(UInt64(truncatingIfNeeded: number)) }

@inline(__always)
private func sign(_ character: Unicode.Scalar) -> UInt64 { UInt64(character.value) }
