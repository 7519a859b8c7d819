import RuleEvaluator
public import WorkingTime

/// A sum of time on a calendar, written out: the start, the open spans that were used, the end.
public struct CalendarArithmetic: Sendable {
  private let calendar: WorkingCalendar
  private let start: Instant
  private let end: Instant
  private let target: TargetDuration

  /// More spans than this are counted, not listed.
  private static let limit = 20

  public init(calendar: WorkingCalendar, from start: Instant, to end: Instant, target: TargetDuration) {
    self.calendar = calendar
    self.start = start
    self.end = end
    self.target = target
  }

  /// Several lines, each ending in a newline.
  public var text: String {
    var text = "\(moment(start))  + \(target.text)\n"
    if target.needsCalendar { for line in spanLines { text += "  \(line)\n" } }
    return text + "\(moment(end))  due\n"
  }

  /// One line a span: its ends and its length.
  public var spanLines: [String] {
    let spans = calendar.spans(from: start, to: end)
    var lines = spans.prefix(Self.limit).map(line)
    if spans.count > Self.limit { lines.append("… \(spans.count - Self.limit) more spans") }
    return lines
  }

  private func line(_ span: Range<Instant>) -> String {
    let length = span.upperBound.milliseconds(since: span.lowerBound)
    let end = span.upperBound.text(in: calendar.zone).dropFirst(11).prefix(5)
    return
      "\(moment(span.lowerBound)) – \(end)  \(DurationText(milliseconds: length, isWorking: false).text(.english))"
  }

  private func moment(_ instant: Instant) -> String {
    let local = instant.text(in: calendar.zone)
    let weekday = CivilDate.parse(String(local.prefix(10)))?.weekday.abbreviation ?? ""
    return "\(weekday) \(local)"
  }
}
