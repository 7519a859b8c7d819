import Diagnostics
import WorkingTime

/// Instants as tests write them: `2026-10-12T10:00`, or an offset from the test's start such as `+2 working hours`.
struct TestTime {
  let start: Instant?
  let calendar: WorkingCalendar?
  let zone: TimeZoneRules

  static func isOffset(_ text: String) -> Bool {
    text.hasPrefix("+") || text.hasPrefix("-") || text == "start"
  }

  /// The instant, or what is wrong with the text.
  func instant(_ text: Located<String>) throws(TestProblem) -> Instant {
    if TestTime.isOffset(text.value) { return try offset(text) }
    if let instant = Instant.parse(text.value, localZone: zone) { return instant }
    throw TestProblem(.notAnInstant(text))
  }

  private func offset(_ text: Located<String>) throws(TestProblem) -> Instant {
    guard let start else { throw TestProblem(.offsetWithoutStart(text)) }
    if text.value == "start" { return start }
    let duration = try duration(Located(String(text.value.dropFirst()), at: text.place))
    if duration.needsCalendar, calendar == nil { throw TestProblem(.offsetWithoutCalendar(text)) }
    let instant =
      text.value.hasPrefix("+")
      ? duration.instant(after: start, calendar: calendar)
      : duration.instant(before: start, calendar: calendar)
    guard let instant else { throw TestProblem(.offsetOutOfRange(text)) }
    return instant
  }

  func duration(_ text: Located<String>) throws(TestProblem) -> TargetDuration {
    do {
      return try TargetDuration(parsing: text.value)
    } catch {
      throw TestProblem(.badDuration(text, error.message))
    }
  }
}

/// What is wrong with one place of a test file.
struct TestProblem: Error {
  let diagnostic: Diagnostic

  init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }
}
