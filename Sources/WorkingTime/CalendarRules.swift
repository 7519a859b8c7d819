/// A calendar's hours, ready to be laid over days: each day follows one of a few patterns.
struct CalendarRules: Sendable {
  let zone: TimeZoneRules
  /// Pattern 0 is closed.
  let patterns: [DayPattern]
  /// The `end` of each pattern, side by side: reading it from the pattern itself counts references on every
  /// day of the table.
  let ends: [Int32]
  /// Pattern of each day of the week, Monday first.
  let week: [Int32]
  /// Holidays and special days, ascending.
  let exceptions: [DayException]
  /// Whether any stretch runs past midnight.
  let runsOvernight: Bool

  init(_ specification: WorkingCalendar.Specification) {
    var patterns = [DayPattern(hours: [])]
    var known = [patterns[0]: Int32(0)]
    func index(_ hours: [OpeningInterval]) -> Int32 {
      let pattern = DayPattern(hours: hours)
      if let index = known[pattern] { return index }
      let index = Int32(truncatingIfNeeded: patterns.count)
      known[pattern] = index
      patterns.append(pattern)
      return index
    }
    zone = specification.zone
    week = Weekday.allCases.map { index(specification.weeklyHours[$0] ?? []) }
    let holidays = specification.holidays.filter { specification.specialDays[$0] == nil }
    var exceptions = holidays.map { DayException(day: Int64($0.days), pattern: 0) }
    exceptions += specification.specialDays.map { DayException(day: Int64($0.days), pattern: index($1)) }
    self.exceptions = exceptions.sorted { $0.day < $1.day }
    self.patterns = patterns
    ends = patterns.map(\.end)
    runsOvernight = patterns.contains { $0.end > secondsPerDay }
  }
}

/// The stretches of one day in seconds after the midnight that begins it, in order and apart; the last may
/// end on the next day.
struct DayPattern: Hashable, Sendable {
  let spans: [DaySpan]
  let open: Int32
  /// Zero for a closed day.
  let end: Int32

  init(hours: [OpeningInterval]) {
    let sorted = hours.sorted { $0.start < $1.start }
    self.init(stretches: sorted.map { ($0.start.seconds, $0.endSeconds) })
  }

  /// Stretches in order and apart.
  init(stretches: [(start: Int32, end: Int32)]) {
    var open: Int32 = 0
    spans = stretches.map { start, end in
      defer { open += end - start }
      return DaySpan(start: start, end: end, before: open)
    }
    self.open = open
    end = stretches.last?.end ?? 0
  }
}

struct DaySpan: Hashable, Sendable {
  /// Elapsed seconds after the day's base; see `DayShape`.
  var start, end: Int32
  /// Open seconds of the same day before this stretch.
  var before: Int32
}

struct DayException: Hashable, Sendable {
  var day: Int64
  var pattern: Int32
}

extension CalendarRules {
  /// No hours in any week: nothing opens after the last exception.
  var isClosedAllWeek: Bool { week.allSatisfy { patterns[Int($0)].open == 0 } }

  var weeklySeconds: Int64 { week.reduce(0) { $0 + Int64(patterns[Int($1)].open) } }

  /// The first exception on or after the day.
  func firstException(from day: Int64) -> Int {
    var low = 0
    var high = exceptions.count
    while low < high {
      let middle = (low + high) / 2
      if exceptions[middle].day < day { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// One day as `DayWalker` finds it.
  func layout(ofDay day: Int64) -> DayLayout {
    var walker = DayWalker(self, from: day)
    return walker.next()
  }

  /// The base of a layout in seconds since 1970, and what is open relative to it.
  func hours(_ layout: DayLayout, ofDay day: Int64) -> (base: Int64, pattern: DayPattern) {
    switch layout {
    case .regular(let pattern, let offset): (day * secondsPerDay - offset, patterns[Int(pattern)])
    case .resolved(let base, let pattern): (base, pattern)
    }
  }
}
