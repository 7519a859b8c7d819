/// The arithmetic of a calendar from day to day, for what the table does not hold: exact, and bounded by the years 1 … 9999.
struct DayWalk {
  private let rules: CalendarRules

  init(_ rules: CalendarRules) { self.rules = rules }

  func milliseconds(from start: Instant, to end: Instant) -> Int64 {
    var sum: Int64 = 0
    forEachSpan(from: start, to: end) { first, last in
      sum += last - first
      return true
    }
    return sum
  }

  func spans(from start: Instant, to end: Instant) -> [Range<Instant>] {
    var spans: [Range<Instant>] = []
    forEachSpan(from: start, to: end) { first, last in
      spans.append(Instant(milliseconds: first)..<Instant(milliseconds: last))
      return true
    }
    return spans
  }

  func instant(after count: Int64, from start: Instant, _ edge: Edge) -> Instant? {
    var rest = count
    var found: Instant?
    forEachSpan(from: start, to: .latest) { first, last in
      let length = last - first
      if rest < length || (rest == length && edge == .closing) {
        found = Instant(milliseconds: first + rest)
        return false
      }
      rest -= length
      return true
    }
    return found
  }

  /// Goes back a year at a time, until the year holds enough, and then forwards within it.
  func instant(before count: Int64, from end: Instant, _ edge: Edge) -> Instant? {
    var rest = count
    var end = min(end, .latest)
    let first = max(.earliest, rules.firstOpening ?? .earliest)
    while end > first {
      let start = max(first, end.advanced(byMilliseconds: -366 * secondsPerDay * 1000))
      let open = milliseconds(from: start, to: end)
      if open > rest || (open == rest && edge == .opening) {
        return instant(after: open - rest, from: start, edge)
      }
      rest -= open
      end = start
    }
    return nil
  }

  /// Calls with each open stretch in milliseconds, clipped to the range, until the answer is false.
  private func forEachSpan(from start: Instant, to end: Instant, _ body: (Int64, Int64) -> Bool) {
    let start = max(start, .earliest).milliseconds
    let end = min(end, .latest).milliseconds
    guard start < end else { return }
    // A stretch may have begun up to two local days before, and no offset is larger than 26 hours.
    var walker = DayWalker(rules, from: floorDivide(start, by: secondsPerDay * 1000).quotient - 3)
    let last = min(
      floorDivide(end, by: secondsPerDay * 1000).quotient + 3, rules.lastOpenDay ?? .max)
    while walker.day <= last {
      let day = walker.day
      let (base, pattern) = rules.hours(walker.next(), ofDay: day)
      for span in pattern.spans {
        let first = max(start, (base + Int64(span.start)) * 1000)
        let last = min(end, (base + Int64(span.end)) * 1000)
        if first < last, !body(first, last) { return }
      }
    }
  }
}

extension CalendarRules {
  /// The last day with hours; nil when every week has some.
  var lastOpenDay: Int64? { isClosedAllWeek ? exceptions.last?.day ?? .min : nil }

  /// Before this, nothing opens; nil when every week has hours.
  var firstOpening: Instant? {
    guard isClosedAllWeek, let first = exceptions.first else { return nil }
    return Instant(milliseconds: (first.day - 2) * secondsPerDay * 1000)
  }
}
