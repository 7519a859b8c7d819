/// A day of the Gregorian calendar, without a time zone.
public struct CivilDate: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01.
  public var days: Int32

  @inlinable public init(days: Int32) { self.days = days }

  /// Nil unless the day exists and the year is in 1 … 9999.
  public init?(year: Int, month: Int, day: Int) {
    guard 1...9999 ~= year, 1...12 ~= month, day >= 1, day <= CivilDate.length(ofMonth: month, year: year)
    else { return nil }
    days = CivilDate.days(year: year, month: month, day: day)
  }

  @inlinable public static func < (left: CivilDate, right: CivilDate) -> Bool { left.days < right.days }
}

extension CivilDate {
  /// 0001-01-01.
  public static var earliest: CivilDate { CivilDate(days: -719_162) }
  /// 9999-12-31.
  public static var latest: CivilDate { CivilDate(days: 2_932_896) }

  public var year: Int { components.year }
  public var month: Int { components.month }
  public var day: Int { components.day }

  /// Year, month (1 … 12) and day (1 … 31).
  public var components: (year: Int, month: Int, day: Int) {
    // http://howardhinnant.github.io/date_algorithms.html#civil_from_days
    let shifted = Int(days) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  public var weekday: Weekday {
    let sinceMonday = Int(floorDivide(Int64(days) + 3, by: 7).remainder)
    return Weekday(rawValue: sinceMonday + 1) ?? .monday
  }

  /// The day that many days later, or earlier when negative; stops at the ends of `Int32`.
  public func advanced(byDays count: Int) -> CivilDate {
    let (sum, overflow) = Int(days).addingReportingOverflow(count)
    return CivilDate(days: overflow ? (count < 0 ? .min : .max) : Int32(clamping: sum))
  }

  static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  @inline(__always)
  static func length(ofMonth month: Int, year: Int) -> Int {
    // Months alternate between 31 and 30 days, out of step from August on.
    month == 2 ? (isLeap(year) ? 29 : 28) : 30 + ((month + (month >> 3)) & 1)
  }

  @inline(__always)
  static func days(year: Int, month: Int, day: Int) -> Int32 {
    // http://howardhinnant.github.io/date_algorithms.html#days_from_civil
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int32(truncatingIfNeeded: era * 146_097 + dayOfEra - 719_468)
  }
}

extension CivilDate {
  /// Reads `2026-03-01`; nil for anything else, such as a day that does not exist.
  public static func parse(_ bytes: UnsafeRawBufferPointer) -> CivilDate? {
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let century = bytes.twoDigits(at: 0), let year = bytes.twoDigits(at: 2),
      let month = bytes.twoDigits(at: 5), let day = bytes.twoDigits(at: 8)
    else { return nil }
    return CivilDate(year: century * 100 + year, month: month, day: day)
  }

  /// Reads `2026-03-01`; nil for anything else.
  public static func parse(_ text: String) -> CivilDate? { text.withBytes { parse($0) } }

  /// `2026-03-01`.
  public var text: String {
    let (year, month, day) = components
    return padded(year, to: 4) + "-" + padded(month, to: 2) + "-" + padded(day, to: 2)
  }
}
