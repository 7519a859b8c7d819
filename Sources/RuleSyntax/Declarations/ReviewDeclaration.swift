public import Diagnostics

/// A retrospective: what must have been learned from a ticket, or from one that came once too often.
public struct ReviewDeclaration: Hashable, Sendable {
  public var id: Located<String>
  /// Nil where each ticket that the condition picks is reviewed by itself.
  public var recurrence: RecurrenceDeclaration?
  public var condition: ConditionDeclaration?
  /// The states in which a ticket is the review's business; nil where none are named.
  public var from: StatesDeclaration?
  /// Fields that hold what was learned: at least one, except after an error.
  public var required: [Located<String>] = []
  public var severity: Located<Severity>?
  public var message: MessageDeclaration?
  public var place: Place

  public init(id: Located<String>, place: Place) {
    self.id = id
    self.place = place
  }
}

/// When like tickets are frequent.
public struct RecurrenceDeclaration: Hashable, Sendable {
  /// Tickets are alike that agree in these fields: at least one, except after an error.
  public var groupBy: [Located<String>] = []
  /// How many tickets. Nil after an error.
  public var count: Located<String>?
  /// A duration. Nil after an error.
  public var within: Located<String>?
  /// The field that tells when a ticket came; nil where it was not written.
  public var instant: Located<String>?

  public init() {}
}
