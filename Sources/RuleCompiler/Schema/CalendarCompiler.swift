import Diagnostics
import RuleSyntax
import WorkingTime

/// `calendars`: hours, holidays and the files that list them.
extension RulebookCompiler {
  mutating func compileCalendars(_ declarations: [CalendarDeclaration]) {
    for declaration in declarations {
      guard let calendar = compileCalendar(declaration) else { continue }
      warnAboutHolidays(of: calendar, declaration)
      calendars.append(calendar, named: declaration.name.value)
    }
  }

  private mutating func compileCalendar(_ declaration: CalendarDeclaration) -> WorkingCalendar? {
    let zone = zone(declaration.timeZone) ?? timeZone
    var specification = WorkingCalendar.Specification(
      name: declaration.name.value, zone: zone, weeklyHours: [:])
    for hours in declaration.weeklyHours {
      for weekday in hours.weekdays.value {
        specification.weeklyHours[weekday.compiled, default: []] += hours.hours.compactMap(\.value.compiled)
      }
    }
    add(declaration.specialDays, to: &specification)
    for holiday in declaration.holidays { add(holiday, to: &specification) }
    do {
      return try WorkingCalendar(specification)
    } catch {
      report(.badCalendar(error, declaration.place(of: error.place)))
      return nil
    }
  }

  private func add(
    _ days: [SpecialDayDeclaration], to specification: inout WorkingCalendar.Specification
  ) {
    for day in days {
      guard let date = day.date.value.compiled else { continue }
      specification.specialDays[date] = day.hours.compactMap(\.value.compiled)
    }
  }

  private mutating func add(
    _ holiday: HolidayDeclaration, to specification: inout WorkingCalendar.Specification
  ) {
    switch holiday {
    case .days(let days): add(days.range.value, to: &specification)
    case .file(let path):
      guard let source = resource(path) else { return }
      let file = HolidayFileSyntax.parse(source, into: &diagnostics)
      for days in file.holidays { add(days.range.value, to: &specification) }
      add(file.specialDays, to: &specification)
    case .iCalendarFile(let path):
      guard let source = resource(path), let range = Self.holidayRange else { return }
      do throws(HolidayFileError) {
        let holidays = try Holiday.holidays(
          iCalendar: source.bytes, within: range, zone: specification.zone)
        for holiday in holidays { specification.holidays.insert(holiday.date) }
      } catch {
        report(.badICalendar(error, source.path))
      }
    }
  }

  /// Holidays of iCalendar files are taken from these years, which bounds the yearly ones.
  private static let holidayRange = CivilDate(year: 2000, month: 1, day: 1).flatMap { first in
    CivilDate(year: 2060, month: 12, day: 31).flatMap { WorkingTime.DateRange(first, through: $0) }
  }

  private func add(_ range: RuleSyntax.DateRange, to specification: inout WorkingCalendar.Specification) {
    guard let first = range.first.compiled, let last = range.last.compiled else { return }
    for day in first.days...max(first.days, last.days) { specification.holidays.insert(CivilDate(days: day)) }
  }

  private mutating func warnAboutHolidays(of calendar: WorkingCalendar, _ declaration: CalendarDeclaration) {
    guard let today, let last = calendar.lastHoliday, last.year <= today.year else { return }
    report(.holidaysEnd(declaration.name, last: last.text, nextYear: today.year + 1))
  }

  mutating func calendarIndex(_ name: Located<String>) -> Int? {
    if let index = calendars.index(of: name.value) { return index }
    report(.unknownCalendar(name, calendars.names))
    return nil
  }
}

extension CalendarDeclaration {
  /// Where the part of the calendar stands that an error is about.
  fileprivate func place(of part: CalendarError.Place) -> Place {
    switch part {
    case .calendar: name.place
    case .weekday(let weekday):
      weeklyHours.first { $0.weekdays.value.contains { $0.compiled == weekday } }?.weekdays.place
        ?? name.place
    case .date(let date): specialDays.first { $0.date.value.compiled == date }?.date.place ?? name.place
    }
  }
}

extension RuleSyntax.Weekday {
  fileprivate var compiled: WorkingTime.Weekday { WorkingTime.Weekday(rawValue: rawValue) ?? .monday }
}

extension CalendarDate {
  var compiled: CivilDate? { CivilDate(year: year, month: month, day: day) }
}

extension DailyHours {
  fileprivate var compiled: OpeningInterval? {
    guard let start = TimeOfDay(seconds: start), let end = TimeOfDay(seconds: end) else { return nil }
    return OpeningInterval(start, end)
  }
}
