/// `RRULE:FREQ=YEARLY` with the parts that holidays use (RFC 5545, section 3.3.10).
struct YearlyRecurrence {
  private var interval = 1
  private var count: Int?
  private var until: CivilDate?
  /// Empty: the month of the start, or every month where there are month days.
  private var months: [Int] = []
  /// Negative counts from the end of the month; empty: the day of the start.
  private var monthDays: [Int] = []
  private let line: Int

  init(_ property: ICalendarProperty, _ zone: TimeZoneRules) throws(HolidayFileError) {
    line = property.line
    var isYearly = false
    for part in property.value.uppercased().split(separator: ";") {
      let pair = part.split(separator: "=", maxSplits: 1)
      guard pair.count == 2 else { throw Wording.rulePart(part, line: line) }
      if pair[0] == "FREQ", pair[1] == "YEARLY" { isYearly = true } else { try read(pair[0], pair[1], zone) }
    }
    guard isYearly else { throw Wording.rulePart("FREQ", line: line) }
    if count != nil, until != nil { throw Wording.rulePart("COUNT and UNTIL", line: line) }
  }

  private mutating func read(
    _ key: Substring, _ value: Substring, _ zone: TimeZoneRules
  ) throws(HolidayFileError) {
    switch key {
    case "INTERVAL": interval = try numbers(key, value, in: 1...9999)[0]
    case "COUNT": count = try numbers(key, value, in: 1...9999)[0]
    case "BYMONTH": months = try numbers(key, value, in: 1...12)
    case "BYMONTHDAY": monthDays = try numbers(key, value, in: -31...31)
    case "WKST": break  // Says nothing about yearly rules without weeks.
    case "UNTIL":
      guard let moment = ICalendarMoment(String(value), zone) else {
        throw Wording.rulePart(key + "=" + value, line: line)
      }
      until = moment.date
    default: throw Wording.rulePart(key + "=" + value, line: line)
    }
  }

  /// At least one number, none of them zero.
  private func numbers(
    _ key: Substring, _ value: Substring, in range: ClosedRange<Int>
  ) throws(HolidayFileError) -> [Int] {
    let numbers = value.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    let isList = key.hasPrefix("BY")
    guard numbers.allSatisfy({ $0 != 0 && range.contains($0) }), isList || numbers.count == 1 else {
      throw Wording.rulePart(key + "=" + value, line: line)
    }
    return numbers
  }
}

extension YearlyRecurrence {
  /// Whether the rule, as far as days of the year go, hits the date.
  func contains(_ date: CivilDate) -> Bool { candidates(inYear: date.year, start: date).contains(date) }

  /// The days on which the event starts, in order.
  func dates(from start: CivilDate, through last: CivilDate) -> [CivilDate] {
    let end = min(last, until ?? .latest)
    var dates: [CivilDate] = []
    for year in stride(from: start.year, through: end.year, by: interval) {
      for date in candidates(inYear: year, start: start) where date >= start && date <= end {
        if let count, dates.count == count { return dates }
        dates.append(date)
      }
    }
    return dates
  }

  private func candidates(inYear year: Int, start: CivilDate) -> [CivilDate] {
    let everyMonth = monthDays.isEmpty ? [start.month] : Array(1...12)
    let days = monthDays.isEmpty ? [start.day] : monthDays
    let dates = (months.isEmpty ? everyMonth : months).flatMap { month in
      let length = CivilDate.length(ofMonth: month, year: year)
      return days.compactMap { CivilDate(year: year, month: month, day: $0 > 0 ? $0 : length + 1 + $0) }
    }
    return Set(dates).sorted()
  }
}
