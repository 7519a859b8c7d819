/// A point in time between 0001-01-01T00:00:00Z and 9999-12-31T23:59:59.999999999Z, without leap seconds.
public struct Timestamp: Hashable, Comparable, Sendable {
  /// Since 1970-01-01T00:00:00Z, rounded down.
  public var seconds: Int64
  /// 0 to 999,999,999.
  public var nanoseconds: Int32

  public init(seconds: Int64, nanoseconds: Int32) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  public init(milliseconds: Int64) {
    let part = Int32(floorRemainder(milliseconds, 1000))
    self.init(seconds: floorDivision(milliseconds, 1000), nanoseconds: part * 1_000_000)
  }

  @inlinable public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.seconds != right.seconds
      ? left.seconds < right.seconds : left.nanoseconds < right.nanoseconds
  }

  static let range: ClosedRange<Int64> = -62_135_596_800...253_402_300_799
  var isInRange: Bool { Self.range.contains(seconds) }

  /// Nil where the sum leaves the range.
  @usableFromInline
  func adding(_ duration: Int64) -> Timestamp? {
    let whole = floorDivision(duration, 1_000_000_000)
    let part = Int64(nanoseconds) + floorRemainder(duration, 1_000_000_000)
    let (sum, overflow) = seconds.addingReportingOverflow(whole + part / 1_000_000_000)
    let result = Timestamp(seconds: sum, nanoseconds: Int32(part % 1_000_000_000))
    return overflow || !result.isInRange ? nil : result
  }

  /// In nanoseconds; nil where they do not fit.
  @usableFromInline
  func since(_ other: Timestamp) -> Int64? {
    let (difference, overflow) = seconds.subtractingReportingOverflow(other.seconds)
    let (scaled, tooLarge) = difference.multipliedReportingOverflow(by: 1_000_000_000)
    let (result, overflowed) = scaled.addingReportingOverflow(Int64(nanoseconds) - Int64(other.nanoseconds))
    return overflow || tooLarge || overflowed ? nil : result
  }
}

func floorDivision(_ value: Int64, _ divisor: Int64) -> Int64 {
  let quotient = value / divisor
  return value % divisor < 0 ? quotient - 1 : quotient
}

/// 0 up to the divisor; never overflows, unlike what is left of `divisor * floorDivision`.
func floorRemainder(_ value: Int64, _ divisor: Int64) -> Int64 {
  let remainder = value % divisor
  return remainder < 0 ? remainder + divisor : remainder
}

extension Timestamp: CustomStringConvertible {
  /// RFC 3339 in UTC, with as many digits of the second as it takes.
  public var description: String {
    let date = CivilDate(daysSince1970: floorDivision(seconds, 86_400))
    let second = floorRemainder(seconds, 86_400)
    let time = [second / 3600, second / 60 % 60, second % 60].map { padded($0, 2) }.joined(separator: ":")
    return "\(padded(date.year, 4))-\(padded(Int64(date.month), 2))-\(padded(Int64(date.day), 2))T\(time)"
      + fractionText(Int64(nanoseconds)) + "Z"
  }

  /// RFC 3339 with a zone. The date must exist, and the hour is below 24.
  public init?(_ text: Text) {
    var reader = DateTimeReader(text.utf8)
    guard let timestamp = reader.timestamp() else { return nil }
    self = timestamp
  }
}

func padded(_ value: Int64, _ width: Int) -> String {
  let digits = String(value)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

/// `.5` for 500,000,000 nanoseconds; empty for none.
func fractionText(_ nanoseconds: Int64) -> String {
  guard nanoseconds != 0 else { return "" }
  var digits = Array(padded(nanoseconds, 9).utf8)
  while digits.last == UInt8(ascii: "0") { digits.removeLast() }
  return "." + String(decoding: digits, as: UTF8.self)
}

/// A day of the proleptic Gregorian calendar (https://howardhinnant.github.io/date_algorithms.html).
struct CivilDate {
  var year: Int64
  /// 1 to 12.
  var month: Int
  /// 1 to 31.
  var day: Int

  init(year: Int64, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  init(daysSince1970 days: Int64) {
    let shifted = days + 719_468
    let era = floorDivision(shifted, 146_097)
    let dayOfEra = floorRemainder(shifted, 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    day = Int(dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    month = Int(marchMonth < 10 ? marchMonth + 3 : marchMonth - 9)
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  var daysSince1970: Int64 {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = floorDivision(shiftedYear, 400)
    let yearOfEra = floorRemainder(shiftedYear, 400)
    let dayOfYear = Int64(153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + Int64(day) - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// Zero-based.
  var dayOfYear: Int64 { daysSince1970 - CivilDate(year: year, month: 1, day: 1).daysSince1970 }

  static func days(inMonth month: Int, of year: Int64) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
