public import Diagnostics

/// What a row, a `when:` map or a CSV column asks of one input.
///
/// The grammar, in the order in which operators bind (loosest first):
///
///     cell       = alternative *("|" alternative)
///     alternative = ["not"] primary
///     primary    = "any" / "present" / "absent" / "(" cell ")" / range / comparison / literal
///     range      = literal ("..." / "..<") [literal] / ("..." / "..<") literal
///     comparison = (">=" / ">" / "<=" / "<") literal
///     literal    = quoted text, or words up to the next operator
public struct Cell: Hashable, Sendable {
  public var content: Content
  public var place: Place

  public init(_ content: Content, at place: Place) {
    self.content = content
    self.place = place
  }

  public indirect enum Content: Hashable, Sendable {
    /// Every value, and none.
    case any
    /// Some value, whichever.
    case present
    /// No value.
    case absent
    /// The text of one value; its meaning depends on the input's type.
    case literal(Located<String>)
    /// At least one holds: `a | b`, or a YAML list. Has two parts or more, except for a YAML list of one.
    case oneOf([Cell])
    case not(Cell)
    /// Between the bounds, at least one of which is there: ranges and comparisons.
    case range(lower: Bound?, upper: Bound?)
  }

  /// One end of a range.
  public struct Bound: Hashable, Sendable {
    public var literal: Located<String>
    /// Whether the bound itself is within the range.
    public var isIncluded: Bool

    public init(_ literal: Located<String>, isIncluded: Bool) {
      self.literal = literal
      self.isIncluded = isIncluded
    }
  }
}
