import Testing

@testable import WorkingTime

@Suite("A target's duration")
struct TargetDurationTests {
  @Test(
    "is read in words",
    arguments: [
      ("30 minutes", TargetDuration.elapsed(milliseconds: 1_800_000)),
      ("1 minute", .elapsed(milliseconds: 60_000)),
      ("90 seconds", .elapsed(milliseconds: 90_000)),
      ("250 milliseconds", .elapsed(milliseconds: 250)),
      ("4 hours", .elapsed(milliseconds: 14_400_000)),
      ("24 hours", .elapsed(milliseconds: 86_400_000)),
      ("2 days", .elapsed(milliseconds: 172_800_000)),
      ("1 week", .elapsed(milliseconds: 604_800_000)),
      ("1 hour 30 minutes", .elapsed(milliseconds: 5_400_000)),
      ("1 week 1 day 1 hour 1 minute 1 second", .elapsed(milliseconds: 694_861_000)),
      ("  4   hours ", .elapsed(milliseconds: 14_400_000)),
      ("0 minutes", .elapsed(milliseconds: 0)),
      ("2 working hours", .working(milliseconds: 7_200_000)),
      ("90 working minutes", .working(milliseconds: 5_400_000)),
      ("1 working hour 30 working minutes", .working(milliseconds: 5_400_000)),
      ("1 working day", .workingDays(1)),
      ("3 working days", .workingDays(3)),
      ("end of next working day", .endOfNextWorkingDay),
      ("36525 days", .elapsed(milliseconds: TargetDuration.largestMilliseconds)),
    ])
  func reads(text: String, expected: TargetDuration) throws {
    #expect(try TargetDuration(parsing: text) == expected)
  }

