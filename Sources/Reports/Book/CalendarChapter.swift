import RuleEvaluator
import WorkingTime

/// When working time counts.
extension PolicyBook {
  var calendars: Book.Chapter {
    Book.Chapter(
      name: "calendars", title: words.calendars,
      blocks: rulebook.calendars.flatMap { blocks(of: $0.specification) })
  }

  private func blocks(of calendar: WorkingCalendar.Specification) -> [Book.Block] {
    var blocks: [Book.Block] = [
      .heading(text(calendar.name)), .paragraph(text(words.inZone(calendar.zone.identifier))),
      .table(Book.Table(header: [words.weekdays, words.hours], rows: weeklyRows(calendar))),
    ]
    let holidays = calendar.holidays.filter { calendar.specialDays[$0] == nil }
    let years = Dictionary(grouping: holidays, by: \.year).sorted { $0.key < $1.key }
    if !years.isEmpty {
      let rows = years.map { year, days in
        [text(String(year)), text(Self.ranges(of: days).joined(separator: words.separator))]
      }
      blocks.append(.table(Book.Table(header: [words.year, words.daysOff], rows: rows)))
    }
    let special = calendar.specialDays.sorted { $0.key < $1.key }
    if !special.isEmpty {
      let rows = special.map { date, hours in
        [text("\(date.text) \(words.weekday(date.weekday))"), text(self.text(hours))]
      }
      blocks.append(.table(Book.Table(header: [words.specialDay, words.hours], rows: rows)))
    }
    return blocks
  }

  /// Days that follow one another with the same hours share a row.
  private func weeklyRows(_ calendar: WorkingCalendar.Specification) -> [[Book.Line]] {
    var groups = [(first: Weekday, last: Weekday, hours: String)]()
    for day in Weekday.allCases {
      let hours = text(calendar.weeklyHours[day] ?? [])
      if let group = groups.last, group.hours == hours {
        groups[groups.count - 1].last = day
      } else {
        groups.append((day, day, hours))
      }
    }
    return groups.map { group in
      let first = words.weekday(group.first)
      return [
        text(group.first == group.last ? first : "\(first) – \(words.weekday(group.last))"),
        text(group.hours),
      ]
    }
  }

  private func text(_ hours: [OpeningInterval]) -> String {
    if hours.isEmpty { return words.closed }
    return hours.sorted { $0.start < $1.start }.map(\.text).joined(separator: words.separator)
  }

  /// Days that follow one another as one range.
  private static func ranges(of days: [CivilDate]) -> [String] {
    var ranges = [(first: CivilDate, last: CivilDate)]()
    for day in days.sorted() {
      if let range = ranges.last, range.last.advanced(byDays: 1) == day {
        ranges[ranges.count - 1].last = day
      } else {
        ranges.append((day, day))
      }
    }
    return ranges.map { $0.first == $0.last ? $0.first.text : "\($0.first.text) … \($0.last.text)" }
  }
}
