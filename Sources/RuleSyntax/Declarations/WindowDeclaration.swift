public import Diagnostics

/// A time that a ticket has from one event to another.
public struct WindowDeclaration: Hashable, Sendable {
  public var id: Located<String>
  public var label: LocalizedText?
  /// Which tickets have the window; nil for all.
  public var condition: ConditionDeclaration?
  /// Nil after an error.
  public var start: BoundaryDeclaration?
  /// Nil after an error.
  public var stop: BoundaryDeclaration?
  /// Nil after an error.
  public var target: TargetDeclaration?
  public var calendar: Located<String>?
  /// While it holds, the window's time stands still.
  public var pause: ConditionDeclaration?
  /// Once it holds, the window is void.
  public var cancel: ConditionDeclaration?
  /// Nil where it was not written.
  public var onReopen: Located<ReopenPolicy>?
  /// Nil where it was not written.
  public var onTargetChange: Located<TargetChangePolicy>?
  public var warnings: [Located<LevelDeclaration>] = []
  public var escalations: [EscalationDeclaration] = []

  public init(id: Located<String>) { self.id = id }
}

/// The event at which a window starts or stops.
public enum BoundaryDeclaration: Hashable, Sendable {
  /// The instant that a field holds.
  case field(Located<String>)
  /// The moment from which the condition holds.
  case condition(ConditionDeclaration)
}

/// How long a window lasts; durations are texts such as `4 hours` or `3 working days`.
public enum TargetDeclaration: Hashable, Sendable {
  case duration(Located<String>)
  case byValue(DurationsByValue)
  /// Its output is `target`.
  case table(DecisionTableDeclaration)
}

/// `{by: priority, high: 4 hours, otherwise: 3 working days}`
public struct DurationsByValue: Hashable, Sendable {
  public var input: Located<String>
  public var durations: [DurationOfValue]
  public var otherwise: Located<String>?

  public init(input: Located<String>, durations: [DurationOfValue], otherwise: Located<String>?) {
    self.input = input
    self.durations = durations
    self.otherwise = otherwise
  }
}

/// One value of the input and its duration.
public struct DurationOfValue: Hashable, Sendable {
  public var value: Located<String>
  public var duration: Located<String>

  public init(value: Located<String>, duration: Located<String>) {
    self.value = value
    self.duration = duration
  }
}

/// What becomes of a window whose ticket is opened again after the stop.
public enum ReopenPolicy: String, Hashable, CaseIterable, Sendable {
  case resume, restart, keep
}

/// What a window does when its target changes after the start, because a field or a decision did.
public enum TargetChangePolicy: String, Hashable, CaseIterable, Sendable {
  case fromStart = "from-start"
  case fromChange = "from-change"
  case keep
}

/// An instant in a window's life at which people are told of it.
public enum LevelDeclaration: Hashable, Sendable {
  /// Of the target, 1 to 100.
  case percentage(Int)
  case due
  /// A duration before the due time.
  case beforeDue(Located<String>)
  /// A duration after the due time.
  case afterDue(Located<String>)
}
