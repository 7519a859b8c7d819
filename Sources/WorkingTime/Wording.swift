/// Every message of this module, so that their style and spelling are judged side by side.
enum Wording {}

// Durations.
extension Wording {
  static func noDuration() -> TimeSyntaxError {
    TimeSyntaxError(
      "a duration is missing", hint: "write for example `4 hours` or `3 working days`", offset: 0)
  }

  static func endOf() -> TimeSyntaxError {
    TimeSyntaxError(
      "a duration that begins with `end` is the end of the next working day",
      hint: "write `end of next working day`", offset: 0)
  }

  static func noNumber(_ word: Substring, at offset: Int) -> TimeSyntaxError {
    if word.hasPrefix("-") {
      return TimeSyntaxError(
        "`\(word)` is negative", hint: "write a whole number from 0 on", offset: offset)
    }
    if word.hasPrefix("P"), word.contains(where: \.isNumber) {
      return TimeSyntaxError(
        "`\(word)` is not how a duration is written here",
        hint: "write it in words, such as `4 hours` or `3 working days`", offset: offset)
    }
    return TimeSyntaxError(
      "`\(word)` stands where a number is expected", hint: "write for example `4 hours`", offset: offset)
  }

  static func fraction(_ word: Substring, at offset: Int) -> TimeSyntaxError {
    TimeSyntaxError(
      "`\(word)` is not a whole number",
      hint: "write it in a smaller unit, such as `90 minutes` for one and a half hours", offset: offset)
  }

  static func shortForm(_ word: Substring, at offset: Int) -> TimeSyntaxError {
    TimeSyntaxError(
      "`\(word)` does not say whether elapsed or working time is meant", hint: longForm(word),
      offset: offset)
  }

  /// `write ‘4 hours’ or ‘4 working hours’` for `4h`.
  private static func longForm(_ word: Substring) -> String {
    var elapsed: [String] = []
    var working: [String] = []
    var rest = word
    while !rest.isEmpty {
      let digits = rest.prefix(while: \.isNumber)
      let letters = rest.dropFirst(digits.count).prefix(while: \.isLetter)
      rest = rest.dropFirst(digits.count + letters.count)
      guard !digits.isEmpty, let unit = unit(short: letters) else {
        return "write a number, a space and a unit, such as `4 hours` or `4 working hours`"
      }
      let name = digits == "1" ? unit.singular : unit.plural
      elapsed.append("\(digits) \(name)")
      if unit != .weeks { working.append("\(digits) working \(name)") }
    }
    let choices = [elapsed.joined(separator: " ")] + (working.isEmpty ? [] : [working.joined(separator: " ")])
    return "write " + choices.map { "`\($0)`" }.joined(separator: " or ")
  }

  private static func unit(short letters: Substring) -> DurationUnit? {
    switch letters {
    case "w", "week", "weeks": .weeks
    case "d", "day", "days": .days
    case "h", "hr", "hrs", "hour", "hours": .hours
    case "m", "min", "mins", "minute", "minutes": .minutes
    case "s", "sec", "secs", "second", "seconds": .seconds
    case "ms": .milliseconds
    default: nil
    }
  }

  static func noUnit(_ number: Substring, at offset: Int) -> TimeSyntaxError {
    let hint =
      number.hasSuffix("working")
      ? "write `\(number) hours` or `\(number) days`"
      : "write `\(number) hours` or `\(number) working hours`"
    return TimeSyntaxError("`\(number)` has no unit", hint: hint, offset: offset)
  }

  static func unit(_ word: Substring, at offset: Int) -> TimeSyntaxError {
    let hint =
      switch word {
      case "month", "months", "year", "years": "months and years differ in length; write days"
      case "business", "work", "office": "write `working`, as in `4 working hours`"
      default: nearestUnit(to: word)
      }
    return TimeSyntaxError("`\(word)` is not a unit of time", hint: hint, offset: offset)
  }

  private static func nearestUnit(to word: Substring) -> String {
    let names = DurationUnit.allCases.flatMap { [$0.plural, $0.singular] } + ["working"]
    let ranked = names.map { (name: $0, distance: editDistance($0, word)) }.min { $0.distance < $1.distance }
    guard let nearest = ranked, nearest.distance <= 2 else {
      return
        "units are weeks, days, hours, minutes and seconds, with `working` before them where that is meant"
    }
    return "did you mean `\(nearest.name)`?"
  }

