public import Diagnostics
public import WorkingTime

/// A rule that some tickets need not keep until a day: who decided so, and why.
///
/// What a waived rule finds stays in the decision, marked with the waiver; it is no failure, and nobody is told of it.
public struct Waiver: Sendable {
  /// What findings name as their rule, resolved.
  public enum Subject: Hashable, Sendable {
    /// By its index in `Rulebook.requirements`; a review of each ticket by itself is one of them.
    case requirement(Int)
    case check(Int)
    case window(Int)
    /// A review of frequent problems, by its index in `Rulebook.reviews`.
    case review(Int)
    /// `fields.NAME`, by its slot: whatever is wrong with the field's value, or that it is missing.
    case field(Int)
    /// `workflow.STATE`, by its index.
    case state(Int)
    /// `tables.NAME`, `priorities` or `routing`, by its index in `Rulebook.tables`.
    case table(Int)
  }

  public var id: String
  public var place: Place
  /// The rule as findings name it, such as `F-10` or `fields.id`.
  public var rule: String
  public var subject: Subject
  public var condition: Condition
  /// The last day on which it holds.
  public var until: CivilDate
  /// The start of the day after `until` in the rulebook's time zone: the waiver is in force before it.
  public var endsAt: Instant
  /// Who decided so.
  public var by: String
  public var reason: String

  public init(
    id: String, place: Place, rule: String, subject: Subject, condition: Condition, until: CivilDate,
    in zone: TimeZoneRules, by: String, reason: String
  ) {
    self.id = id
    self.place = place
    self.rule = rule
    self.subject = subject
    self.condition = condition
    self.until = until
    endsAt = zone.instant(of: until.advanced(byDays: 1), at: .midnight)
    self.by = by
    self.reason = reason
  }
}

/// How long a waiver will be in force yet.
public enum WaiverStanding: Hashable, Sendable {
  case inForce
  /// It ends within 30 days: so many days are left behind today; on its last day 0.
  case expiring(days: Int)
  /// Its last day has passed.
  case expired

  /// How many days before its end a waiver is said to expire.
  public static let noticeDays = 30
}

extension Waiver {
  /// How the waiver stands on a day of the rulebook's time zone.
  public func standing(on today: CivilDate) -> WaiverStanding {
    let days = Int(until.days) - Int(today.days)
    if days < 0 { return .expired }
    return days <= WaiverStanding.noticeDays ? .expiring(days: days) : .inForce
  }
}

extension Rulebook {
  /// How each waiver stands at `instant`, by its index in `waivers`: for whoever reports those that have ended or soon will.
  public func waiverStandings(at instant: Instant) -> [WaiverStanding] {
    let today = timeZone.date(at: instant)
    return waivers.map { $0.endsAt <= instant ? .expired : $0.standing(on: today) }
  }
}
