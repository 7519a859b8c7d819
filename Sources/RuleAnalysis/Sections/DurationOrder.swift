import WorkingTime

/// Which of two targets is the later one: by their length where they count in one unit, else from starts of a year.
struct DurationOrder {
  /// That one target lies behind the other.
  struct Excess {
    /// A start from which it does, and when both are due; nil where it does from every start.
    var start: Instant?
    var due: Instant?
    var otherDue: Instant?
  }

  private let calendar: WorkingCalendar?
  private let starts: [Instant]

  /// - Parameter year: the starts that are tried: the openings, closings and middles of its hours, and its midnights.
  init(_ calendar: WorkingCalendar?, year: Int) {
    self.calendar = calendar
    starts = calendar.map { Self.starts($0, year) } ?? []
  }

  private static func starts(_ calendar: WorkingCalendar, _ year: Int) -> [Instant] {
    guard let first = CivilDate(year: year, month: 1, day: 1) else { return [] }
    let day: Int64 = 86_400_000
    let begin = Instant(milliseconds: Int64(first.days) * day)
    let end = Instant(milliseconds: Int64(first.days + 366) * day)
    let hours = calendar.spans(from: begin, to: end).flatMap { span in
      let middle = (span.lowerBound.milliseconds + span.upperBound.milliseconds) / 2
      return [
        span.lowerBound, Instant(milliseconds: middle),
        Instant(milliseconds: span.upperBound.milliseconds - 60_000), span.upperBound,
      ]
    }
    let midnights = (0..<366).map { Instant(milliseconds: Int64(first.days + $0) * day) }
    return (hours + midnights).sorted()
  }

  /// How `target` lies behind `other`; nil where it never does, as far as the starts of the year tell.
  func excess(of target: TargetDuration, over other: TargetDuration) -> Excess? {
    switch (target, other) {
    case (.elapsed(let left), .elapsed(let right)), (.working(let left), .working(let right)):
      return left > right ? Excess() : nil
    case (.workingDays(let left), .workingDays(let right)): return left > right ? Excess() : nil
    default: return mixedExcess(of: target, over: other)
    }
  }

  private func mixedExcess(of target: TargetDuration, over other: TargetDuration) -> Excess? {
    for start in starts {
      guard let due = target.instant(after: start, calendar: calendar),
        let otherDue = other.instant(after: start, calendar: calendar), due > otherDue
      else { continue }
      return Excess(start: start, due: due, otherDue: otherDue)
    }
    return nil
  }
}
