import Diagnostics
import LocatedYAML

extension FileParser {
  /// `2026-10-01`
  func date(_ text: Located<String>) -> Located<CalendarDate>? {
    date(Substring(text.value), of: text).map { Located($0, at: text.place) }
  }

  /// `2026-10-01` or `2026-10-01..2026-10-07`
  func dateRange(_ node: Node, _ what: String) -> Located<DateRange>? {
    guard let text = text(node, what) else { return nil }
    guard let dots = text.value.firstRange(of: "..") else {
      return date(text).map { Located(DateRange($0.value, $0.value), at: text.place) }
    }
    guard let firstDay = date(text.value[..<dots.lowerBound], of: text),
      let lastDay = date(text.value[dots.upperBound...], of: text)
    else { return nil }
    if firstDay <= lastDay { return Located(DateRange(firstDay, lastDay), at: text.place) }
    report(.reversedDates(text))
    return nil
  }

  /// The date that a part of `whole` holds.
  private func date(_ part: Substring, of whole: Located<String>) -> CalendarDate? {
    let parts = part.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.map(\.count) == [4, 2, 2], let year = number(parts[0]), let month = number(parts[1]),
      let day = number(parts[2])
    else {
      report(.notADate(whole))
      return nil
    }
    if let date = CalendarDate(year: year, month: month, day: day) { return date }
    report(.noSuchDay(Located(String(part), at: whole.place)))
    return nil
  }

  /// `[09:00-12:00, 13:30-18:00]`
  func hours(_ node: Node, _ what: String) -> [Located<DailyHours>]? {
    items(node, what)?.compactMap(dailyHours)
  }

  private func dailyHours(_ node: Node) -> Located<DailyHours>? {
    guard let text = text(node, "a stretch of a day") else { return nil }
    let ends = text.value.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard ends.count == 2, let start = time(ends[0]), let end = time(ends[1]) else {
      report(.notHours(text))
      return nil
    }
    let isValid =
      start.hour < 24 && end.hour < 24 + (end.minute == 0 ? 1 : 0) && max(start.minute, end.minute) < 60
    guard isValid else {
      report(.noSuchTime(text))
      return nil
    }
    let hours = DailyHours(
      start: start.hour * 3600 + start.minute * 60, end: end.hour * 3600 + end.minute * 60)
    return Located(hours, at: text.place)
  }

  /// `9:30` or `09:30`
  private func time(_ text: Substring.UTF8View) -> (hour: Int, minute: Int)? {
    let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == 2, 1...2 ~= parts[0].count, parts[1].count == 2, let hour = number(parts[0]),
      let minute = number(parts[1])
    else { return nil }
    return (hour, minute)
  }

  /// At most four digits.
  private func number(_ digits: Substring.UTF8View) -> Int? {
    guard 1...4 ~= digits.count, digits.allSatisfy(isASCIIDigit) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }

  /// `mon`, `mon-fri`, or several of these with commas.
  func weekdays(_ key: Located<String>) -> Located<[Weekday]>? {
    var weekdays: [Weekday] = []
    for part in key.value.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.drop { $0 == " " }.split(separator: "-", omittingEmptySubsequences: false)
      guard 1...2 ~= ends.count, let first = Weekday(ends[0]), let last = Weekday(ends[ends.count - 1]) else {
        report(.unknownWeekday(key))
        return nil
      }
      weekdays += first.through(last)
    }
    return Located(weekdays, at: key.place)
  }
}

extension Weekday {
  private static let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  init?(_ name: Substring) {
    guard let index = Self.names.firstIndex(of: String(name)) else { return nil }
    self = Self.allCases[index]
  }

  var name: String { Self.names[rawValue - 1] }

  /// The days from this one to `last`, over the end of the week where `last` is earlier in it.
  func through(_ last: Weekday) -> [Weekday] {
    let count = (last.rawValue - rawValue + 7) % 7 + 1
    return (0..<count).map { Self.allCases[(rawValue - 1 + $0) % 7] }
  }
}
