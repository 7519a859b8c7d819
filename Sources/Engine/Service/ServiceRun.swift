import PluginAPI
import Synchronization
import WorkingTime

/// What all stages of one run share: the clock, the settings, who listens, and whether it is to end.
final class ServiceRun: Sendable {
  let clock: any ServiceClock
  let settings: ServiceSettings
  /// The names of the notifiers' instances, in the order of the configuration.
  let notifierNames: [String]
  private let events: ServiceEvents
  private let state: Mutex<State>

  private struct State {
    var isStopping = false
    var lastNow = Instant(milliseconds: .min)
    /// How often what is not waited for in place has failed.
    var backoffs: [ServiceProblem.Source: Backoff] = [:]
    /// What fails at the moment.
    var problems: [ServiceProblem.Source: ServiceProblem] = [:]
    var unknownNotifiers = Set<String>()
    /// What could not be read, and was reported.
    var unreadable = RecentReports()
  }

  init(
    clock: any ServiceClock, settings: ServiceSettings, notifierNames: [String],
    events: @escaping ServiceEvents
  ) {
    self.clock = clock
    self.settings = settings
    self.notifierNames = notifierNames
    self.events = events
    state = Mutex(State())
  }

  func report(_ event: ServiceEvent) { events(event) }

  /// Reports a record that cannot be decided: once while it stays as it is, however often it is read.
  ///
  /// - Parameter digest: the hash of the record, where there is one: not all stores know lines.
  func reportUnreadable(_ source: String, line: Int, _ message: String, digest: UInt64 = 0) {
    let hash = StableHash.of("\(source):\(line):\(digest):\(message)")
    guard state.withLock({ $0.unreadable.insert(hash) }) else { return }
    report(.unreadable(source: source, line: line, message: message))
  }

  // MARK: - The end

  var isStopping: Bool { Task.isCancelled || state.withLock { $0.isStopping } }

  func stop() { state.withLock { $0.isStopping = true } }

  // MARK: - The clock

  /// Reads the clock and says by how much it jumped since the last time, if it did: back by more than a second, or ahead by
  /// more than a minute, since it is read every second.
  func tick() -> (now: Instant, jump: Int64) {
    let now = clock.now()
    let last = state.withLock { state in
      defer { state.lastNow = now }
      return state.lastNow
    }
    guard last.milliseconds != .min else { return (now, 0) }
    let passed = now.milliseconds(since: last)
    let jump = passed < -1_000 || passed > 60_000 ? passed : 0
    if jump != 0 { report(.clockJumped(jump)) }
    return (now, jump)
  }

  /// Waits in steps of a second at most, so that a stop is noticed.
  func pause(milliseconds: Int64) async {
    var rest = milliseconds
    while rest > 0, !isStopping {
      let step = min(rest, 1_000)
      await clock.wait(milliseconds: step)
      rest -= step
    }
  }

  // MARK: - Failures

  /// Does `body` until it succeeds, with longer and longer waits; nil where the service ends before that.
  func persist<Result: Sendable>(
    _ source: ServiceProblem.Source, _ body: @Sendable () async throws -> Result
  ) async -> Result? {
    var backoff = Backoff()
    while true {
      do {
        let result = try await body()
        if backoff.failures > 0 { ended(source) }
        return result
      } catch {
        let wait = min(backoff.next(asked: asked(error)), Self.longestPersistence)
        began(problem(source, error, wait))
        await pause(milliseconds: wait)
        if isStopping { return nil }
      }
    }
  }

  /// Between two attempts at what everything else waits for.
  private static let longestPersistence: Int64 = 30_000

  /// Reports a failure and answers how long to wait.
  func failed(_ source: ServiceProblem.Source, _ error: any Error) -> Int64 {
    let asked = asked(error)
    let wait = state.withLock { $0.backoffs[source, default: Backoff()].next(asked: asked) }
    began(problem(source, error, wait))
    return wait
  }

  func succeeded(_ source: ServiceProblem.Source) {
    let failed = state.withLock { state in
      state.backoffs.isEmpty ? nil : state.backoffs.removeValue(forKey: source)
    }
    if failed != nil { ended(source) }
  }

  /// What fails at the moment.
  var problems: [ServiceProblem] { state.withLock { Array($0.problems.values) } }

  private func began(_ problem: ServiceProblem) {
    state.withLock { $0.problems[problem.source] = problem }
    report(.problem(problem))
  }

  private func ended(_ source: ServiceProblem.Source) {
    state.withLock { _ = $0.problems.removeValue(forKey: source) }
    report(.recovered(source))
  }

  private func asked(_ error: any Error) -> Int64? { (error as? PluginError)?.retryAfterMilliseconds }

  private func problem(_ source: ServiceProblem.Source, _ error: any Error, _ wait: Int64) -> ServiceProblem {
    switch error {
    case let error as StateError:
      ServiceProblem(source, error.message, hint: error.hint, retryAfter: wait)
    case let error as PluginError:
      ServiceProblem(source, error.message, hint: error.hint, retryAfter: wait)
    default: ServiceProblem(source, "\(error)", retryAfter: wait)
    }
  }

  // MARK: - Notifiers

  /// Those that send the notice with this key, all where it names none; a name that is none is reported once.
  func notifiers(named names: [String]?, key: @autoclosure () -> String) -> [String] {
    guard let names else { return notifierNames }
    return names.filter { name in
      if notifierNames.contains(name) { return true }
      if state.withLock({ $0.unknownNotifiers.insert(name).inserted }) {
        report(.unknownNotifier(name: name, key: key()))
      }
      return false
    }
  }
}