  @Test(
    "is refused with what to write instead",
    arguments: [
      ("", "a duration is missing", "write for example `4 hours` or `3 working days`", 0),
      (
        "1d", "`1d` does not say whether elapsed or working time is meant",
        "write `1 day` or `1 working day`", 0
      ),
      (
        "4h", "`4h` does not say whether elapsed or working time is meant",
        "write `4 hours` or `4 working hours`", 0
      ),
      (
        "30m", "`30m` does not say whether elapsed or working time is meant",
        "write `30 minutes` or `30 working minutes`", 0
      ),
      (
        "1h30m", "`1h30m` does not say whether elapsed or working time is meant",
        "write `1 hour 30 minutes` or `1 working hour 30 working minutes`", 0
      ),
      ("2w", "`2w` does not say whether elapsed or working time is meant", "write `2 weeks`", 0),
      (
        "4hours", "`4hours` does not say whether elapsed or working time is meant",
        "write `4 hours` or `4 working hours`", 0
      ),
      (
        "4x", "`4x` does not say whether elapsed or working time is meant",
        "write a number, a space and a unit, such as `4 hours` or `4 working hours`", 0
      ),
      ("4", "`4` has no unit", "write `4 hours` or `4 working hours`", 1),
      ("4 working", "`4 working` has no unit", "write `4 working hours` or `4 working days`", 9),
      ("1 hour 30", "`30` has no unit", "write `30 hours` or `30 working hours`", 9),
      (
        "1.5 hours", "`1.5` is not a whole number",
        "write it in a smaller unit, such as `90 minutes` for one and a half hours", 0
      ),
      (
        "1,5 hours", "`1,5` is not a whole number",
        "write it in a smaller unit, such as `90 minutes` for one and a half hours", 0
      ),
      ("-4 hours", "`-4` is negative", "write a whole number from 0 on", 0),
      (
        "PT4H", "`PT4H` is not how a duration is written here",
        "write it in words, such as `4 hours` or `3 working days`", 0
      ),
      ("four hours", "`four` stands where a number is expected", "write for example `4 hours`", 0),
      ("1 hour and 30 minutes", "`and` stands where a number is expected", "write for example `4 hours`", 7),
      ("4 hors", "`hors` is not a unit of time", "did you mean `hours`?", 2),
      ("4 workin hours", "`workin` is not a unit of time", "did you mean `working`?", 2),
      (
        "4 parsecs", "`parsecs` is not a unit of time",
        "units are weeks, days, hours, minutes and seconds, with `working` before them where that is meant", 2
      ),
      ("2 business days", "`business` is not a unit of time", "write `working`, as in `4 working hours`", 2),
      ("1 month", "`month` is not a unit of time", "months and years differ in length; write days", 2),
      ("1 working week", "working weeks are not counted", "write working days, such as `5 working days`", 10),
      (
        "1 hour 30 working minutes", "elapsed and working time are mixed",
        "write `working` before each unit or before none", 7
      ),
      (
        "1 working day 2 working hours", "working days differ in length and do not add up with other units",
        "write working days alone, or working hours and minutes", 14
      ),
      (
        "30 minutes 1 hour", "hours stand after minutes",
        "write the longer unit first, such as `1 hour 30 minutes`",
        11
      ),
      ("1 hour 2 hours", "hours stand twice", "add them up", 7),
      ("36526 days", "the duration is longer than 100 years", "check the number and its unit", 0),
      (
        "99999999999999999999 days", "the duration is longer than 100 years", "check the number and its unit",
        0
      ),
      (
        "9000000000000000000 weeks", "the duration is longer than 100 years", "check the number and its unit",
        0
      ),
      (
        "end of day", "a duration that begins with `end` is the end of the next working day",
        "write `end of next working day`", 0
      ),
      (
        "4 小时", "`小时` is not a unit of time",
        "units are weeks, days, hours, minutes and seconds, with `working` before them where that is meant", 2
      ),
    ])
  func refuses(text: String, message: String, hint: String, offset: Int) {
    #expect(throws: DurationSyntaxError(message, hint: hint, offset: offset)) {
      try TargetDuration(parsing: text)
    }
  }

  @Test("is written and read back the same")
  func roundTrip() throws {
    var random = SeededGenerator(seed: 1)
    for _ in 0..<2000 {
      let whole: Int64 = [1, 1000, 60_000, 3_600_000, 86_400_000].randomElement(using: &random) ?? 1
      let count = Int64.random(in: 0...(TargetDuration.largestMilliseconds / whole), using: &random) * whole
      for duration in [TargetDuration.elapsed(milliseconds: count), .working(milliseconds: count)] {
        #expect(try TargetDuration(parsing: duration.text) == duration)
      }
    }
    for duration in [TargetDuration.workingDays(0), .workingDays(1), .workingDays(30), .endOfNextWorkingDay] {
      #expect(try TargetDuration(parsing: duration.text) == duration)
    }
  }

  @Test("is written as people say it")
  func texts() throws {
    for text in [
      "30 minutes", "1 hour", "1 hour 30 minutes", "24 hours", "36 hours", "2 days", "2 days 12 hours",
      "0 minutes",
      "40 working hours", "1 working hour 30 working minutes", "1 working day", "3 working days",
      "1 second 500 milliseconds", "end of next working day",
    ] {
      #expect(try TargetDuration(parsing: text).text == text)
    }
  }

  @Test("needs a calendar for working time alone, and moves instants by it")
  func instants() throws {
    let calendar = try calendar(workingWeek(hours("09:00-17:00")))
    let friday = try instant("2026-03-06T16:00:00Z")
    func after(_ text: String, _ calendar: WorkingCalendar?) throws -> String? {
      try TargetDuration(parsing: text).instant(after: friday, calendar: calendar)?.text(in: .utc)
    }
    func before(_ text: String, _ calendar: WorkingCalendar?) throws -> String? {
      try TargetDuration(parsing: text).instant(before: friday, calendar: calendar)?.text(in: .utc)
    }
    #expect(try TargetDuration(parsing: "1 hour").needsCalendar == false)
    #expect(try TargetDuration(parsing: "1 working hour").needsCalendar)
    #expect(try after("24 hours", nil) == "2026-03-07T16:00:00Z")
    #expect(try after("2 working hours", calendar) == "2026-03-09T10:00:00Z")
    #expect(try after("2 working hours", nil) == nil)
    #expect(try after("1 working day", calendar) == "2026-03-09T16:00:00Z")
    #expect(try after("end of next working day", calendar) == "2026-03-09T17:00:00Z")
    #expect(try before("24 hours", nil) == "2026-03-05T16:00:00Z")
    #expect(try before("8 working hours", calendar) == "2026-03-05T16:00:00Z")
    #expect(try before("1 working day", calendar) == "2026-03-05T16:00:00Z")
    #expect(try before("end of next working day", calendar) == nil)
  }
}
