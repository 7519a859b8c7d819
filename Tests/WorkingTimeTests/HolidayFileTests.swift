import Testing

@testable import WorkingTime

@Suite("A holiday file in iCalendar")
struct HolidayFileTests {
  private func holidays(_ lines: [String], in zone: TimeZoneRules = .utc, separator: String = "\r\n") throws
    -> [String]
  {
    let range = try DateRange.parse("2025-01-01..2028-12-31")
    let bytes = Array(lines.joined(separator: separator).utf8)
    return try Holiday.holidays(iCalendar: bytes, within: range, zone: zone).map {
      $0.name.isEmpty ? $0.date.text : $0.date.text + " " + $0.name
    }
  }

  private func event(_ lines: String...) -> [String] {
    ["BEGIN:VCALENDAR", "BEGIN:VEVENT"] + lines + ["END:VEVENT", "END:VCALENDAR", ""]
  }

  @Test("gives the days of its events", arguments: ["\r\n", "\n"])
  func events(separator: String) throws {
    let text = [
      "\u{FEFF}BEGIN:VCALENDAR", "VERSION:2.0", "X-WR-CALNAME;LANGUAGE=zh:中国", "BEGIN:VTIMEZONE",
      "TZID:Asia/Shanghai", "BEGIN:STANDARD",
      "DTSTART:19700101T000000", "RRULE:FREQ=DAILY", "END:STANDARD", "END:VTIMEZONE", "BEGIN:VEVENT",
      "DTSTART;VALUE=DATE:20261001",
      "DTEND;VALUE=DATE:20261004", "SUMMARY:国庆", " 节\\, 放假", "BEGIN:VALARM", "DTSTART:19700101T000000",
      "END:VALARM", "END:VEVENT",
      "begin:vevent", "dtstart;value=date:20260101", "SUMMARY;X-A=\"a:b;c\":New Year", "end:vevent",
      "BEGIN:VEVENT", "DTSTART;VALUE=DATE:20260501", "STATUS:CANCELLED", "END:VEVENT", "END:VCALENDAR", "",
    ]
    #expect(
      try holidays(text, separator: separator) == [
        "2026-01-01 New Year", "2026-10-01 国庆节, 放假", "2026-10-02 国庆节, 放假", "2026-10-03 国庆节, 放假",
      ])
  }

  @Test("reads ends, durations and times")
  func lengths() throws {
    #expect(try holidays(event("DTSTART:20261001")) == ["2026-10-01"])
    #expect(try holidays(event("DTSTART:20261001", "DTEND:20261001")) == ["2026-10-01"])
    #expect(try holidays(event("DTSTART:20261001", "DURATION:P2D")) == ["2026-10-01", "2026-10-02"])
    #expect(try holidays(event("DTSTART:20261001", "DURATION:P1W")).count == 7)
    #expect(
      try holidays(event("DTSTART:20261001T090000", "DTEND:20261002T090000")) == ["2026-10-01", "2026-10-02"])
    #expect(try holidays(event("DTSTART:20261001T000000", "DTEND:20261002T000000")) == ["2026-10-01"])
    let shanghai = try #require(TimeZoneRules.fixed(offset: 8 * 3600))
    #expect(
      try holidays(event("DTSTART:20260930T160000Z", "DTEND:20261001T160000Z"), in: shanghai) == [
        "2026-10-01"
      ])
    #expect(try holidays(event("DTSTART;TZID=\"+08:00\":20261001T100000"), in: shanghai) == ["2026-10-01"])
    // Within the range alone.
    #expect(try holidays(event("DTSTART:20241230", "DTEND:20250103")) == ["2025-01-01", "2025-01-02"])
    #expect(try holidays(event("DTSTART:19000101", "DTEND:99991231")).count == 1461)
    #expect(try holidays(["BEGIN:VCALENDAR", "END:VCALENDAR"]) == [])
  }

  @Test(
    "expands yearly rules",
    arguments: [
      ("DTSTART:20251225", "FREQ=YEARLY", ["2025-12-25", "2026-12-25", "2027-12-25", "2028-12-25"]),
      ("DTSTART:19801225", "FREQ=YEARLY", ["2025-12-25", "2026-12-25", "2027-12-25", "2028-12-25"]),
      ("DTSTART:20251225", "FREQ=YEARLY;INTERVAL=2", ["2025-12-25", "2027-12-25"]),
      ("DTSTART:20241225", "FREQ=YEARLY;INTERVAL=2;COUNT=2", ["2026-12-25"]),
      ("DTSTART:20251225", "FREQ=YEARLY;UNTIL=20261225", ["2025-12-25", "2026-12-25"]),
      ("DTSTART:20251225", "FREQ=YEARLY;UNTIL=20261224T235959Z", ["2025-12-25"]),
      ("DTSTART:20240229", "FREQ=YEARLY", ["2028-02-29"]),
      (
        "DTSTART:20250131", "FREQ=YEARLY;BYMONTH=1,3;COUNT=3;WKST=MO",
        ["2025-01-31", "2025-03-31", "2026-01-31"]
      ),
      ("DTSTART:20260531", "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=-1;COUNT=2", ["2026-05-31", "2027-05-31"]),
      (
        "DTSTART:20260131", "FREQ=YEARLY;BYMONTHDAY=31,-1;COUNT=3",
        ["2026-01-31", "2026-02-28", "2026-03-31"]
      ),
    ])
  func rules(start: String, rule: String, expected: [String]) throws {
    #expect(try holidays(event(start, "RRULE:" + rule)) == expected)
  }

  @Test("leaves out excepted days")
  func exceptions() throws {
    #expect(
      try holidays(
        event(
          "DTSTART:20251225", "RRULE:FREQ=YEARLY", "EXDATE:20261225,20271225", "EXDATE;VALUE=DATE:20281225"))
        == ["2025-12-25"])
  }

  @Test(
    "is refused where it would be read wrongly",
    arguments: [
      (["RRULE:FREQ=MONTHLY"], 4, "the rule's `FREQ=MONTHLY` is not understood", Hints.rule),
      (["RRULE:FREQ=YEARLY;BYDAY=1MO"], 4, "the rule's `BYDAY=1MO` is not understood", Hints.rule),
      (["RRULE:FREQ=YEARLY;COUNT=0"], 4, "the rule's `COUNT=0` is not understood", Hints.rule),
      (["RRULE:FREQ=YEARLY;INTERVAL=x"], 4, "the rule's `INTERVAL=X` is not understood", Hints.rule),
      (["RRULE:FREQ=YEARLY;BYMONTH=13"], 4, "the rule's `BYMONTH=13` is not understood", Hints.rule),
      (["RRULE:FREQ=YEARLY;UNTIL=2026"], 4, "the rule's `UNTIL=2026` is not understood", Hints.rule),
      (["RRULE:INTERVAL=1"], 4, "the rule's `FREQ` is not understood", Hints.rule),
      (["RRULE:YEARLY"], 4, "the rule's `YEARLY` is not understood", Hints.rule),
      (
        ["RRULE:FREQ=YEARLY;COUNT=2;UNTIL=20300101"], 4, "the rule's `COUNT and UNTIL` is not understood",
        Hints.rule
      ),
      (
        ["RRULE:FREQ=YEARLY;BYMONTH=5"], 4, "the rule does not hit the day on which the event starts",
        "let DTSTART be the first day of the rule"
      ),
      (
        ["RDATE:20261002"], 4, "RDATE is not understood in a holiday file",
        "write each day as an event of its own"
      ),
      (
        ["RECURRENCE-ID:20261002"], 4, "RECURRENCE-ID is not understood in a holiday file",
        "write each day as an event of its own"
      ),
      (["DTSTART:20261002"], 4, "DTSTART stands twice in one event", "keep one of them"),
      (["DTEND:20260901"], 4, "the event ends before it starts", "DTEND is the day after the last one"),
      (["DTEND:2026-10-02"], 4, "DTEND is not a date: `2026-10-02`", "write for example `20261001`"),
      (["EXDATE:20261301"], 4, "EXDATE is not a date: `20261301`", "write for example `20261001`"),
      (["DURATION:PT4H"], 4, "the duration `PT4H` is not understood", "write days or weeks, such as `P7D`"),
      (
        ["DTEND;TZID=Asia/Tokyo:20261002T000000"], 4,
        "the time zone `Asia/Tokyo` is not that of the calendar, `UTC`",
        "write whole days, such as `DTSTART;VALUE=DATE:20261001`"
      ),
      (["END:VALARM"], 4, "`END:VALARM` ends what is not open", "write `END:VEVENT`"),
      (
        ["SUMMARY"], 4, "this line has no colon",
        "write `NAME:value`, and begin with a space what goes on from the line before"
      ),
    ])
  func refused(lines: [String], line: Int, message: String, hint: String) {
    let text =
      ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "DTSTART:20261001"] + lines + ["END:VEVENT", "END:VCALENDAR"]
    #expect(throws: HolidayFileError(line: line, message: message, hint: hint)) { try holidays(text) }
  }

  @Test("is refused when it is no complete calendar")
  func incomplete() {
    let whole = "it begins with `BEGIN:VCALENDAR` and ends with `END:VCALENDAR`"
    func refused(_ lines: [String], _ line: Int, _ message: String, _ hint: String) {
      #expect(throws: HolidayFileError(line: line, message: message, hint: hint)) { try holidays(lines) }
    }
    refused([], 1, "this is not an iCalendar file", whole)
    refused(["", "A:B"], 2, "this is not an iCalendar file", whole)
    refused(["BEGIN:VEVENT"], 1, "this is not an iCalendar file", whole)
    refused(["BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT"], 3, "this is not an iCalendar file", whole)
    refused(
      ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "", "DTSTART:20261001"], 4, "the file ends within VEVENT",
      "export it again, it is not complete")
    refused(
      ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "SUMMARY:x", "END:VEVENT", "END:VCALENDAR"], 2,
      "the event has no DTSTART", "write for example `DTSTART;VALUE=DATE:20261001`")
  }

  @Test("survives any bytes", arguments: 0..<10)
  func survives(seed: Int) throws {
    var random = SeededGenerator(seed: seed)
    let lines = event(
      "DTSTART;VALUE=DATE:20240229", "DTEND:20240302", "RRULE:FREQ=YEARLY;BYMONTHDAY=-1;COUNT=4",
      "EXDATE:20260228")
    let template = Array(lines.joined(separator: "\n").utf8)
    let range = try DateRange.parse("2025-01-01..2026-12-31")
    for _ in 0..<100 {
      var bytes = Array(template.prefix(Int.random(in: 0...template.count * 2, using: &random)))
      for _ in 0..<Int.random(in: 0...3, using: &random) where !bytes.isEmpty {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let found = try? Holiday.holidays(iCalendar: bytes, within: range, zone: .utc)
      if let found { #expect(found.allSatisfy { range.first <= $0.date && $0.date <= range.last }) }
    }
  }
}

private enum Hints {
  static let rule =
    "use FREQ=YEARLY with INTERVAL, COUNT or UNTIL, BYMONTH and BYMONTHDAY, or write each day as an event"
}
