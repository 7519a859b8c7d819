/// How long a target allows: a stretch of elapsed time, or of working time on a calendar.
public enum TargetDuration: Hashable, Sendable {
  /// Elapsed time, not negative; a day is 24 hours.
  case elapsed(milliseconds: Int64)
  /// Time within opening hours, not negative.
  case working(milliseconds: Int64)
  /// Complete working days; see `WorkingCalendar.add(workingDays:to:)`.
  case workingDays(Int)
  case endOfNextWorkingDay

  /// Whether it means nothing without a calendar.
  @inlinable public var needsCalendar: Bool {
    if case .elapsed = self { false } else { true }
  }

  /// 100 years of 365.25 days: no target of a rulebook is longer, and slips of the pen are.
  public static var largestMilliseconds: Int64 { 36_525 * 86_400_000 }
}

extension TargetDuration {
  /// The instant that much later; nil when it needs a calendar and there is none, or when the calendar never
  /// gets there.
  public func instant(after start: Instant, calendar: WorkingCalendar?) -> Instant? {
    switch self {
    case .elapsed(let count): start.advanced(byMilliseconds: count)
    case .working(let count): calendar?.add(workingMilliseconds: count, to: start)
    case .workingDays(let count): calendar?.add(workingDays: count, to: start)
    case .endOfNextWorkingDay: calendar?.endOfNextWorkingDay(after: start)
    }
  }

  /// The instant that much earlier, for `due - 1 working hour`; nil as above, and for the end of the next
  /// working day.
  public func instant(before end: Instant, calendar: WorkingCalendar?) -> Instant? {
    switch self {
    case .elapsed(let count): end.advanced(byMilliseconds: count == .min ? .max : -count)
    case .working(let count): calendar?.subtract(workingMilliseconds: count, from: end)
    case .workingDays(let count): calendar?.add(workingDays: count == .min ? .max : -count, to: end)
    case .endOfNextWorkingDay: nil
    }
  }
}

extension TargetDuration {
  /// As rules write it, such as `1 hour 30 minutes` or `3 working days`; `init(parsing:)` reads it back.
  public var text: String {
    switch self {
    case .elapsed(let count): TargetDuration.text(count, adjective: "")
    case .working(let count): TargetDuration.text(count, adjective: "working ")
    case .workingDays(let count): count == 1 ? "1 working day" : "\(count) working days"
    case .endOfNextWorkingDay: "end of next working day"
    }
  }

  /// Days only from two on and never for working time: `24 hours` stays what people say.
  private static func text(_ milliseconds: Int64, adjective: String) -> String {
    var rest = milliseconds
    var parts: [String] = []
    for unit in DurationUnit.canonical {
      if unit == .days, !adjective.isEmpty || rest < 2 * unit.milliseconds { continue }
      let count = rest / unit.milliseconds
      rest -= count * unit.milliseconds
      if count > 0 { parts.append("\(count) \(adjective)\(count == 1 ? unit.singular : unit.plural)") }
    }
    return parts.isEmpty ? "0 \(adjective)minutes" : parts.joined(separator: " ")
  }
}

/// What a duration counts in, longest first.
enum DurationUnit: String, CaseIterable {
  case weeks, days, hours, minutes, seconds, milliseconds

  static let canonical: [DurationUnit] = [.days, .hours, .minutes, .seconds, .milliseconds]

  var plural: String { rawValue }
  var singular: String { String(rawValue.dropLast()) }

  var milliseconds: Int64 {
    switch self {
    case .weeks: 604_800_000
    case .days: 86_400_000
    case .hours: 3_600_000
    case .minutes: 60_000
    case .seconds: 1000
    case .milliseconds: 1
    }
  }
}
