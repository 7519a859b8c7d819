import Testing

@testable import WorkingTime

@Suite("A working calendar")
struct WorkingCalendarTests {
  /// Monday is 2026-03-02.
  private func office() throws -> WorkingCalendar {
    try calendar(
      workingWeek(hours("09:00-12:00", "13:30-18:00")), holidays: [date("2026-03-11")],
      specialDays: [date("2026-03-14"): hours("10:00-12:00"), date("2026-03-12"): []])
  }

  @Test(
    "adds working days",
    arguments: [
      ("2026-03-07T12:00:00Z", 1, "2026-03-09T18:00:00Z"),
      ("2026-03-02T10:00:00Z", 1, "2026-03-03T10:00:00Z"),
      ("2026-03-02T09:00:00Z", 1, "2026-03-02T18:00:00Z"),
      ("2026-03-02T08:00:00Z", 1, "2026-03-02T18:00:00Z"),
      ("2026-03-02T18:00:00Z", 1, "2026-03-03T18:00:00Z"),
      ("2026-03-02T12:30:00Z", 1, "2026-03-03T12:00:00Z"),
      ("2026-03-02T14:30:00Z", 3, "2026-03-05T14:30:00Z"),
      ("2026-03-06T10:00:00Z", 1, "2026-03-09T10:00:00Z"),
      // Over a holiday and a closed day; Saturday 14 is a working day.
      ("2026-03-10T10:00:00Z", 1, "2026-03-13T10:00:00Z"),
      ("2026-03-13T10:30:00Z", 1, "2026-03-14T11:30:00Z"),
      // The 14th is shorter.
      ("2026-03-13T17:00:00Z", 1, "2026-03-14T12:00:00Z"),
      ("2026-03-07T12:00:00Z", 0, "2026-03-09T09:00:00Z"),
      ("2026-03-02T10:00:00Z", 0, "2026-03-02T10:00:00Z"),
      ("2026-03-03T10:00:00Z", -1, "2026-03-02T10:00:00Z"),
      ("2026-03-02T18:00:00Z", -1, "2026-03-02T09:00:00Z"),
      ("2026-03-09T09:00:00Z", -1, "2026-03-06T09:00:00Z"),
      ("2026-03-08T12:00:00Z", -2, "2026-03-05T09:00:00Z"),
    ])
  func workingDays(start: String, count: Int, expected: String) throws {
    let due = try office().add(workingDays: count, to: instant(start))
    #expect(due?.text(in: .utc) == expected)
  }

  @Test(
    "ends on the next working day",
    arguments: [
      ("2026-03-02T10:00:00Z", "2026-03-03T18:00:00Z"), ("2026-03-02T08:00:00Z", "2026-03-03T18:00:00Z"),
      ("2026-03-02T20:00:00Z", "2026-03-03T18:00:00Z"), ("2026-03-06T10:00:00Z", "2026-03-09T18:00:00Z"),
      ("2026-03-06T18:00:00Z", "2026-03-09T18:00:00Z"), ("2026-03-07T10:00:00Z", "2026-03-09T18:00:00Z"),
      ("2026-03-10T10:00:00Z", "2026-03-13T18:00:00Z"), ("2026-03-13T10:00:00Z", "2026-03-14T12:00:00Z"),
    ])
  func endOfNextWorkingDay(start: String, expected: String) throws {
    #expect(try office().endOfNextWorkingDay(after: instant(start))?.text(in: .utc) == expected)
  }

