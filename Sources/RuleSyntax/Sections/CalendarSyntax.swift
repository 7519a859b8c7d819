public import Diagnostics
import LocatedYAML

extension FileParser {
  func calendar(_ entry: Node.Entry) -> CalendarDeclaration? {
    guard let name = checkedName(entry.key, "a calendar's name"),
      let mapping = mapping(entry.value, "the calendar \(quoted(entry.key.value))", .calendar)
    else { return nil }
    var calendar = CalendarDeclaration(name: name)
    calendar.timeZone = mapping.optional("time_zone", self.name)
    calendar.weeklyHours = mapping.required("weekly_hours", weeklyHours) ?? []
    calendar.holidays = mapping.optional("holidays") { items($0, $1)?.compactMap(holiday) } ?? []
    calendar.specialDays = mapping.optional("special_days", specialDays) ?? []
    return calendar
  }

  private func weeklyHours(_ node: Node, _ what: String) -> [WeeklyHoursDeclaration]? {
    var places: [Weekday: Place] = [:]
    return entries(node, what)?.compactMap { entry in
      guard let weekdays = weekdays(entry.key), let hours = hours(entry.value, quoted(entry.key.value)) else {
        return nil
      }
      for weekday in weekdays.value {
        guard let first = places.updateValue(entry.key.place, forKey: weekday) else { continue }
        report(.duplicateWeekday(weekday, in: entry.key, first: first))
        return nil
      }
      return WeeklyHoursDeclaration(weekdays: weekdays, hours: hours)
    }
  }

  private func holiday(_ node: Node) -> HolidayDeclaration? {
    guard case .mapping(let entries) = node.content else { return daysOff(node).map { .days($0) } }
    guard entries.count == 1, let entry = entries.first, Construct.holidaySource.key(entry.key.value) != nil
    else {
      return daysOff(node).map { .days($0) }
    }
    let path = text(entry.value, quoted(entry.key.value))
    return path.map { entry.key.value == "file" ? .file($0) : .iCalendarFile($0) }
  }

  /// A date, a range of dates, or `{date: …, name: …}`.
  func daysOff(_ node: Node) -> DaysOffDeclaration? {
    switch node.content {
    case .scalar: return dateRange(node, "a holiday").map { DaysOffDeclaration(range: $0) }
    case .sequence: report(.notAHoliday(node))
    case .refused: break
    case .mapping(let entries):
      guard entries.contains(where: { $0.key.value == "date" }) else {
        report(.notAHoliday(node))
        return nil
      }
      guard let mapping = mapping(node, "a holiday", .holiday) else { return nil }
      let name = mapping.optional("name", localizedText)
      return mapping.required("date", dateRange).map { DaysOffDeclaration(range: $0, name: name) }
    }
    return nil
  }

  func specialDays(_ node: Node, _ what: String) -> [SpecialDayDeclaration]? {
    entries(node, what)?.compactMap { entry in
      guard let date = date(entry.key), let hours = hours(entry.value, quoted(entry.key.value)) else {
        return nil
      }
      return SpecialDayDeclaration(date: date, hours: hours)
    }
  }
}

/// Reads a file of days off that `holidays: [{file: …}]` names: a YAML list of dates, ranges of dates and
/// `{date: …, name: …}`, or a mapping with such a list under `holidays` and with `special_days` as in a calendar.
public enum HolidayFileSyntax {
  /// What the file declares, without what was reported.
  public static func parse(_ source: SourceText, into diagnostics: inout [Diagnostic])
    -> HolidayFileDeclaration
  {
    let parser = FileParser(source)
    defer { diagnostics += parser.diagnostics }
    return parser.document().map(parser.holidayFile) ?? HolidayFileDeclaration()
  }
}

extension FileParser {
  fileprivate func holidayFile(_ root: Node) -> HolidayFileDeclaration {
    var file = HolidayFileDeclaration()
    if case .mapping = root.content {
      guard let mapping = mapping(root, "a holiday file", .holidayFile) else {
        return file
      }
      file.holidays = mapping.optional("holidays") { items($0, $1)?.compactMap(daysOff) } ?? []
      file.specialDays = mapping.optional("special_days", specialDays) ?? []
    } else {
      file.holidays = items(root, "a holiday file")?.compactMap(daysOff) ?? []
    }
    return file
  }
}
