#if Curl
  /// An instant as calendars in UTC show it, in the proleptic Gregorian calendar.
  public struct CalendarTime: Hashable, Sendable {
    public var year: Int
    public var month: Int
    public var day: Int
    /// From 0, which is Sunday, to 6.
    public var weekday: Int
    public var hour: Int
    public var minute: Int
    public var second: Int
    public var millisecond: Int

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// - Parameter milliseconds: since 1970-01-01T00:00:00Z, without leap seconds.
    public init(milliseconds: Int64) {
      let (days, rest) = Self.divide(milliseconds, by: 86_400_000)
      (year, month, day) = Self.date(days)
      weekday = Int(Self.divide(days + 4, by: 7).rest)
      hour = Int(rest / 3_600_000)
      minute = Int(rest / 60_000 % 60)
      second = Int(rest / 1_000 % 60)
      millisecond = Int(rest % 1_000)
    }

    /// Such as `2026-10-12T02:00:00.000Z` (RFC 3339).
    public var internetTimestamp: String {
      "\(pad(year, 4))-\(pad(month))-\(pad(day))T\(pad(hour)):\(pad(minute)):\(pad(second)).\(pad(millisecond, 3))Z"
    }

    /// Such as `Mon, 12 Oct 2026 02:00:00 +0000` (RFC 5322, section 3.3).
    public var mailDate: String {
      "\(Self.weekdays[weekday]), \(pad(day)) \(Self.months[month - 1]) \(pad(year, 4)) "
        + "\(pad(hour)):\(pad(minute)):\(pad(second)) +0000"
    }

    private func pad(_ number: Int, _ width: Int = 2) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// Rounds down, also before 1970.
    private static func divide(_ number: Int64, by divisor: Int64) -> (quotient: Int64, rest: Int64) {
      let rest = (number % divisor + divisor) % divisor
      return ((number - rest) / divisor, rest)
    }

    /// `civil_from_days` of https://howardhinnant.github.io/date_algorithms.html: years begin in March there.
    private static func date(_ days: Int64) -> (year: Int, month: Int, day: Int) {
      let (era, dayOfEra) = divide(days + 719_468, by: 146_097)
      let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
      let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
      let shifted = (5 * dayOfYear + 2) / 153
      let month = shifted < 10 ? shifted + 3 : shifted - 9
      let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
      return (Int(year), Int(month), Int(dayOfYear - (153 * shifted + 2) / 5 + 1))
    }
  }
#endif
