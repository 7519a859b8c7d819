/// When a place changed its offset from UTC, and by which rule it will.
///
/// A local time that a change skips is read with the offset before the change, so it moves forward by the
/// length of the gap; one that occurs twice means the first. This is how RFC 5545 (3.3.5) reads such times.
///
/// A class, because it is passed on for every instant that is written, and holds several arrays.
public final class TimeZoneRules: Sendable {
  /// The IANA name, such as `Asia/Shanghai`, or `UTC`, or an offset such as `+08:00`.
  public let identifier: String
  /// Seconds since 1970 at which the offset changes, ascending.
  let transitions: [Int64]
  /// The offset from the transition of the same index on.
  let offsets: [Int32]
  let initialOffset: Int32
  /// Whether its texts end in `Z`.
  let isUTC: Bool
  /// Decides from `ruleStart` on.
  let rule: DaylightRule?
  let ruleStart: Int64

  init(
    identifier: String, initialOffset: Int32, transitions: [Int64] = [], offsets: [Int32] = [],
    rule: DaylightRule? = nil
  ) {
    self.identifier = identifier
    isUTC = identifier == "UTC" || identifier == "Etc/UTC"
    self.initialOffset = initialOffset
    self.rule = rule
    guard let rule else {
      (self.transitions, self.offsets, ruleStart) = (transitions, offsets, .max)
      return
    }
    // The rule's changes are written out as far as tickets reach, so that most questions are one binary search.
    let last = max(transitions.last ?? .min, TimeZoneRules.writtenOutFrom)
    let start = max(last, TimeZoneRules.writtenOutUntil)
    let later = rule.changes(after: last, before: start)
    self.transitions = transitions + later.map(\.second)
    self.offsets = offsets + later.map(\.offset)
    ruleStart = start
  }

  private static var writtenOutFrom: Int64 { -2_208_988_800 }  // 1900-01-01
  private static var writtenOutUntil: Int64 { 4_133_980_800 }  // 2101-01-01
}

extension TimeZoneRules: Hashable {
  public static func == (left: TimeZoneRules, right: TimeZoneRules) -> Bool {
    left === right
      || left.identifier == right.identifier && left.initialOffset == right.initialOffset
        && left.transitions == right.transitions && left.offsets == right.offsets && left.rule == right.rule
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(identifier) }
}

extension TimeZoneRules {
  public static let utc = TimeZoneRules(identifier: "UTC", initialOffset: 0)

  /// A place that is always that many seconds ahead of UTC; nil at 24 hours or more from UTC.
  public static func fixed(offset seconds: Int) -> TimeZoneRules? {
    guard abs(seconds.clamped(to: -86_400...86_400)) < 86_400 else { return nil }
    let minutes = abs(seconds) / 60
    let name = (seconds < 0 ? "-" : "+") + padded(minutes / 60, to: 2) + ":" + padded(minutes % 60, to: 2)
    return TimeZoneRules(identifier: name, initialOffset: Int32(seconds))
  }
}

extension TimeZoneRules {
  /// Seconds by which local time is ahead of UTC at that instant.
  ///
  /// - Complexity: O(log transitions), 3 to 30 ns; after the year 2100 the yearly rule is worked out each time.
  public func offset(at instant: Instant) -> Int {
    Int(offset(atSecond: floorDivide(instant.milliseconds, by: 1000).quotient))
  }

  func offset(atSecond second: Int64) -> Int64 {
    if let rule, second >= ruleStart { return Int64(rule.offset(at: second)) }
    let index = firstTransition(after: second)
    return Int64(index == 0 ? initialOffset : offsets[index - 1])
  }

  /// The next change of the offset strictly after that second.
  func nextChange(after second: Int64) -> OffsetChange? {
    let index = firstTransition(after: second)
    if index < transitions.count {
      return OffsetChange(second: transitions[index], offset: offsets[index])
    }
    return rule?.change(after: max(second, ruleStart - 1))
  }

  private func firstTransition(after second: Int64) -> Int {
    var low = 0
    var high = transitions.count
    if high > 0, second >= transitions[high - 1] { return high }
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle] <= second { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension TimeZoneRules {
  /// The instant at which clocks there show that time; see the type for times that are skipped or occur twice.
  public func instant(of date: CivilDate, at time: TimeOfDay) -> Instant {
    Instant(milliseconds: second(ofLocal: Int64(date.days) * secondsPerDay + Int64(time.seconds)) * 1000)
  }

  /// The date and time that clocks there show; the time is rounded down to the second.
  public func local(at instant: Instant) -> (date: CivilDate, time: TimeOfDay) {
    let second = floorDivide(instant.milliseconds, by: 1000).quotient
    let (day, rest) = floorDivide(second + offset(atSecond: second), by: secondsPerDay)
    return (CivilDate(days: Int32(clamping: day)), TimeOfDay(seconds: Int(rest)) ?? .midnight)
  }

  public func date(at instant: Instant) -> CivilDate { local(at: instant).date }

  /// Like `instant(of:at:)`, in seconds since 1970-01-01T00:00 as clocks there show it.
  func second(ofLocal local: Int64, inGap choice: GapChoice = .movesForward) -> Int64 {
    // No offset is larger, see `TimeZoneFile`; so the search starts before the first instant that can be meant.
    var second = local - TimeZoneRules.largestOffset
    var offset = offset(atSecond: second)
    while let change = nextChange(after: second), local - offset >= change.second {
      if local < change.second + Int64(change.offset) {
        return choice == .atEnd ? change.second : local - offset
      }
      (second, offset) = (change.second, Int64(change.offset))
    }
    return local - offset
  }

  /// What a skipped local time means.
  enum GapChoice {
    /// The time with the offset before the gap.
    case movesForward
    /// The first instant after the gap: where a day begins whose midnight is skipped.
    case atEnd
  }

  static var largestOffset: Int64 { 26 * 3600 }
}

/// From `second` on, local time is `offset` seconds ahead of UTC.
struct OffsetChange: Hashable, Sendable {
  var second: Int64
  var offset: Int32
}

extension Comparable {
  func clamped(to range: ClosedRange<Self>) -> Self { min(max(self, range.lowerBound), range.upperBound) }
}
