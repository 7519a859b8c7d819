public import Diagnostics
public import WorkingTime

/// A compiled response window: from a start to a stop within a target.
public struct ResponseWindow: Sendable {
  /// What starts or stops a window.
  public enum Boundary: Sendable {
    /// The instant in this slot.
    case instant(slot: Int)
    /// The first moment at which the condition holds.
    case reached(Condition)
  }

  public enum Target: Sendable {
    case fixed(TargetDuration)
    /// The first output of the table is a duration.
    case decided(DecisionTable)
  }

  public enum Warning: Sendable {
    /// After this part of the target, in percent.
    case percentage(Int)
    /// This long before the due instant.
    case before(TargetDuration)
  }

  public var id: String
  public var place: Place
  public var label: LocalizedText
  public var condition: Condition
  public var start: Boundary
  public var stop: Boundary
  public var pause: Condition?
  public var cancel: Condition?
  public var target: Target
  /// The index in `Rulebook.calendars`; nil where only elapsed time is counted.
  public var calendar: Int?
  public var reopening: Transition.Reopening
  public var warnings: [Warning]

  public init(
    id: String, place: Place, label: LocalizedText, condition: Condition, start: Boundary,
    stop: Boundary, pause: Condition?, cancel: Condition?, target: Target, calendar: Int?,
    reopening: Transition.Reopening, warnings: [Warning]
  ) {
    self.id = id
    self.place = place
    self.label = label
    self.condition = condition
    self.start = start
    self.stop = stop
    self.pause = pause
    self.cancel = cancel
    self.target = target
    self.calendar = calendar
    self.reopening = reopening
    self.warnings = warnings
  }

  /// Whether any part of it is about changes rather than instants.
  public var readsHistory: Bool {
    pause != nil || cancel != nil || start.condition != nil || stop.condition != nil
  }
}

extension ResponseWindow.Boundary {
  var condition: Condition? {
    guard case .reached(let condition) = self else { return nil }
    return condition
  }
}

extension ResponseWindow.Target {
  var table: DecisionTable? {
    guard case .decided(let table) = self else { return nil }
    return table
  }
}
