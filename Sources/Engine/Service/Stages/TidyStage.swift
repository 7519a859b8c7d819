import WorkingTime

/// The stage that keeps the state small: once a minute it forgets a few keys of deliveries that nobody asks for any more.
///
/// It runs where no ticket is on its way through the pipeline, because it writes what those would overwrite.
struct TidyStage: Sendable {
  private let run: ServiceRun
  private let state: any ServiceState
  private var nextAt = Instant(milliseconds: .min)

  init(run: ServiceRun, state: any ServiceState) {
    self.run = run
    self.state = state
  }

  /// A ticket is quiet, and one that is gone does not come back, after so many milliseconds: 30 days.
  static let quiet: Int64 = 30 * 86_400_000
  private static let interval: Int64 = 60_000
  /// So that a step takes a few milliseconds.
  private static let ticketLimit = 100

  /// Also where the clock was set back.
  var isDue: Bool {
    let wait = nextAt.milliseconds == .min ? 0 : nextAt.milliseconds(since: run.clock.now())
    return wait <= 0 || wait > Self.interval
  }

  /// One step; nil where the service ends.
  mutating func tidy() async -> Tidied? {
    let now = run.clock.now()
    nextAt = now.advanced(byMilliseconds: Self.interval)
    let (state, quietSince) = (state, now.advanced(byMilliseconds: -Self.quiet))
    let tidied = await run.persist(.state) {
      try await state.tidy(quietSince: quietSince, limit: Self.ticketLimit)
    }
    if let tidied, tidied.keys > 0 { run.report(.forgotten(tidied.keys)) }
    return tidied
  }
}
