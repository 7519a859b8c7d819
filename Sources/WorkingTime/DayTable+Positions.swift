/// Which of the instants with the same working time before them is meant, where one stretch closes and the
/// next has not opened.
enum Edge {
  /// The earliest: the closing.
  case closing
  /// The latest: the opening after it.
  case opening
}

// A position is the open milliseconds from the start of the table to an instant; it grows while the calendar
// is open.
extension DayTable {
  @inline(__always)
  func base(_ index: Int) -> Int64 {
    (firstDay &+ Int64(index)) &* secondsPerDay &- shapes[Int(days[index].shape)].offset
  }

  /// The day within which the instant lies, by its local date; nil outside the table and within a few days of
  /// its ends.
  @inline(__always)
  func index(at milliseconds: Int64) -> Int? {
    let second = floorDivide(milliseconds, by: 1000).quotient
    let local = floorDivide(second &+ usualOffset, by: secondsPerDay).quotient
    // No two offsets are further apart than 52 hours, so that the search below stays inside.
    guard local >= firstDay &+ 4, local < firstDay &+ Int64(days.count) &- 4 else { return nil }
    var index = Int(local &- firstDay)
    while second < base(index) { index &-= 1 }
    while second >= base(index &+ 1) { index &+= 1 }
    return index
  }

  @inline(__always)
  func position(at milliseconds: Int64, on index: Int) -> Int64 {
    let shape = shapes[Int(days[index &- 1].shape)]
    if shape.end > 0 {
      let sinceBase = milliseconds &- base(index &- 1) &* 1000
      if sinceBase < Int64(shape.end) &* 1000 {
        return Int64(days[index &- 1].before) &* 1000 &+ open(shape, until: sinceBase)
      }
    }
    let sinceBase = milliseconds &- base(index) &* 1000
    return Int64(days[index].before) &* 1000 &+ open(shapes[Int(days[index].shape)], until: sinceBase)
  }

  /// Open milliseconds of one day before that many milliseconds after its base.
  @inline(__always)
  private func open(_ shape: Shape, until milliseconds: Int64) -> Int64 {
    var index = Int(shape.firstSpan &+ shape.spanCount)
    while index > Int(shape.firstSpan) {
      index &-= 1
      let span = spans[index]
      let start = Int64(span.start) &* 1000
      if milliseconds > start {
        return Int64(span.before) &* 1000 &+ min(milliseconds, Int64(span.end) &* 1000) &- start
      }
    }
    return 0
  }

  /// Nil when the position lies outside the table; the search begins at the day of that index.
  @inline(__always)
  func instant(at position: Int64, _ edge: Edge, near index: Int) -> Instant? {
    let total = Int64(days[days.count &- 1].before) &* 1000
    guard edge == .closing ? position > 0 && position <= total : position >= 0 && position < total else {
      return nil
    }
    // The day in which the position is reached, or passed: whole seconds before it are fewer than this.
    let limit = (edge == .closing ? position &+ 999 : position &+ 1000) / 1000
    let index = lastDay(startingBefore: UInt32(truncatingIfNeeded: limit), near: index)
    let rest = position &- Int64(days[index].before) &* 1000
    return Instant(milliseconds: base(index) &* 1000 &+ place(rest, edge, shapes[Int(days[index].shape)]))
  }

  /// Milliseconds after the day's base at which so many were open; the caller has chosen a day that has them.
  @inline(__always)
  private func place(_ open: Int64, _ edge: Edge, _ shape: Shape) -> Int64 {
    var index = Int(shape.firstSpan &+ shape.spanCount) &- 1
    while index > Int(shape.firstSpan) {
      let before = Int64(spans[index].before) &* 1000
      if open > before || (open == before && edge == .opening) { break }
      index &-= 1
    }
    return Int64(spans[index].start) &* 1000 &+ open &- Int64(spans[index].before) &* 1000
  }
}

extension DayTable {
  /// The last day with fewer open seconds before it than `limit`, which is at least 1 and at most those of
  /// the whole table.
  @inline(__always)
  private func lastDay(startingBefore limit: UInt32, near index: Int) -> Int {
    var index = index
    // Most targets end within days, where steps beat a search: adding 4 hours takes 36 ns, adding 1000 takes
    // 65.
    for _ in 0..<6 {
      if days[index].before >= limit {
        if index == 0 { return 0 }
        index &-= 1
      } else if index &+ 1 < days.count, days[index &+ 1].before < limit {
        index &+= 1
      } else {
        return index
      }
    }
    return search(limit, near: index)
  }

  /// Guesses by the average day, then searches around the guess.
  private func search(_ limit: UInt32, near index: Int) -> Int {
    let distance = (Int64(limit) - Int64(days[index].before)) / averageSeconds
    let guess = (Int64(index) + distance).clamped(to: 0...Int64(days.count - 1))
    var low = max(0, Int(guess) - 16)
    var high = min(days.count, Int(guess) + 16)
    if days[low].before >= limit { low = 0 }
    if high < days.count, days[high].before < limit { high = days.count }
    // Days before `low` or at it start before the limit, those from `high` on do not.
    while high - low > 1 {
      let middle = (low + high) / 2
      if days[middle].before < limit { low = middle } else { high = middle }
    }
    return low
  }
}
