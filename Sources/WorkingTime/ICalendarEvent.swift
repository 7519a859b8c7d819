/// An event as the days it covers: a first day, a length, and possibly a yearly rule.
struct ICalendarEvent {
  let summary: String
  private let first: CivilDate
  /// At least 1.
  private let length: Int
  private let recurrence: YearlyRecurrence?
  private let exceptions: Set<CivilDate>
  private let isCancelled: Bool

  init(_ event: ICalendarProperties, zone: TimeZoneRules) throws(HolidayFileError) {
    for name in ["RDATE", "EXRULE", "RECURRENCE-ID"] {
      if let property = event.all(name).first { throw Wording.unreadProperty(name, line: property.line) }
    }
    guard let start = try event.only("DTSTART") else { throw Wording.noStart(line: event.line) }
    first = try ICalendarMoment(start, zone).date
    length = try ICalendarEvent.length(event, from: ICalendarMoment(start, zone), zone)
    recurrence = try event.only("RRULE").map { property throws(HolidayFileError) in
      try YearlyRecurrence(property, zone)
    }
    exceptions = try ICalendarEvent.exceptions(event, zone)
    isCancelled = try event.only("STATUS")?.value.uppercased() == "CANCELLED"
    summary = ICalendarEvent.unescaped(try event.only("SUMMARY")?.value ?? "")
    if let rule = try event.only("RRULE"), let recurrence, !recurrence.contains(first) {
      throw Wording.ruleWithoutStart(line: rule.line)
    }
  }

  func dates(within range: DateRange) throws(HolidayFileError) -> [CivilDate] {
    if isCancelled { return [] }
    let starts = recurrence?.dates(from: first, through: range.last) ?? [first]
    return starts.filter { !exceptions.contains($0) }.flatMap { start in
      let last = start.advanced(byDays: length - 1)
      return DateRange(max(start, range.first), through: min(last, range.last)).map { Array($0.dates) } ?? []
    }
  }

  private static func length(
    _ event: ICalendarProperties, from start: ICalendarMoment, _ zone: TimeZoneRules
  ) throws(HolidayFileError) -> Int {
    if let end = try event.only("DTEND") {
      let moment = try ICalendarMoment(end, zone)
      guard (moment.date, moment.time) >= (start.date, start.time) else {
        throw Wording.endsBeforeStart(line: end.line)
      }
      // The end is exclusive; some writers repeat the start of a single day.
      let days = Int(moment.date.days - start.date.days) + (moment.time > .midnight ? 1 : 0)
      return max(1, days)
    }
    guard let duration = try event.only("DURATION") else { return 1 }
    return try days(duration)
  }

  /// `P1D` or `P1W`.
  private static func days(_ duration: ICalendarProperty) throws(HolidayFileError) -> Int {
    let text = duration.value.uppercased()
    guard text.hasPrefix("P"), let unit = text.last, unit == "D" || unit == "W",
      let count = Int(text.dropFirst().dropLast()), 1...36_525 ~= count
    else { throw Wording.duration(duration.value, line: duration.line) }
    return unit == "W" ? count * 7 : count
  }

  private static func exceptions(
    _ event: ICalendarProperties, _ zone: TimeZoneRules
  ) throws(HolidayFileError) -> Set<CivilDate> {
    var dates: Set<CivilDate> = []
    for property in event.all("EXDATE") {
      for value in property.value.split(separator: ",") {
        var single = property
        single.value = String(value)
        dates.insert(try ICalendarMoment(single, zone).date)
      }
    }
    return dates
  }

  /// Text escapes of RFC 5545, section 3.3.11.
  private static func unescaped(_ text: String) -> String {
    var plain = ""
    var isEscaped = false
    for character in text {
      if !isEscaped, character == "\\" {
        isEscaped = true
        continue
      }
      plain.append(isEscaped && (character == "n" || character == "N") ? " " : character)
      isEscaped = false
    }
    return plain
  }
}

/// `20261001`, `20261001T090000` or `20261001T090000Z`, as clocks in the calendar's zone show it.
struct ICalendarMoment {
  let date: CivilDate
  let time: TimeOfDay

  init(_ property: ICalendarProperty, _ zone: TimeZoneRules) throws(HolidayFileError) {
    if let other = property.parameters["TZID"], other != zone.identifier {
      throw Wording.otherZone(other, zone.identifier, line: property.line)
    }
    guard let moment = ICalendarMoment(property.value, zone) else {
      throw Wording.moment(property.name, property.value, line: property.line)
    }
    self = moment
  }

  init?(_ value: String, _ zone: TimeZoneRules) {
    let digits = Array(value.utf8)
    guard
      digits.count == 8 || digits.count == 15
        || (digits.count == 16 && digits[15] | 0x20 == UInt8(ascii: "z")),
      let date = ICalendarMoment.date(digits)
    else { return nil }
    guard digits.count > 8 else {
      (self.date, time) = (date, .midnight)
      return
    }
    guard digits[8] | 0x20 == UInt8(ascii: "t"), let time = ICalendarMoment.time(digits) else { return nil }
    guard digits.count == 16 else {
      (self.date, self.time) = (date, time)
      return
    }
    (self.date, self.time) = zone.local(at: TimeZoneRules.utc.instant(of: date, at: time))
  }

  private static func date(_ digits: [UInt8]) -> CivilDate? {
    digits.withUnsafeBytes { bytes in
      guard let century = bytes.twoDigits(at: 0), let year = bytes.twoDigits(at: 2),
        let month = bytes.twoDigits(at: 4), let day = bytes.twoDigits(at: 6)
      else { return nil }
      return CivilDate(year: century * 100 + year, month: month, day: day)
    }
  }

  /// Second 60 is a leap second, and read as 59.
  private static func time(_ digits: [UInt8]) -> TimeOfDay? {
    digits.withUnsafeBytes { bytes in
      guard let hour = bytes.twoDigits(at: 9), let minute = bytes.twoDigits(at: 11),
        let second = bytes.twoDigits(at: 13), hour < 24, minute < 60, second <= 60
      else { return nil }
      return TimeOfDay(seconds: hour * 3600 + minute * 60 + min(second, 59))
    }
  }
}
