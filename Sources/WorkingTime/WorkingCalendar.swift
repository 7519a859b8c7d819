/// The opening hours of a place over all years, with exact arithmetic on the time within them.
///
/// Hours are half-open local times: a calendar is open at an opening and no longer at the closing. Time within
/// them is elapsed time: on the day of 25 hours, 00:00-24:00 counts 25. An opening or closing that clocks skip
/// moves forward by the length of the gap, one that occurs twice means the first. Within the years 2000 …
/// 2060 a question takes some 40 ns and allocates nothing; outside, it walks from day to day.
public final class WorkingCalendar: Sendable {
  public let name: String
  public let zone: TimeZoneRules
  /// What the rules said, to show it to people.
  public let specification: Specification
  /// The last day for which a holiday or special day is given.
  public let lastHoliday: CivilDate?
  let rules: CalendarRules
  let table: DayTable

  /// Lays the hours over the days; throws the first of `Specification.problems()`.
  public init(_ specification: Specification) throws(CalendarError) {
    if let problem = specification.problems().first { throw problem }
    name = specification.name
    zone = specification.zone
    self.specification = specification
    lastHoliday = specification.holidays.union(specification.specialDays.keys).max()
    rules = CalendarRules(specification)
    table = DayTable(rules, from: WorkingCalendar.tableStart, through: WorkingCalendar.tableEnd)
  }

  private static let tableStart = CivilDate(days: 10_957)  // 2000-01-01
  private static let tableEnd = CivilDate(days: 33_237)  // 2060-12-31
}

extension WorkingCalendar {
  public func isOpen(at instant: Instant) -> Bool { nextOpening(from: instant) == instant }

  /// The instant itself while open, otherwise the next opening; nil when there is none before the year 10000.
  public func nextOpening(from instant: Instant) -> Instant? {
    let time = instant.milliseconds
    if let index = table.index(at: time) {
      let position = table.position(at: time, on: index)
      if let opening = table.instant(at: position, .opening, near: index) { return opening }
    }
    return DayWalk(rules).instant(after: 0, from: instant, .opening)
  }

  /// The instant itself while open and at a closing, otherwise the closing before it; nil when there is none
  /// since the year 1.
  public func previousClosing(from instant: Instant) -> Instant? {
    let time = instant.milliseconds
    if let index = table.index(at: time) {
      let position = table.position(at: time, on: index)
      if let closing = table.instant(at: position, .closing, near: index) { return closing }
    }
    return DayWalk(rules).instant(before: 0, from: instant, .closing)
  }

  /// The open milliseconds in `start ..< end`; zero when `end` is not after `start`.
  public func workingMilliseconds(from start: Instant, to end: Instant) -> Int64 {
    guard start < end else { return 0 }
    guard let first = table.index(at: start.milliseconds), let last = table.index(at: end.milliseconds)
    else { return DayWalk(rules).milliseconds(from: start, to: end) }
    return table.position(at: end.milliseconds, on: last)
      - table.position(at: start.milliseconds, on: first)
  }

  /// The instant at which so much working time has passed since `start`.
  ///
  /// A start outside hours counts from the next opening; time that runs out exactly at closing ends at that
  /// closing. Zero is `nextOpening(from:)`, a negative count is `subtract(workingMilliseconds:from:)`. Nil
  /// when the calendar is not open that long before the year 10000.
  public func add(workingMilliseconds count: Int64, to start: Instant) -> Instant? {
    if count <= 0 {
      if count == 0 { return nextOpening(from: start) }
      return subtract(workingMilliseconds: count == .min ? .max : -count, from: start)
    }
    if let index = table.index(at: start.milliseconds) {
      let (position, overflow) = table.position(at: start.milliseconds, on: index)
        .addingReportingOverflow(count)
      if !overflow, let end = table.instant(at: position, .closing, near: index) { return end }
    }
    return DayWalk(rules).instant(after: count, from: start, .closing)
  }

  /// The latest instant from which so much working time passes until `end`: the mirror image of adding.
  ///
  /// An end outside hours counts back from the closing before it; time that runs out exactly at an opening
  /// ends at that opening. Zero is `previousClosing(from:)`, a negative count adds. Nil when the calendar was
  /// not open that long since the year 1.
  public func subtract(workingMilliseconds count: Int64, from end: Instant) -> Instant? {
    if count <= 0 {
      if count == 0 { return previousClosing(from: end) }
      return add(workingMilliseconds: count == .min ? .max : -count, to: end)
    }
    if let index = table.index(at: end.milliseconds) {
      let position = table.position(at: end.milliseconds, on: index) - min(count, .max / 2)
      if let start = table.instant(at: position, .opening, near: index) { return start }
    }
    return DayWalk(rules).instant(before: count, from: end, .opening)
  }

  /// The stretches in which the calendar is open within `start ..< end`, in order, one or more a day, clipped
  /// to the range.
  public func spans(from start: Instant, to end: Instant) -> [Range<Instant>] {
    DayWalk(rules).spans(from: start, to: end)
  }
}
