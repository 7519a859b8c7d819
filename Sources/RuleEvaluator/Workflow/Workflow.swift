public import Diagnostics
import TicketModel

/// The states that a ticket passes through, and the steps between them. A state is the index of a choice of `field`.
public final class Workflow: Sendable {
  /// What a state means to those who count tickets.
  public enum Category: String, CaseIterable, Sendable {
    case open, paused, resolved, closed

    /// How far a ticket has come: 0 is at work, 1 resolved, 2 closed.
    var rank: Int32 {
      switch self {
      case .open, .paused: 0
      case .resolved: 1
      case .closed: 2
      }
    }
  }

  public struct State: Sendable {
    public var place: Place
    public var category: Category
    /// The states that may follow.
    public var next: [Int]
    /// The slots of fields that a ticket must have when it enters the state.
    public var required: [Int]
    /// Indexes in `Workflow.guards`.
    public var guards: [Int]

    public init(place: Place, category: Category, next: [Int], required: [Int], guards: [Int]) {
      self.place = place
      self.category = category
      self.next = next
      self.required = required
      self.guards = guards
    }
  }

  /// A check that must hold when a state is entered, compiled once more so that it reads the ticket's own fields alone:
  /// only these are known of earlier instants.
  public struct Guard: Sendable {
    /// The index in `Rulebook.checks`.
    public var check: Int
    public var condition: Condition
    /// The index of the expression that must be true.
    public var expression: Int

    public init(check: Int, condition: Condition, expression: Int) {
      self.check = check
      self.condition = condition
      self.expression = expression
    }
  }

  public let place: Place
  /// The slot of the field that holds the state.
  public let field: Int
  /// The state in which every ticket begins.
  public let initial: Int
  /// By the index of the choice.
  public let states: [State]
  public let guards: [Guard]

  /// Whether a step is allowed, by the state left times the number of states, plus the state entered.
  private let steps: [Bool]
  /// Whether a state demands fields or guards, by state.
  private let demanding: [Bool]
  /// Whether any state does, so that the values of all fields must be known as they were.
  let readsValues: Bool
  /// One row a guard: when the check applies.
  let conditions: RowIndex

  /// - Precondition: all indexes are in range; there is a state for each choice of the field.
  public init(place: Place, field: Int, initial: Int, states: [State], guards: [Guard]) {
    self.place = place
    self.field = field
    self.initial = initial
    self.states = states
    self.guards = guards
    steps = states.flatMap { state in states.indices.map { state.next.contains($0) } }
    demanding = states.map { !$0.required.isEmpty || !$0.guards.isEmpty }
    readsValues = demanding.contains(true)
    conditions = RowIndex(guards.map(\.condition))
  }

  func allows(from state: Int, to next: Int) -> Bool { steps[state &* states.count &+ next] }

  func demands(_ state: Int) -> Bool { demanding[state] }
}
