public import Diagnostics

/// A retrospective: fields that hold what was learned, due where a condition holds.
public struct Review: Sendable {
  /// What a review is about.
  public enum Subject: Sendable {
    /// Each ticket by itself. `requirement` is the index in `Rulebook.requirements` of the rule that asks for the fields.
    case ticket(requirement: Int)
    /// Tickets that are alike, once they are frequent.
    case recurrence(Recurrence)
  }

  /// When like tickets are frequent.
  public struct Recurrence: Hashable, Sendable {
    /// The slots of fields; tickets are alike that have the same value in each of them.
    public var fields: [Int]
    /// The slot of the instant at which a ticket came.
    public var instant: Int
    /// How many tickets, at least 2.
    public var count: Int
    /// The time in which they come: from the first ticket on, its end excluded.
    public var milliseconds: Int64

    public init(fields: [Int], instant: Int, count: Int, milliseconds: Int64) {
      self.fields = fields
      self.instant = instant
      self.count = count
      self.milliseconds = milliseconds
    }
  }

  /// The most fields that one review can require.
  public static let largestFieldCount = 64

  public var id: String
  public var place: Place
  public var severity: Severity
  public var condition: Condition
  /// The slots of the fields that hold the result.
  public var required: [Int]
  public var message: MessageTemplate?
  public var subject: Subject

  public init(
    id: String, place: Place, severity: Severity, condition: Condition, required: [Int],
    message: MessageTemplate?, subject: Subject
  ) {
    self.id = id
    self.place = place
    self.severity = severity
    self.condition = condition
    self.required = required
    self.message = message
    self.subject = subject
  }

  /// Nil for a review of each ticket by itself.
  public var recurrence: Recurrence? {
    guard case .recurrence(let recurrence) = subject else { return nil }
    return recurrence
  }
}
