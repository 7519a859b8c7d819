/// The yearly change between standard and daylight time that ends a TZif file (RFC 9636, section 3.3).
struct DaylightRule: Hashable, Sendable {
  var standard: Int32
  var daylight: Int32
  /// When daylight time starts, in standard time.
  var start: YearlyMoment
  /// When it ends, in daylight time.
  var end: YearlyMoment

  func offset(at second: Int64) -> Int32 {
    var latest = OffsetChange(second: .min, offset: standard)
    forEachChange(near: second) { change in
      if change.second <= second, change.second >= latest.second { latest = change }
    }
    return latest.offset
  }

  func change(after second: Int64) -> OffsetChange? {
    var next: OffsetChange?
    forEachChange(near: second) { change in
      if change.second > second, change.second <= next?.second ?? .max { next = change }
    }
    return next
  }

  /// The changes strictly between the two seconds, without those that change nothing.
  func changes(after first: Int64, before last: Int64) -> [OffsetChange] {
    var changes: [OffsetChange] = []
    var second = first
    while let change = change(after: second), change.second < last {
      changes.append(change)
      second = change.second
    }
    return changes
  }

  /// Start before end within each year, so that of two changes at one second the later year's start decides:
  /// permanent daylight time.
  private func forEachChange(near second: Int64, _ body: (OffsetChange) -> Void) {
    let day = floorDivide(second, by: secondsPerDay).quotient
    let year = CivilDate(days: Int32(clamping: day)).year
    for year in (year - 1)...(year + 2) {
      body(OffsetChange(second: start.localSecond(inYear: year) - Int64(standard), offset: daylight))
      body(OffsetChange(second: end.localSecond(inYear: year) - Int64(daylight), offset: standard))
    }
  }
}

/// A day of the year and a time on it, as POSIX writes them: `M3.2.0/2`, `J60`, `59`.
struct YearlyMoment: Hashable, Sendable {
  enum Day: Hashable, Sendable {
    /// 1 … 365; February 29 is never counted.
    case julian(Int)
    /// 0 … 365; February 29 is counted.
    case zeroBased(Int)
    /// Week 5 is the last; weekday 0 is Sunday.
    case weekday(month: Int, week: Int, weekday: Int)
  }

  var day: Day
  /// Seconds from midnight; -167 … 167 hours.
  var time: Int64

  /// Seconds since 1970-01-01T00:00 as clocks show it.
  func localSecond(inYear year: Int) -> Int64 { Int64(days(inYear: year)) * secondsPerDay + time }

  private func days(inYear year: Int) -> Int {
    let newYear = Int(CivilDate.days(year: year, month: 1, day: 1))
    switch day {
    case .julian(let number): return newYear + number - (CivilDate.isLeap(year) && number >= 60 ? 0 : 1)
    case .zeroBased(let number): return newYear + number
    case .weekday(let month, let week, let weekday):
      let first = CivilDate(days: CivilDate.days(year: year, month: month, day: 1))
      let wait = (weekday - first.weekday.rawValue % 7 + 7) % 7
      var day = 1 + wait + (week - 1) * 7
      if day > CivilDate.length(ofMonth: month, year: year) { day -= 7 }
      return Int(first.days) + day - 1
    }
  }
}
