public import Diagnostics

/// The working time of a place or team.
public struct CalendarDeclaration: Hashable, Sendable {
  public var name: Located<String>
  /// An IANA name; nil for the rulebook's.
  public var timeZone: Located<String>?
  /// No weekday stands in two of them.
  public var weeklyHours: [WeeklyHoursDeclaration] = []
  public var holidays: [HolidayDeclaration] = []
  /// Override the week and the holidays.
  public var specialDays: [SpecialDayDeclaration] = []

  public init(name: Located<String>) { self.name = name }
}

/// The hours of some weekdays.
public struct WeeklyHoursDeclaration: Hashable, Sendable {
  public var weekdays: Located<[Weekday]>
  /// Empty for days without hours.
  public var hours: [Located<DailyHours>]

  public init(weekdays: Located<[Weekday]>, hours: [Located<DailyHours>]) {
    self.weekdays = weekdays
    self.hours = hours
  }
}

/// Days off, or where they are listed.
public enum HolidayDeclaration: Hashable, Sendable {
  case days(DaysOffDeclaration)
  /// The path of a YAML list of days, relative to the file that names it; see `HolidayFileSyntax`.
  case file(Located<String>)
  /// The path of an iCalendar file (RFC 5545), relative to the file that names it.
  case iCalendarFile(Located<String>)
}

/// Days without hours.
public struct DaysOffDeclaration: Hashable, Sendable {
  public var range: Located<DateRange>
  public var name: LocalizedText?

  public init(range: Located<DateRange>, name: LocalizedText? = nil) {
    self.range = range
    self.name = name
  }
}

/// A day with hours of its own, such as a make-up working day.
public struct SpecialDayDeclaration: Hashable, Sendable {
  public var date: Located<CalendarDate>
  /// Empty for a day without hours.
  public var hours: [Located<DailyHours>]

  public init(date: Located<CalendarDate>, hours: [Located<DailyHours>]) {
    self.date = date
    self.hours = hours
  }
}

/// What a file that `holidays: [{file: …}]` names declares.
public struct HolidayFileDeclaration: Hashable, Sendable {
  public var holidays: [DaysOffDeclaration] = []
  public var specialDays: [SpecialDayDeclaration] = []

  public init() {}
}

/// A day of the week, Monday first (ISO 8601).
public enum Weekday: Int, Hashable, CaseIterable, Sendable {
  case monday = 1, tuesday, wednesday, thursday, friday, saturday, sunday
}

/// A day of the proleptic Gregorian calendar that exists, of the years 1 to 9999.
public struct CalendarDate: Hashable, Comparable, Sendable {
  public let year: Int
  /// 1 to 12.
  public let month: Int
  /// 1 to 31.
  public let day: Int

  /// Nil for a day that does not exist.
  public init?(year: Int, month: Int, day: Int) {
    guard 1...9999 ~= year, 1...12 ~= month, 1...Self.days(inMonth: month, of: year) ~= day else {
      return nil
    }
    self.year = year
    self.month = month
    self.day = day
  }

  static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  public static func < (left: Self, right: Self) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }
}

/// The days from the first to the last, both included.
public struct DateRange: Hashable, Sendable {
  public var first: CalendarDate
  /// Not before `first`.
  public var last: CalendarDate

  public init(_ first: CalendarDate, _ last: CalendarDate) {
    self.first = first
    self.last = last
  }
}

/// A half-open stretch of a day, in seconds from midnight.
public struct DailyHours: Hashable, Sendable {
  /// 0 ..< 86,400.
  public var start: Int
  /// 0 ... 86,400; at or before `start`, it is meant on the next day.
  public var end: Int

  public init(start: Int, end: Int) {
    self.start = start
    self.end = end
  }
}