  @Test("is open from an opening to just before the closing")
  func isOpen() throws {
    let calendar = try office()
    #expect(try calendar.isOpen(at: instant("2026-03-02T09:00:00Z")))
    #expect(try calendar.isOpen(at: instant("2026-03-02T11:59:59.999Z")))
    #expect(try !calendar.isOpen(at: instant("2026-03-02T12:00:00Z")))
    #expect(try !calendar.isOpen(at: instant("2026-03-02T08:59:59.999Z")))
    #expect(
      try calendar.previousClosing(from: instant("2026-03-02T12:00:00Z")) == instant("2026-03-02T12:00:00Z"))
    #expect(
      try calendar.previousClosing(from: instant("2026-03-02T13:00:00Z")) == instant("2026-03-02T12:00:00Z"))
    #expect(
      try calendar.previousClosing(from: instant("2026-03-02T09:00:00Z")) == instant("2026-02-27T18:00:00Z"))
  }

  @Test("shows the stretches that it counted")
  func spans() throws {
    let spans = try office().spans(from: instant("2026-03-06T17:00:00Z"), to: instant("2026-03-09T14:00:00Z"))
    #expect(
      spans.map { $0.lowerBound.text(in: .utc) + " " + $0.upperBound.text(in: .utc) } == [
        "2026-03-06T17:00:00Z 2026-03-06T18:00:00Z", "2026-03-09T09:00:00Z 2026-03-09T12:00:00Z",
        "2026-03-09T13:30:00Z 2026-03-09T14:00:00Z",
      ])
    #expect(
      try office().spans(from: instant("2026-03-09T14:00:00Z"), to: instant("2026-03-06T17:00:00Z")).isEmpty)
  }

  @Test("gives a stretch over midnight to the day on which it starts")
  func overnight() throws {
    let nights = try calendar(
      [.monday: hours("22:00-06:00"), .friday: hours("22:00-06:00")], holidays: [date("2026-03-06")])
    #expect(try nights.isOpen(at: instant("2026-03-03T05:59:00Z")))
    // Friday's night is gone with the holiday, also on Saturday.
    #expect(try !nights.isOpen(at: instant("2026-03-07T03:00:00Z")))
    #expect(
      try nights.add(workingMilliseconds: .hours(9), to: instant("2026-03-02T12:00:00Z"))
        == instant("2026-03-09T23:00:00Z"))
    // Three in the morning belongs to Monday, five hours into it.
    #expect(
      try nights.add(workingDays: 1, to: instant("2026-03-03T03:00:00Z")) == instant("2026-03-10T03:00:00Z"))
    #expect(
      try nights.endOfNextWorkingDay(after: instant("2026-03-03T03:00:00Z"))
        == instant("2026-03-10T06:00:00Z"))
  }

  @Test("counts elapsed time on the days on which clocks change", .enabled(if: Zones.arePresent))
  func daylightSaving() throws {
    let zone = try Zones.rules("Europe/Berlin")
    func length(_ day: String, _ hours: String...) throws -> Int64 {
      let week = Dictionary(
        uniqueKeysWithValues: try Weekday.allCases.map {
          ($0, try hours.map { try OpeningInterval.parse($0) })
        })
      let start = zone.instant(of: try date(day), at: .midnight)
      let end = zone.instant(of: try date(day).advanced(byDays: 1), at: .midnight)
      return try calendar(week, in: zone).workingMilliseconds(from: start, to: end) / 60_000
    }
    #expect(try length("2026-03-29", "00:00-24:00") == 23 * 60)
    #expect(try length("2026-10-25", "00:00-24:00") == 25 * 60)
    #expect(try length("2026-03-28", "00:00-24:00") == 24 * 60)
    // 02:00 … 03:00 does not exist: an opening in it moves an hour on, and so does a closing.
    #expect(try length("2026-03-29", "02:30-08:00") == 270)
    #expect(try length("2026-03-29", "00:00-02:30") == 150)
    #expect(try length("2026-03-29", "02:30-03:15") == 0)
    #expect(try length("2026-03-29", "02:10-02:20", "03:00-04:00") == 60)
    #expect(try length("2026-03-29", "02:10-02:50", "03:00-03:30") == 50)
    // 02:00 … 03:00 occurs twice: the first is meant.
    #expect(try length("2026-10-25", "02:30-08:00") == 390)
    #expect(try length("2026-10-25", "00:00-02:30") == 150)
    #expect(try length("2026-10-25", "02:10-02:20") == 10)
  }

  @Test("has no hours on a day that clocks skip", .enabled(if: Zones.arePresent))
  func skippedDay() throws {
    let zone = try Zones.rules("Pacific/Apia")
    let week = Dictionary(uniqueKeysWithValues: try Weekday.allCases.map { ($0, try hours("09:00-17:00")) })
    let calendar = try calendar(week, in: zone)
    let start = try instant("2011-12-29T12:00", in: zone)
    // The 30th never was.
    #expect(calendar.add(workingDays: 1, to: start)?.text(in: zone) == "2011-12-31T12:00:00+14:00")
    #expect(
      calendar.add(workingMilliseconds: .hours(6), to: start)?.text(in: zone) == "2011-12-31T10:00:00+14:00")
  }

  @Test("answers nothing where it is never open, and ends")
  func horizon() throws {
    let once = try calendar([:], specialDays: [date("2026-03-02"): hours("09:00-10:00")])
    #expect(
      try once.add(workingMilliseconds: .hours(1), to: instant("2020-01-01T00:00:00Z"))
        == instant("2026-03-02T10:00:00Z"))
    #expect(try once.add(workingMilliseconds: .hours(2), to: instant("2020-01-01T00:00:00Z")) == nil)
    #expect(try once.subtract(workingMilliseconds: .hours(2), from: instant("2030-01-01T00:00:00Z")) == nil)
    #expect(try once.nextOpening(from: instant("2026-03-02T10:00:00Z")) == nil)
    #expect(try once.previousClosing(from: instant("2026-03-02T09:00:00Z")) == nil)
    #expect(try once.add(workingDays: 1, to: instant("2027-01-01T00:00:00Z")) == nil)
    #expect(try once.add(workingDays: 2, to: instant("2026-01-01T00:00:00Z")) == nil)
    #expect(try once.add(workingDays: -2, to: instant("2027-01-01T00:00:00Z")) == nil)
    #expect(try once.endOfNextWorkingDay(after: instant("2026-03-02T09:30:00Z")) == nil)
    let office = try office()
    #expect(try office.add(workingMilliseconds: .max, to: instant("2026-01-01T00:00:00Z")) == nil)
    #expect(try office.add(workingMilliseconds: .min, to: instant("2026-01-01T00:00:00Z")) == nil)
    #expect(office.nextOpening(from: Instant(milliseconds: .max)) == nil)
    #expect(office.previousClosing(from: Instant(milliseconds: .min)) == nil)
    #expect(office.add(workingMilliseconds: 1, to: Instant(milliseconds: .max)) == nil)
    #expect(
      office.workingMilliseconds(from: Instant(milliseconds: .max), to: Instant(milliseconds: .min)) == 0)
  }

  @Test("is exact before and after the years of its table")
  func outsideTable() throws {
    let calendar = try calendar(workingWeek(hours("09:00-17:00")))
    #expect(
      try calendar.add(workingMilliseconds: .hours(9), to: instant("1991-11-15T12:00:00Z"))
        == instant("1991-11-18T13:00:00Z"))
    #expect(
      try calendar.add(workingDays: 1, to: instant("2090-03-03T12:00:00Z")) == instant("2090-03-06T12:00:00Z")
    )
    #expect(
      try calendar.subtract(workingMilliseconds: .hours(9), from: instant("2000-01-03T10:00:00Z"))
        == instant("1999-12-31T09:00:00Z"))
    #expect(
      try calendar.add(workingMilliseconds: .hours(8), to: instant("2060-12-31T16:00:00Z"))
        == instant("2061-01-03T16:00:00Z"))
  }

  @Test("knows its last special day, for the warning that holidays end")
  func lastHoliday() throws {
    #expect(try office().lastHoliday == date("2026-03-14"))
    #expect(try calendar(workingWeek(hours("09:00-17:00"))).lastHoliday == nil)
  }

  @Test("is refused without hours, and with hours that overlap")
  func problems() throws {
    func problems(
      _ weekly: [Weekday: [OpeningInterval]], _ special: [CivilDate: [OpeningInterval]] = [:],
      holidays: Set<CivilDate> = []
    ) -> [CalendarError] {
      WorkingCalendar.Specification(
        name: "office", zone: .utc, weeklyHours: weekly, holidays: holidays, specialDays: special
      ).problems()
    }
    let together = "write them as one stretch, or let the first end before the second starts"
    let monday = try date("2026-03-02")
    #expect(
      problems([:]) == [
        CalendarError(
          place: .calendar, message: "calendar `office` is never open",
          hint: "give `weekly_hours`, such as `{mon-fri: [09:00-17:00]}`")
      ])
    #expect(
      problems([.monday: try hours("13:00-18:00", "09:00-13:30")]) == [
        CalendarError(
          place: .weekday(.monday),
          message: "calendar `office` has hours on mon that overlap: 09:00-13:30 and 13:00-18:00",
          hint: together)
      ])
    #expect(
      problems([.sunday: try hours("22:00-06:00"), .monday: try hours("05:00-09:00")]) == [
        CalendarError(
          place: .weekday(.sunday),
          message:
            "calendar `office` has hours on sun, 22:00-06:00, that run over midnight into the hours of mon, 05:00-09:00",
          hint: "let the first end before the second starts")
      ])
    #expect(
      problems(
        [.monday: try hours("09:00-10:00"), .tuesday: try hours("05:00-09:00")],
        [monday: try hours("22:00-06:00")]) == [
          CalendarError(
            place: .date(monday),
            message:
              "calendar `office` has hours on 2026-03-02, 22:00-06:00, that run over midnight into the hours of 2026-03-03, 05:00-09:00",
            hint: "let the first end before the second starts")
        ])
    #expect(
      problems([.sunday: try hours("22:00-06:00")], [monday: try hours("05:00-09:00")]).map(\.place) == [
        .date(monday.advanced(byDays: -1))
      ])
    let late = OpeningInterval(.endOfDay, .midnight)
    #expect(
      problems([.monday: [late]]) == [
        CalendarError(
          place: .weekday(.monday), message: "calendar `office` has hours on mon that start at 24:00",
          hint: "write `00:00` on the next day")
      ])
    // Hours that touch are fine, and so is a holiday between two nights.
    #expect(
      problems([.sunday: try hours("22:00-06:00"), .monday: try hours("06:00-09:00", "09:00-10:00")]).isEmpty)
    let everyDay = Dictionary(
      uniqueKeysWithValues: try Weekday.allCases.map { ($0, try hours("06:00-06:00")) })
    #expect(
      problems(everyDay, [monday.advanced(byDays: 1): try hours("05:00-06:00")], holidays: [monday]).isEmpty)
  }
}
