/// Where the stretches of a day are found.
enum DayLayout {
  /// Its pattern at this offset from UTC, in seconds.
  case regular(pattern: Int32, offset: Int64)
  /// A day near a change of the offset, with its base in seconds since 1970.
  case resolved(base: Int64, DayPattern)
}

/// Days in a row that follow the week, at one offset from UTC.
struct DayRun {
  var first: Int64
  var count: Int
  /// Of the first day; 0 is Monday.
  var weekday: Int
  var offset: Int64
}

/// Goes through a calendar forwards, day by day or in runs of days without exception.
///
/// A day costs about 20 ns, more near a change of the offset, where its hours are resolved one by one.
struct DayWalker {
  private let rules: CalendarRules
  private(set) var day: Int64
  private var offset: Int64
  /// 0 is Monday.
  private var weekday: Int
  private var nextException: Int
  private var nextExceptionDay = Int64.max
  /// The next change of the offset, and the days whose hours it can touch.
  private var change: OffsetChange?
  private var touched: ClosedRange<Int64> = Int64.max...Int64.max
  /// The last closing so far, in seconds since 1970.
  private var lastEnd = Int64.min

  init(_ rules: CalendarRules, from day: Int64) {
    self.rules = rules
    // Hours of the days before may clip those of the first.
    self.day = day - 4
    weekday = Int(floorDivide(self.day + 3, by: 7).remainder)
    nextException = rules.firstException(from: self.day)
    let before = (day - 8) * secondsPerDay
    offset = rules.zone.offset(atSecond: before)
    if nextException < rules.exceptions.count { nextExceptionDay = rules.exceptions[nextException].day }
    look(after: before)
    while self.day < day { _ = next() }
  }

  /// The layout of `day`; then `day` is the next one.
  mutating func next() -> DayLayout {
    defer {
      day += 1
      weekday = weekday == 6 ? 0 : weekday + 1
    }
    passChanges()
    let index = day == nextExceptionDay ? exception() : rules.week[weekday]
    if day >= touched.lowerBound { return resolved(index) }
    let end = rules.ends[Int(index)]
    if end > 0 { lastEnd = day * secondsPerDay - offset + Int64(end) }
    return .regular(pattern: index, offset: offset)
  }

  /// The days from `day` on until something about them is special, at least one and before `limit`; nil when
  /// `next()` must answer.
  mutating func nextRun(before limit: Int64) -> DayRun? {
    passChanges()
    let stop = min(limit, touched.lowerBound, nextExceptionDay)
    guard stop > day else { return nil }
    let run = DayRun(first: day, count: Int(stop - day), weekday: weekday, offset: offset)
    weekday = (weekday + run.count) % 7
    day = stop
    for back in 1...min(7, run.count) {
      let end = rules.ends[Int(rules.week[(weekday + 7 - back) % 7])]
      guard end > 0 else { continue }
      lastEnd = (day - Int64(back)) * secondsPerDay - offset + Int64(end)
      break
    }
    return run
  }

  private mutating func passChanges() {
    while day > touched.upperBound, let change {
      offset = Int64(change.offset)
      look(after: change.second)
    }
  }

  private mutating func exception() -> Int32 {
    defer {
      nextException += 1
      let isLast = nextException == rules.exceptions.count
      nextExceptionDay = isLast ? .max : rules.exceptions[nextException].day
    }
    return rules.exceptions[nextException].pattern
  }

  /// The day as it really passes: local times resolved one by one, nothing counted twice.
  ///
  /// What moves out of a gap into the next day is lost, so a day that clocks skip (2011-12-30 in Samoa) has
  /// no hours.
  private mutating func resolved(_ index: Int32) -> DayLayout {
    let zone = rules.zone
    let midnight = day * secondsPerDay
    let base = zone.second(ofLocal: midnight, inGap: .atEnd)
    let nextBase = zone.second(ofLocal: midnight + secondsPerDay, inGap: .atEnd)
    let moved = rules.patterns[Int(index)].spans.map { span in
      let start = zone.second(ofLocal: midnight + Int64(span.start))
      return (start: start, end: max(start, zone.second(ofLocal: midnight + Int64(span.end))))
    }
    var stretches: [(start: Int32, end: Int32)] = []
    for (start, end) in moved.sorted(by: { $0.start < $1.start }) where start < nextBase && end > lastEnd {
      let start = max(start, lastEnd)
      stretches.append((Int32(clamping: start - base), Int32(clamping: end - base)))
      lastEnd = end
    }
    return .resolved(base: base, DayPattern(stretches: stretches))
  }

  private mutating func look(after second: Int64) {
    change = rules.zone.nextChange(after: second)
    guard let change else {
      touched = Int64.max...Int64.max
      return
    }
    // The local times from the earlier to the later reading of the clock are skipped or occur twice. Hours of
    // the day before may reach them over midnight, and those that move out of a gap may reach into the day
    // after.
    let first = floorDivide(change.second + min(offset, Int64(change.offset)), by: secondsPerDay).quotient
    let last = floorDivide(change.second + max(offset, Int64(change.offset)), by: secondsPerDay).quotient
    touched = (rules.runsOvernight ? first - 1 : first)...(last + 1)
  }
}
