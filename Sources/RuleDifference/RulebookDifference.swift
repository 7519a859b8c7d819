public import Diagnostics
public import RuleAnalysis
public import RuleEvaluator
public import WorkingTime

/// What two rulebooks say differently, without any ticket: the exact difference of their tables, and every other rule that
/// came, went or changed, by its id.
public struct RulebookDifference: Sendable {
  public var tables: [TableDifference]
  /// In the order of sections, then of the old rulebook, then of the new.
  public var items: [ItemChange]

  /// - Parameters:
  ///   - now: calendars are compared from a year before to two years after.
  ///   - effort: how long one table may take, in rows looked at; a hundred million take about a second.
  public init(old: Rulebook, new: Rulebook, now: Instant, effort: Int = 50_000_000) {
    let comparer = TablePairs(old, new, effort: effort)
    tables = comparer.differences()
    items = RuleItems.changes(old, new, now: now)
  }

  public var isEmpty: Bool { tables.isEmpty && items.isEmpty }
}

/// One table that both rulebooks have, and where its outcome differs.
public struct TableDifference: Sendable {
  /// As messages name it: `priorities`, `windows.resolve.target`.
  public var name: String
  public var placeBefore: Place
  public var placeAfter: Place
  /// The values of inputs for which the outcome differs; together all of them, unless `isCut` or `obstacle`.
  public var regions: [Region]
  /// Whether the search took too long, or found too many: there are differences that are not named.
  public var isCut = false
  /// Why the tables cannot be compared; nil where they are.
  public var obstacle: Obstacle?

  /// What keeps two tables from being compared.
  public enum Obstacle: Hashable, Sendable {
    /// An input that has another type, under the same name.
    case inputType(name: String, before: String, after: String)
    /// The two tables have no output of the same name.
    case noSharedOutput
  }

  /// Values of inputs with one outcome before and another after.
  public struct Region: Sendable {
    /// The inputs that matter and their values, as rules write them; empty where all values are meant.
    public var inputs: [InputText]
    /// The same as sets, by slot of the old rulebook, and of the new: a ticket is meant whose values are in all of them as
    /// both read it.
    public var valuesBefore: [Int: ValueSet]
    public var valuesAfter: [Int: ValueSet]
    public var before: Outcome
    public var after: Outcome
    /// Whether it depends on an expression, of which only is known that it holds or does not.
    public var isOpaque: Bool
    /// A ticket with these values.
    public var witness: Witness
  }

  /// An input and the values that are meant.
  public struct InputText: Hashable, Sendable {
    public var name: String
    /// In full, such as `impact = 1 | 2` or `10 <= users <= 19`.
    public var text: String
  }

  /// What a table gives.
  public struct Outcome: Hashable, Sendable {
    /// The outputs that both tables have; nil for none.
    public var text: String?
    public var rows: [RuleReference]
  }
}

/// A rule that was added, removed or changed.
public struct ItemChange: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable { case added, removed, changed }

  public var section: String
  public var id: String
  public var kind: Kind
  public var placeBefore: Place?
  public var placeAfter: Place?
  /// What changed of it; empty for what was added or removed.
  public var details: [Detail]

  /// A key of the rule, and its value as rules write it; nil where there is none.
  public struct Detail: Hashable, Sendable {
    public var name: String
    public var before: String?
    public var after: String?
  }
}
