public import WorkingTime

/// A target of a window, and since when it held.
public struct TargetEra: Hashable, Sendable {
  /// Nil since before the first event.
  public var since: Instant?
  public var target: TargetDuration

  public init(since: Instant?, target: TargetDuration) {
    self.since = since
    self.target = target
  }
}

/// The targets that the windows of a ticket had under earlier rules: running windows keep them, or count anew from where the
/// present rules begin, as their `on_target_change` says.
public struct EarlierTargets: Hashable, Sendable {
  /// From then on the present rules hold.
  public var until: Instant
  /// By the id of the window, in order of time.
  public var courses: [String: [TargetEra]]

  public init(until: Instant, courses: [String: [TargetEra]]) {
    self.until = until
    self.courses = courses
  }
}

/// The targets that a window of a ticket has had by now, for whoever decides the ticket by later rules.
public struct TargetCourse: Hashable, Sendable {
  /// The index in `Rulebook.windows`.
  public var window: Int
  public var eras: [TargetEra]
}

extension Rulebook {
  /// Whether a window needs to know which targets it had under earlier rules.
  public var followsTargets: Bool { windows.contains { $0.targetChange != .fromStart } }
}
