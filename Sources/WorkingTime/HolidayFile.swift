/// A day off, from a file of holidays.
public struct Holiday: Hashable, Sendable {
  public var date: CivilDate
  /// What the file calls it; empty when it has no name.
  public var name: String

  public init(date: CivilDate, name: String) {
    self.date = date
    self.name = name
  }
}

/// A holiday file that cannot be read, or that says something which would be lost.
public struct HolidayFileError: Error, Hashable, Sendable {
  /// Counted from 1.
  public var line: Int
  /// One sentence without a full stop, starting in lower case.
  public var message: String
  public var hint: String

  public init(line: Int, message: String, hint: String) {
    self.line = line
    self.message = message
    self.hint = hint
  }
}

extension Holiday {
  /// The days of the events in an iCalendar file (RFC 5545) that lie within `range`, by date; a day occurs
  /// once for each event on it.
  ///
  /// An event covers the days from DTSTART to before DTEND; one with times covers every day it touches, in
  /// `zone`. Understood are yearly rules (RRULE with INTERVAL, COUNT, UNTIL, BYMONTH, BYMONTHDAY) and EXDATE;
  /// cancelled events are left out. Any other rule, RDATE, RECURRENCE-ID and times in other zones are refused
  /// rather than read wrongly.
  public static func holidays(
    iCalendar bytes: [UInt8], within range: DateRange, zone: TimeZoneRules
  ) throws(HolidayFileError) -> [Holiday] {
    var holidays: [Holiday] = []
    for properties in try ICalendarFile.events(bytes) {
      let event = try ICalendarEvent(properties, zone: zone)
      let dates = try event.dates(within: range)
      holidays += dates.map { Holiday(date: $0, name: event.summary) }
    }
    return holidays.sorted { ($0.date, $0.name) < ($1.date, $1.name) }
  }
}
