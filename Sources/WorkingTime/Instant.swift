/// A point in time: milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
public struct Instant: Hashable, Comparable, Sendable {
  public var milliseconds: Int64

  @inlinable public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  @inlinable public static func < (left: Instant, right: Instant) -> Bool {
    left.milliseconds < right.milliseconds
  }
}

extension Instant {
  /// 0001-01-01T00:00:00Z, the first instant that has a text.
  @inlinable public static var earliest: Instant { Instant(milliseconds: -62_135_596_800_000) }

  /// 9999-12-31T23:59:59.999Z, the last instant that has a text.
  @inlinable public static var latest: Instant { Instant(milliseconds: 253_402_300_799_999) }

  /// The instant that many milliseconds later, or earlier when negative; stops at the ends of `Int64`.
  @inlinable public func advanced(byMilliseconds count: Int64) -> Instant {
    let (sum, overflow) = milliseconds.addingReportingOverflow(count)
    return Instant(milliseconds: overflow ? (count < 0 ? .min : .max) : sum)
  }

  /// The elapsed milliseconds since `other`, negative when `other` is later; stops at the ends of `Int64`.
  @inlinable public func milliseconds(since other: Instant) -> Int64 {
    let (difference, overflow) = milliseconds.subtractingReportingOverflow(other.milliseconds)
    return overflow ? (milliseconds < other.milliseconds ? .min : .max) : difference
  }
}