  private static func editDistance(_ left: String, _ right: Substring) -> Int {
    let right = Array(right.prefix(16))
    var row = Array(0...right.count)
    for (index, character) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in right.indices {
        let substituted = diagonal + (character == right[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(substituted, diagonal + 1, row[column] + 1)
      }
    }
    return row[right.count]
  }

  static func workingWeeks(at offset: Int) -> TimeSyntaxError {
    TimeSyntaxError(
      "working weeks are not counted", hint: "write working days, such as `5 working days`", offset: offset)
  }

  static func mixedTime(at offset: Int) -> TimeSyntaxError {
    TimeSyntaxError(
      "elapsed and working time are mixed", hint: "write `working` before each unit or before none",
      offset: offset)
  }

  static func workingDaysAlone(at offset: Int) -> TimeSyntaxError {
    TimeSyntaxError(
      "working days differ in length and do not add up with other units",
      hint: "write working days alone, or working hours and minutes", offset: offset)
  }

  static func unitOrder(_ unit: String, _ last: String, at offset: Int) -> TimeSyntaxError {
    unit == last
      ? TimeSyntaxError("\(unit) stand twice", hint: "add them up", offset: offset)
      : TimeSyntaxError(
        "\(unit) stand after \(last)", hint: "write the longer unit first, such as `1 hour 30 minutes`",
        offset: offset)
  }

  static func tooLong(at offset: Int) -> TimeSyntaxError {
    TimeSyntaxError(
      "the duration is longer than 100 years", hint: "check the number and its unit", offset: offset)
  }
}

// Hours and dates.
extension Wording {
  static func hoursForm(_ text: String) -> TimeSyntaxError {
    TimeSyntaxError(
      "`\(text)` is not a stretch of opening hours", hint: "write start and end, such as `09:00-17:30`",
      offset: 0)
  }

  static func timeOfDay(_ text: Substring, at offset: Int) -> TimeSyntaxError {
    TimeSyntaxError(
      "`\(text)` is not a time of day", hint: "write two digits each, from `00:00` to `24:00`", offset: offset
    )
  }

  static func hoursStartAtEndOfDay() -> TimeSyntaxError {
    TimeSyntaxError("opening hours start at 24:00", hint: "write `00:00` on the next day", offset: 0)
  }

  static func date(_ text: Substring, at offset: Int) -> TimeSyntaxError {
    TimeSyntaxError(
      "`\(text)` is not a date", hint: "write year, month and day, such as `2026-10-01`", offset: offset)
  }

  static func reversedDates(_ first: CivilDate, _ last: CivilDate, at offset: Int) -> TimeSyntaxError {
    TimeSyntaxError(
      "the range ends before it starts", hint: "write `\(last.text)..\(first.text)`", offset: offset)
  }
}

// Time zones.
extension Wording {
  static func timeZone(_ identifier: String, _ fault: TimeZoneFault) -> TimeZoneError {
    let what =
      switch fault {
      case .notTZif: "is not a file of the tz database"
      case .truncated: "ends too early"
      case .leapSeconds: "counts leap seconds, which instants here do not have"
      case .corrupt(let how): "is corrupt: \(how)"
      }
    let hint =
      switch fault {
      case .leapSeconds: "use the zone without `right/`"
      default: "install the tz database again (package tzdata), or use `UTC` or an offset such as `+08:00`"
      }
    return TimeZoneError(
      identifier: identifier, message: "the data of time zone `\(identifier)` \(what)", hint: hint)
  }
}

// Calendars.
extension Wording {
  static func noHours(_ calendar: String) -> CalendarError {
    CalendarError(
      place: .calendar, message: "calendar `\(calendar)` is never open",
      hint: "give `weekly_hours`, such as `{mon-fri: [09:00-17:00]}`")
  }

  static func startsAtEndOfDay(_ calendar: String, _ place: CalendarError.Place) -> CalendarError {
    CalendarError(
      place: place, message: "calendar `\(calendar)` has hours on \(name(place)) that start at 24:00",
      hint: "write `00:00` on the next day")
  }

