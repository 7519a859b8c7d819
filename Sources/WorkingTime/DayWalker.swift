/// Goes through a calendar day by day, forwards; a day costs about 5 ns, and 1 µs near a change of the offset.
struct DayWalker {
  /// Where the stretches of a day are found.
  enum Layout {
    /// Its pattern at this offset from UTC, in seconds.
    case regular(pattern: Int32, offset: Int64)
    /// A day near a change of the offset, with its base in seconds since 1970.
    case resolved(base: Int64, DayPattern)
  }

  private let rules: CalendarRules
  private(set) var day: Int64
  private var offset: Int64
  private var nextException: Int
  /// The next change of the offset, and the days whose hours it can touch.
  private var change: OffsetChange?
  private var touched: ClosedRange<Int64> = Int64.max...Int64.max

  init(_ rules: CalendarRules, from day: Int64) {
    self.rules = rules
    self.day = day
    nextException = rules.firstException(from: day)
    let before = (day - 4) * secondsPerDay
    offset = rules.zone.offset(atSecond: before)
    look(after: before)
  }

  /// The layout of `day`; then `day` is the next one.
  mutating func next() -> Layout {
    defer { day += 1 }
    while day > touched.upperBound, let change {
      offset = Int64(change.offset)
      look(after: change.second)
    }
    let pattern = rules.pattern(ofDay: day, exceptionAt: nextException)
    if nextException < rules.exceptions.count, rules.exceptions[nextException].day == day {
      nextException += 1
    }
    guard day >= touched.lowerBound else { return .regular(pattern: pattern, offset: offset) }
    let resolved = rules.resolved(day: day)
    return .resolved(base: resolved.base, resolved.pattern)
  }

  private mutating func look(after second: Int64) {
    change = rules.zone.nextChange(after: second)
    guard let change else {
      touched = Int64.max...Int64.max
      return
    }
    // The local times from the earlier to the later reading of the clock are skipped or occur twice; hours of the day before may
    // reach them over midnight.
    let first = floorDivide(change.second + min(offset, Int64(change.offset)), by: secondsPerDay).quotient
    let last = floorDivide(change.second + max(offset, Int64(change.offset)), by: secondsPerDay).quotient
    touched = (rules.runsOvernight ? first - 1 : first)...last
  }
}
