/// A day of the week, numbered as ISO 8601 does: Monday is 1.
public enum Weekday: Int, Hashable, Comparable, CaseIterable, Sendable {
  case monday = 1
  case tuesday, wednesday, thursday, friday, saturday, sunday

  /// `mon` … `sun`, the keys of `weekly_hours`.
  public var abbreviation: String {
    switch self {
    case .monday: "mon"
    case .tuesday: "tue"
    case .wednesday: "wed"
    case .thursday: "thu"
    case .friday: "fri"
    case .saturday: "sat"
    case .sunday: "sun"
    }
  }

  /// Nil unless the text is one of `mon` … `sun`.
  public init?(abbreviation: some StringProtocol) {
    guard let day = Weekday.allCases.first(where: { $0.abbreviation == abbreviation }) else { return nil }
    self = day
  }

  public var next: Weekday { Weekday(rawValue: rawValue % 7 + 1) ?? .monday }

  public static func < (left: Weekday, right: Weekday) -> Bool { left.rawValue < right.rawValue }
}
