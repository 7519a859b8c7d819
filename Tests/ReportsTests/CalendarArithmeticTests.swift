import Reports
import RuleEvaluator
import TestSupport
import Testing
import WorkingTime

@Suite("A sum of working time")
struct CalendarArithmeticTests {
  private func calendar(_ hours: String) throws -> WorkingCalendar {
    let rulebook = try compile(
      """
      time_zone: Asia/Shanghai
      fields: {id: {type: string}}
      calendars:
        office: {weekly_hours: {\(hours)}, holidays: [2026-03-03]}
      """)
    return rulebook.calendars[0]
  }

  private func text(_ target: TargetDuration, from start: String, hours: String) throws -> String {
    let (calendar, start) = (try calendar(hours), try instant(start))
    guard let end = target.instant(after: start, calendar: calendar) else { return "never" }
    return CalendarArithmetic(calendar: calendar, from: start, to: end, target: target).text
  }

  @Test("lists the open hours that were used, in the calendar's zone")
  func working() throws {
    let text = try text(
      .working(milliseconds: 9 * 3_600_000), from: "2026-03-02T02:30:00Z",
      hours: "mon-fri: [09:00-12:00, 13:30-18:00]")
    #expect(
      text == """
        mon 2026-03-02T10:30:00+08:00  + 9 working hours
          mon 2026-03-02T10:30:00+08:00 – 12:00  1 h 30 min
          mon 2026-03-02T13:30:00+08:00 – 18:00  4 h 30 min
          wed 2026-03-04T09:00:00+08:00 – 12:00  3 h
        wed 2026-03-04T12:00:00+08:00  due

        """)
  }

  @Test("of elapsed time lists none")
  func elapsed() throws {
    let text = try text(
      .elapsed(milliseconds: 90_000_000), from: "2026-03-02T02:30:00Z", hours: "mon: [09:00-10:00]")
    #expect(
      text == """
        mon 2026-03-02T10:30:00+08:00  + 25 hours
        tue 2026-03-03T11:30:00+08:00  due

        """)
  }

  @Test("counts what would be too long to list")
  func long() throws {
    let text = try text(.workingDays(25), from: "2026-03-01T16:00:00Z", hours: "mon-sun: [22:00-02:00]")
    let lines = text.split(separator: "\n")
    #expect(lines.count == 23)
    #expect(lines[1] == "  mon 2026-03-02T00:00:00+08:00 – 02:00  2 h")
    #expect(lines[21] == "  … 6 more spans")
    #expect(lines[22] == "sat 2026-03-28T00:00:00+08:00  due")
  }
}
