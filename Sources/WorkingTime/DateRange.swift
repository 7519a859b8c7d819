/// The days from `first` through `last`, both included.
public struct DateRange: Hashable, Sendable {
  public var first: CivilDate
  public var last: CivilDate

  /// Nil when `last` is before `first`.
  public init?(_ first: CivilDate, through last: CivilDate) {
    guard first <= last else { return nil }
    self.first = first
    self.last = last
  }

  /// Every day of the range, in order.
  public var dates: some Sequence<CivilDate> {
    (first.days...last.days).lazy.map { CivilDate(days: $0) }
  }

  /// `2026-10-01..2026-10-07`, or `2026-10-01` for one day.
  public var text: String { first == last ? first.text : first.text + ".." + last.text }

  /// Reads `2026-10-01` or `2026-10-01..2026-10-07`; throws what is wrong with it.
  public static func parse(_ text: String) throws(TimeSyntaxError) -> DateRange {
    guard let dots = text.firstRange(of: "..") else {
      let date = try date(text[...], at: 0)
      return DateRange(only: date)
    }
    let offset = text.utf8.distance(from: text.startIndex, to: dots.upperBound)
    let first = try date(text[..<dots.lowerBound], at: 0)
    let last = try date(text[dots.upperBound...], at: offset)
    guard let range = DateRange(first, through: last) else {
      throw Wording.reversedDates(first, last, at: offset)
    }
    return range
  }

  private init(only date: CivilDate) {
    first = date
    last = date
  }

  private static func date(_ text: Substring, at offset: Int) throws(TimeSyntaxError) -> CivilDate {
    guard let date = CivilDate.parse(String(text)) else { throw Wording.date(text, at: offset) }
    return date
  }
}
