public import WorkingTime

/// Tells the service what time it is and lets it wait; tests hand in one that they move.
///
/// The service never waits longer than a second at once, so that it notices when the system's clock was set or the machine
/// slept.
public protocol ServiceClock: Sendable {
  /// The instant of now, by the wall clock: it may jump.
  func now() -> Instant

  /// Returns after about `milliseconds`, or at once where the task is cancelled.
  func wait(milliseconds: Int64) async
}
