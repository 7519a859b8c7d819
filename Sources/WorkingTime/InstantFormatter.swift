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

  /// Appends RFC 3339 in that zone; see `write(into:zone:)` for buffers.
  public func write(into bytes: inout [UInt8], zone: TimeZoneRules) {
    withUnsafeTemporaryAllocation(byteCount: Instant.largestTextCount, alignment: 8) { buffer in
      let count = write(into: buffer, zone: zone)
      bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  /// RFC 3339, such as `2026-03-02T09:00:00+08:00`; see `write(into:zone:)`.
  public func text(in zone: TimeZoneRules) -> String {
    String(unsafeUninitializedCapacity: Instant.largestTextCount) { buffer in
      write(into: UnsafeMutableRawBufferPointer(buffer), zone: zone)
    }
  }
}

/// Writes from the start of a buffer that is known to be large enough.
private struct TextCursor {
  private let buffer: UnsafeMutableRawBufferPointer
  private(set) var count = 0

  init(_ buffer: UnsafeMutableRawBufferPointer) { self.buffer = buffer }

  mutating func write(local: Int64) {
    let (day, time) = floorDivide(local, by: secondsPerDay)
    let date = CivilDate(days: Int32(clamping: day)).components
    write(twoDigits: date.year / 100)
    write(twoDigits: date.year % 100)
    write("-", twoDigits: date.month)
    write("-", twoDigits: date.day)
    write("T", twoDigits: Int(time) / 3600)
    write(":", twoDigits: Int(time) / 60 % 60)
    write(":", twoDigits: Int(time) % 60)
  }

  mutating func write(millisecond: Int) {
    write(".", twoDigits: millisecond / 10)
    write(byte: 0x30 &+ UInt8(truncatingIfNeeded: millisecond % 10))
  }

  /// Nil is UTC.
  mutating func write(offset: Int?) {
    guard let offset else { return write(byte: UInt8(ascii: "Z")) }
    let minutes = abs(offset) / 60
    write(offset < 0 ? "-" : "+", twoDigits: minutes / 60)
    write(":", twoDigits: minutes % 60)
  }

  private mutating func write(_ separator: Unicode.Scalar, twoDigits number: Int) {
    write(byte: UInt8(truncatingIfNeeded: separator.value))
    write(twoDigits: number)
  }

  private mutating func write(twoDigits number: Int) {
    write(byte: 0x30 &+ UInt8(truncatingIfNeeded: number / 10))
    write(byte: 0x30 &+ UInt8(truncatingIfNeeded: number % 10))
  }

  private mutating func write(byte: UInt8) {
    buffer[count] = byte
    count &+= 1
  }
}
