public import RuleEvaluator
public import WorkingTime

/// A sum of time on a calendar, written out: the start, the open spans that were used, the end.
public struct CalendarArithmetic: Sendable {
  private let calendar: WorkingCalendar
  private let start: Instant
  private let end: Instant
  private let target: TargetDuration
  private let language: Language

  /// More spans than this are counted, not listed.
  private static let limit = 20

  public init(
    calendar: WorkingCalendar, from start: Instant, to end: Instant, target: TargetDuration,
    language: Language = .english
  ) {
    self.calendar = calendar
    self.start = start
    self.end = end
    self.target = target
    self.language = language
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
    if spans.count > Self.limit { lines.append(more(spans.count - Self.limit)) }
    return lines
  }

  private func line(_ span: Range<Instant>) -> String {
    let length = span.upperBound.milliseconds(since: span.lowerBound)
    let end = span.upperBound.text(in: calendar.zone).dropFirst(11).prefix(5)
    return
      "\(moment(span.lowerBound)) – \(end)  \(DurationText(milliseconds: length, isWorking: false).text(language).withoutLeadingSpace)"
  }

  private func moment(_ instant: Instant) -> String {
    let local = instant.text(in: calendar.zone)
    let weekday = CivilDate.parse(String(local.prefix(10)))?.weekday
    return "\(weekday.map(name) ?? "") \(local)"
  }

  private func name(_ weekday: Weekday) -> String {
    language == .chinese ? weekday.chineseName : weekday.abbreviation
  }

  private func more(_ count: Int) -> String {
    language == .chinese ? "… 另有 \(count) 段" : "… \(count) more spans"
  }
}

extension Weekday {
  /// `周一` … `周日`.
  var chineseName: String {
    switch self {
    case .monday: "周一"
    case .tuesday: "周二"
    case .wednesday: "周三"
    case .thursday: "周四"
    case .friday: "周五"
    case .saturday: "周六"
    case .sunday: "周日"
    }
  }
}
