public import Diagnostics

/// A rule that some tickets need not keep until a day.
public struct WaiverDeclaration: Hashable, Sendable {
  public var id: Located<String>
  /// The rule as findings name it. Nil after an error, as are `until`, `by` and `reason`.
  public var rule: Located<String>?
  public var condition: ConditionDeclaration?
  /// The last day on which it holds.
  public var until: Located<CalendarDate>?
  /// Who decided so; not empty.
  public var by: Located<String>?
  /// Not empty.
  public var reason: Located<String>?
  public var place: Place

  public init(id: Located<String>, place: Place) {
    self.id = id
    self.place = place
  }
}