  static func overlap(
    _ calendar: String, _ place: CalendarError.Place, _ first: OpeningInterval, _ second: OpeningInterval
  ) -> CalendarError {
    CalendarError(
      place: place,
      message:
        "calendar `\(calendar)` has hours on \(name(place)) that overlap: \(first.text) and \(second.text)",
      hint: "write them as one stretch, or let the first end before the second starts")
  }

  static func overlap(
    _ calendar: String, _ place: CalendarError.Place, _ first: OpeningInterval,
    into next: CalendarError.Place,
    _ second: OpeningInterval
  ) -> CalendarError {
    CalendarError(
      place: place,
      message:
        "calendar `\(calendar)` has hours on \(name(place)), \(first.text), that run over midnight into "
        + "the hours of \(name(next)), \(second.text)",
      hint: "let the first end before the second starts")
  }

  private static func name(_ place: CalendarError.Place) -> String {
    switch place {
    case .calendar: "any day"
    case .weekday(let day): day.abbreviation
    case .date(let date): date.text
    }
  }
}

// Holiday files.
extension Wording {
  static func notICalendar(line: Int) -> HolidayFileError {
    HolidayFileError(
      line: line, message: "this is not an iCalendar file",
      hint: "it begins with `BEGIN:VCALENDAR` and ends with `END:VCALENDAR`")
  }

  static func notAProperty(line: Int) -> HolidayFileError {
    HolidayFileError(
      line: line, message: "this line has no colon",
      hint: "write `NAME:value`, and begin with a space what goes on from the line before")
  }

  static func unexpectedEnd(_ name: String, open: String?, line: Int) -> HolidayFileError {
    HolidayFileError(
      line: line, message: "`END:\(name)` ends what is not open",
      hint: "write `END:\(open ?? "VCALENDAR")`")
  }

  static func missingEnd(_ name: String, line: Int) -> HolidayFileError {
    HolidayFileError(
      line: line, message: "the file ends within \(name)", hint: "export it again, it is not complete")
  }

  static func repeatedProperty(_ name: String, line: Int) -> HolidayFileError {
    HolidayFileError(line: line, message: "\(name) stands twice in one event", hint: "keep one of them")
  }

  static func unreadProperty(_ name: String, line: Int) -> HolidayFileError {
    HolidayFileError(
      line: line, message: "\(name) is not understood in a holiday file",
      hint: "write each day as an event of its own")
  }

  static func noStart(line: Int) -> HolidayFileError {
    HolidayFileError(
      line: line, message: "the event has no DTSTART", hint: "write for example `DTSTART;VALUE=DATE:20261001`"
    )
  }

  static func endsBeforeStart(line: Int) -> HolidayFileError {
    HolidayFileError(
      line: line, message: "the event ends before it starts", hint: "DTEND is the day after the last one")
  }

  static func duration(_ value: String, line: Int) -> HolidayFileError {
    HolidayFileError(
      line: line, message: "the duration `\(value)` is not understood",
      hint: "write days or weeks, such as `P7D`")
  }

  static func otherZone(_ other: String, _ zone: String, line: Int) -> HolidayFileError {
    HolidayFileError(
      line: line, message: "the time zone `\(other)` is not that of the calendar, `\(zone)`",
      hint: "write whole days, such as `DTSTART;VALUE=DATE:20261001`")
  }

  static func moment(_ name: String, _ value: String, line: Int) -> HolidayFileError {
    HolidayFileError(
      line: line, message: "\(name) is not a date: `\(value)`", hint: "write for example `20261001`")
  }

  static func rulePart(_ part: Substring, line: Int) -> HolidayFileError {
    HolidayFileError(
      line: line, message: "the rule's `\(part)` is not understood",
      hint:
        "use FREQ=YEARLY with INTERVAL, COUNT or UNTIL, BYMONTH and BYMONTHDAY, or write each day as an event"
    )
  }

  static func ruleWithoutStart(line: Int) -> HolidayFileError {
    HolidayFileError(
      line: line, message: "the rule does not hit the day on which the event starts",
      hint: "let DTSTART be the first day of the rule")
  }
}
