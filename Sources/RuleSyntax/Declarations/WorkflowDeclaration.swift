public import Diagnostics

/// The states that a ticket passes through, and the steps between them.
public struct WorkflowDeclaration: Hashable, Sendable {
  /// The field that holds the state. Nil after an error.
  public var field: Located<String>?
  /// The state in which every ticket begins. Nil after an error.
  public var initial: Located<String>?
  public var states: [StateDeclaration] = []
  /// Of the mapping `states`, which may leave some out.
  public var statesPlace: Place
  public var place: Place

  public init(place: Place) {
    self.place = place
    statesPlace = place
  }
}

/// One state of the workflow.
public struct StateDeclaration: Hashable, Sendable {
  /// A value of the workflow's field.
  public var name: Located<String>
  /// Nil after an error.
  public var category: Located<StateCategory>?
  /// The states that may follow.
  public var next: [Located<String>] = []
  /// Fields that a ticket must have when it enters the state.
  public var required: [Located<String>] = []
  /// The ids of checks that must hold when a ticket enters the state.
  public var guards: [Located<String>] = []

  public init(name: Located<String>) { self.name = name }
}

/// What a state means to those who count tickets.
public enum StateCategory: String, Hashable, CaseIterable, Sendable {
  case open, paused, resolved, closed
}
