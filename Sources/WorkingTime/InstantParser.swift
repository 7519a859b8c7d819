extension Instant {
  /// An instant as it was written: with its own offset, or as a bare local time.
  public struct Parsed: Hashable, Sendable {
    public var instant: Instant
    /// False when the text had neither an offset nor `Z`, so that the local zone decided.
    public var hasOffset: Bool

    @inlinable public init(instant: Instant, hasOffset: Bool) {
      self.instant = instant
      self.hasOffset = hasOffset
    }
  }

  /// Reads an RFC 3339 date and time, such as `2023-10-07T09:15:30+08:00`, without allocating.
  ///
  /// Beyond RFC 3339: seconds may be missing, and so may the offset, which then is that of `localZone`.
  /// Digits after the millisecond are cut off. Refused, as nil: days that do not exist, 24:00, second 60,
  /// offsets of 24 hours, anything outside `earliest … latest`. About 20 ns.
  public static func parsed(_ bytes: UnsafeRawBufferPointer, localZone: TimeZoneRules) -> Parsed? {
    guard let seconds = localMinute(bytes) else { return nil }
    var local = seconds
    var index = 16
    var milliseconds: Int64 = 0
    if index < bytes.count, bytes[index] == UInt8(ascii: ":") {
      guard bytes.count >= 19, let second = bytes.twoDigits(at: 17), second < 60 else { return nil }
      local &+= Int64(second)
      index = 19
      if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
        guard let fraction = fraction(bytes, at: &index) else { return nil }
        milliseconds = fraction
      }
    }
    if index == bytes.count {
      return checked(localZone.second(ofLocal: local), milliseconds, hasOffset: false)
    }
    guard let offset = offset(bytes, at: index) else { return nil }
    return checked(local &- offset, milliseconds, hasOffset: true)
  }

  /// Reads an RFC 3339 date and time; see `parsed(_:localZone:)`.
  public static func parse(_ bytes: UnsafeRawBufferPointer, localZone: TimeZoneRules) -> Instant? {
    parsed(bytes, localZone: localZone)?.instant
  }

  /// Reads an RFC 3339 date and time; see `parsed(_:localZone:)`.
  public static func parsed(_ bytes: Span<UInt8>, localZone: TimeZoneRules) -> Parsed? {
    bytes.withUnsafeBytes { parsed($0, localZone: localZone) }
  }

  /// Reads an RFC 3339 date and time; see `parsed(_:localZone:)`.
  public static func parsed(_ text: String, localZone: TimeZoneRules) -> Parsed? {
    text.withBytes { parsed($0, localZone: localZone) }
  }

  /// Reads an RFC 3339 date and time; see `parsed(_:localZone:)`.
  public static func parse(_ text: String, localZone: TimeZoneRules) -> Instant? {
    parsed(text, localZone: localZone)?.instant
  }
}

extension Instant {
  /// `2023-10-07T09:15` as seconds since 1970-01-01T00:00; the bytes may go on.
  @inline(__always)
  private static func localMinute(_ bytes: UnsafeRawBufferPointer) -> Int64? {
    guard bytes.count >= 16, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      bytes[10] | 0x20 == UInt8(ascii: "t") || bytes[10] == UInt8(ascii: " "),
      bytes[13] == UInt8(ascii: ":"),
      let century = bytes.twoDigits(at: 0), let yearOfCentury = bytes.twoDigits(at: 2),
      let month = bytes.twoDigits(at: 5), let day = bytes.twoDigits(at: 8),
      let hour = bytes.twoDigits(at: 11), let minute = bytes.twoDigits(at: 14)
    else { return nil }
    let year = century &* 100 &+ yearOfCentury
    guard year >= 1, month >= 1, month <= 12, day >= 1, hour < 24, minute < 60,
      day <= 28 || day <= CivilDate.length(ofMonth: month, year: year)
    else { return nil }
    let days = Int64(CivilDate.days(year: year, month: month, day: day))
    return days &* secondsPerDay &+ Int64(hour &* 3600 &+ minute &* 60)
  }

  /// `.5` … as milliseconds; `index` is at the point, and after the last digit on return.
  private static func fraction(_ bytes: UnsafeRawBufferPointer, at index: inout Int) -> Int64? {
    let start = index + 1
    var milliseconds: Int64 = 0
    var weight: Int64 = 100
    index = start
    while index < bytes.count, bytes[index] &- 0x30 <= 9 {
      milliseconds += Int64(bytes[index] &- 0x30) * weight
      weight /= 10
      index += 1
    }
    return index > start ? milliseconds : nil
  }

  /// `Z`, `z` or `+08:00` in seconds; it must be the rest of the bytes.
  @inline(__always)
  private static func offset(_ bytes: UnsafeRawBufferPointer, at index: Int) -> Int64? {
    let sign = bytes[index]
    if sign | 0x20 == UInt8(ascii: "z") { return bytes.count == index + 1 ? 0 : nil }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), bytes.count == index + 6,
      bytes[index + 3] == UInt8(ascii: ":"), let hours = bytes.twoDigits(at: index + 1),
      let minutes = bytes.twoDigits(at: index + 4), hours < 24, minutes < 60
    else { return nil }
    let seconds = Int64(hours &* 3600 &+ minutes &* 60)
    return sign == UInt8(ascii: "-") ? -seconds : seconds
  }

  @inline(__always)
  private static func checked(_ second: Int64, _ milliseconds: Int64, hasOffset: Bool) -> Parsed? {
    let instant = Instant(milliseconds: second &* 1000 &+ milliseconds)
    guard instant >= .earliest, instant <= .latest else { return nil }
    return Parsed(instant: instant, hasOffset: hasOffset)
  }
}
