public import Diagnostics
public import WorkingTime

/// A compiled response window: from a start to a stop within a target.
public final class ResponseWindow: Sendable {
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

  /// What becomes of the window when its target changes after the start.
  public enum TargetChange: Sendable {
    /// The new target counts from the start.
    case fromStart
    /// The new target counts from the change.
    case fromChange
    /// The first target stays.
    case keep
  }

  public let id: String
  public let place: Place
  public let label: LocalizedText
  public let condition: Condition
  public let start: Boundary
  public let stop: Boundary
  public let pause: Condition?
  public let cancel: Condition?
  public let target: Target
  /// The index in `Rulebook.calendars`; nil where only elapsed time is counted.
  public let calendar: Int?
  public let reopening: Transition.Reopening
  public let targetChange: TargetChange
  public let warnings: [NoticeLevel]
  public let escalations: [Escalation]

  public init(
    id: String, place: Place, label: LocalizedText, condition: Condition, start: Boundary,
    stop: Boundary, pause: Condition?, cancel: Condition?, target: Target, calendar: Int?,
    reopening: Transition.Reopening, targetChange: TargetChange = .fromStart, warnings: [NoticeLevel],
    escalations: [Escalation] = []
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
    self.targetChange = targetChange
    self.warnings = warnings
    self.escalations = escalations
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
