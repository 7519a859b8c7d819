/// A clock and a source of chance for what waits: tests put in their own, so that minutes pass at once.
public struct Timing: Sendable {
  /// Milliseconds from some fixed instant, never going back.
  public var now: @Sendable () -> Int64
  /// Waits; throws when the task is cancelled.
  public var sleep: @Sendable (_ milliseconds: Int64) async throws -> Void
  /// A number from 0 up to 1.
  public var chance: @Sendable () -> Double

  public init(
    now: @escaping @Sendable () -> Int64, sleep: @escaping @Sendable (Int64) async throws -> Void,
    chance: @escaping @Sendable () -> Double
  ) {
    self.now = now
    self.sleep = sleep
    self.chance = chance
  }

  /// The system's clock.
  public static let system: Timing = {
    let start = ContinuousClock.now
    return Timing(
      now: { (ContinuousClock.now - start).milliseconds },
      sleep: { try await Task.sleep(for: .milliseconds($0)) }, chance: { Double.random(in: 0..<1) })
  }()
}

extension Duration {
  var milliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }
}
