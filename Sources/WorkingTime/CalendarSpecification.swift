extension WorkingCalendar {
  /// What rules say about a calendar; `problems()` tells whether it can be used.
  public struct Specification: Sendable {
    public var name: String
    public var zone: TimeZoneRules
    /// The hours that start on each day of the week, in any order; a missing day is closed.
    public var weeklyHours: [Weekday: [OpeningInterval]]
    /// Local days without hours: whatever starts on them is gone, also past midnight.
    public var holidays: Set<CivilDate>
    /// The hours of single days, in place of their weekday's and of a holiday; none is a closed day.
    public var specialDays: [CivilDate: [OpeningInterval]]

    public init(
      name: String, zone: TimeZoneRules, weeklyHours: [Weekday: [OpeningInterval]],
      holidays: Set<CivilDate> = [], specialDays: [CivilDate: [OpeningInterval]] = [:]
    ) {
      self.name = name
      self.zone = zone
      self.weeklyHours = weeklyHours
      self.holidays = holidays
      self.specialDays = specialDays
    }
  }
}

/// A calendar that cannot be used, and which of its days is to blame.
public struct CalendarError: Error, Hashable, Sendable {
  public enum Place: Hashable, Sendable {
    case calendar
    case weekday(Weekday)
    case date(CivilDate)
  }

  public var place: Place
  /// One sentence without a full stop, starting in lower case; names the calendar.
  public var message: String
  public var hint: String

  public init(place: Place, message: String, hint: String) {
    self.place = place
    self.message = message
    self.hint = hint
  }
}

extension WorkingCalendar.Specification {
  /// Everything that keeps the calendar from being used: no hours at all, hours that start at 24:00, hours
  /// that overlap.
  ///
  /// Hours that overlap are refused, also over midnight, instead of merged: they are slips, and a merged
  /// stretch would not say to which working day it belongs. Hours that touch are fine.
  public func problems() -> [CalendarError] {
    let hasHours = weeklyHours.values.contains { !$0.isEmpty } || specialDays.values.contains { !$0.isEmpty }
    guard hasHours else { return [Wording.noHours(name)] }
    var problems: [CalendarError] = []
    for day in Weekday.allCases {
      problems += conflicts(.weekday(day), weekly(day))
      problems += conflicts(.weekday(day), weekly(day), next: .weekday(day.next), weekly(day.next))
    }
    for (date, hours) in specialDays.sorted(by: { $0.key < $1.key }) {
      let (before, after) = (date.advanced(byDays: -1), date.advanced(byDays: 1))
      problems += conflicts(.date(date), hours)
      problems += conflicts(.date(date), hours, next: .date(after), self.hours(on: after))
      if specialDays[before] == nil {
        problems += conflicts(.date(before), self.hours(on: before), next: .date(date), hours)
      }
    }
    return problems
  }

  private func weekly(_ day: Weekday) -> [OpeningInterval] { weeklyHours[day] ?? [] }

  private func hours(on date: CivilDate) -> [OpeningInterval] {
    specialDays[date] ?? (holidays.contains(date) ? [] : weekly(date.weekday))
  }

  private func conflicts(_ place: CalendarError.Place, _ hours: [OpeningInterval]) -> [CalendarError] {
    let sorted = hours.sorted { ($0.start, $0.endSeconds) < ($1.start, $1.endSeconds) }
    let late = sorted.contains { $0.start == .endOfDay } ? [Wording.startsAtEndOfDay(name, place)] : []
    return late
      + zip(sorted, sorted.dropFirst())
      .filter { $0.endSeconds > $1.start.seconds }
      .map { Wording.overlap(name, place, $0, $1) }
  }

  private func conflicts(
    _ place: CalendarError.Place, _ hours: [OpeningInterval], next: CalendarError.Place,
    _ following: [OpeningInterval]
  ) -> [CalendarError] {
    guard let last = hours.max(by: { $0.endSeconds < $1.endSeconds }),
      let first = following.min(by: { $0.start < $1.start }),
      last.endSeconds - 86_400 > first.start.seconds
    else { return [] }
    return [Wording.overlap(name, place, last, into: next, first)]
  }
}
