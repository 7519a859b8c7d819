import Testing

@testable import WorkingTime

@Suite("Dates and times of day")
struct CivilDateTests {
  @Test("count the days of eight hundred years one by one")
  func everyDay() throws {
    var days = try date("1600-01-01").days
    var weekday = try date("1600-01-01").weekday
    #expect(weekday == .saturday)
    for year in 1600..<2400 {
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      for (index, length) in [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
        for day in 1...length {
          let date = try #require(CivilDate(year: year, month: index + 1, day: day))
          try #require(
            date.days == days && date.components == (year, index + 1, day) && date.weekday == weekday)
          days += 1
          weekday = weekday.next
        }
        try #require(CivilDate(year: year, month: index + 1, day: length + 1) == nil)
      }
    }
  }

  @Test("are read and written")
  func texts() throws {
    #expect(try date("2026-03-01").text == "2026-03-01")
    #expect(try date("0001-01-01") == .earliest)
    #expect(try date("9999-12-31") == .latest)
    #expect(CivilDate.parse("2026-02-29") == nil)
    #expect(CivilDate.parse("2026-3-1") == nil)
    #expect(CivilDate.parse("2026-03-01T") == nil)
    #expect(CivilDate.parse("0000-01-01") == nil)
    #expect(CivilDate(days: .max).advanced(byDays: .max) == CivilDate(days: .max))
    for text in ["00:00", "09:00", "09:00:30", "23:59:59", "24:00"] {
      #expect(TimeOfDay.parse(text)?.text == text)
    }
    for text in ["", "9:00", "24:01", "24:00:01", "12:60", "12:00:60", "12-00", "12:00:", "ab:cd", "-1:00"] {
      #expect(TimeOfDay.parse(text) == nil, "\(text)")
    }
    #expect(TimeOfDay.parse("12:00:00")?.text == "12:00")
    #expect(TimeOfDay(seconds: 86_401) == nil)
    #expect(TimeOfDay(seconds: -1) == nil)
    #expect(Weekday(abbreviation: "sun") == .sunday)
    #expect(Weekday(abbreviation: "Sun") == nil)
  }

  @Test("make ranges of days and stretches of hours")
  func ranges() throws {
    let range = try DateRange.parse("2026-10-01..2026-10-07")
    #expect(range.dates.map(\.day) == [1, 2, 3, 4, 5, 6, 7])
    #expect(range.text == "2026-10-01..2026-10-07")
    #expect(try DateRange.parse("2026-10-01").text == "2026-10-01")
    let hours = try OpeningInterval.parse("22:00-06:00")
    #expect(hours.text == "22:00-06:00")
    #expect(hours.endSeconds == 30 * 3600)
    #expect(try OpeningInterval.parse("09:00-24:00").endSeconds == 24 * 3600)
    #expect(try OpeningInterval.parse("09:00-09:00").endSeconds == 33 * 3600)
  }

  @Test(
    "say what is wrong with them",
    arguments: [
      ("2026-10-1", "`2026-10-1` is not a date", "write year, month and day, such as `2026-10-01`", 0),
      ("2026-10-01..", "`` is not a date", "write year, month and day, such as `2026-10-01`", 12),
      ("2026-10-01..10-07", "`10-07` is not a date", "write year, month and day, such as `2026-10-01`", 12),
      ("2026-10-07..2026-10-01", "the range ends before it starts", "write `2026-10-01..2026-10-07`", 12),
    ])
  func wrongDates(text: String, message: String, hint: String, offset: Int) {
    #expect(throws: TimeSyntaxError(message, hint: hint, offset: offset)) { try DateRange.parse(text) }
  }

  @Test(
    "say what is wrong with hours",
    arguments: [
      ("09:00", "`09:00` is not a stretch of opening hours", "write start and end, such as `09:00-17:30`", 0),
      (
        "09:00-12:00-13:00", "`09:00-12:00-13:00` is not a stretch of opening hours",
        "write start and end, such as `09:00-17:30`", 0
      ),
      ("9:00-12:00", "`9:00` is not a time of day", "write two digits each, from `00:00` to `24:00`", 0),
      ("09:00-25:00", "`25:00` is not a time of day", "write two digits each, from `00:00` to `24:00`", 6),
      ("24:00-02:00", "opening hours start at 24:00", "write `00:00` on the next day", 0),
    ])
  func wrongHours(text: String, message: String, hint: String, offset: Int) {
    #expect(throws: TimeSyntaxError(message, hint: hint, offset: offset)) { try OpeningInterval.parse(text) }
  }
}
