public import PluginAPI
public import RuleEvaluator
import Synchronization
import WorkingTime

/// Watches tickets and tells people in time: each notice once, through every crash.
///
/// `run` does the work until `stop`; what it does in which order stands in `Pipeline`.
public final class Service: Sendable {
  /// A notifier under the name by which rules mean it.
  public struct NamedNotifier: Sendable {
    public var name: String
    public var notifier: any Notifier

    public init(_ name: String, _ notifier: any Notifier) {
      self.name = name
      self.notifier = notifier
    }
  }

  private let store: any TicketStore
  private let notifiers: [NamedNotifier]
  private let state: any ServiceState
  private let work: ServiceRun
  private let current: Mutex<(rulebook: Rulebook, pipeline: Pipeline?)>

  /// The store and the notifiers are open; the caller closes them, and the state, after `run`.
  public init(
    rulebook: Rulebook, store: any TicketStore, notifiers: [NamedNotifier], state: any ServiceState,
    clock: any ServiceClock, settings: ServiceSettings = ServiceSettings(),
    events: @escaping ServiceEvents = { _ in }
  ) {
    self.store = store
    self.notifiers = notifiers
    self.state = state
    work = ServiceRun(
      clock: clock, settings: settings, notifierNames: notifiers.map(\.name), events: events)
    current = Mutex((rulebook, nil))
  }

  /// Works until `stop`; called once.
  ///
  /// A full disk or a read-only state is reported and waited for.
  /// - Throws: the state is used by another process, damaged, or of a newer version.
  public func run() async throws(StateError) {
    guard let beginning = try await begin() else { return }
    let pipeline = await pipeline(beginning)
    await withTaskGroup(of: Bool.self) { group in
      group.addTask {
        await pipeline.intake(beginning)
        return true
      }
      for lane in pipeline.lanes {
        group.addTask {
          await pipeline.send(by: lane)
          return true
        }
      }
      group.addTask { [store, work] in
        await Self.passOnHints(of: store, to: pipeline.fetch, work)
        return false
      }
      var workers = pipeline.lanes.count + 1
      while workers > 0, let isWorker = await group.next() { workers -= isWorker ? 1 : 0 }
      group.cancelAll()
    }
  }

  /// Lets `run` return after what is under way has been recorded.
  public func stop() {
    work.stop()
    guard let pipeline = current.withLock({ $0.pipeline }) else { return }
    pipeline.fetch.ring()
    for lane in pipeline.lanes { lane.ring() }
  }

  /// Lets other rules hold from the next page on; all tickets are decided anew, and timers go on meanwhile.
  public func replaceRulebook(_ rulebook: Rulebook) {
    let pipeline = current.withLock { current in
      current.rulebook = rulebook
      return current.pipeline
    }
    pipeline?.rules.replace(by: rulebook)
  }

  /// How much the state holds, for health and gauges; nothing before it is open.
  public func counts() async throws(StateError) -> StateCounts {
    if current.withLock({ $0.pipeline == nil }) { return StateCounts(tickets: 0, outbox: [:], nextDue: nil) }
    return try await state.counts()
  }

  /// What fails at the moment, and is tried again.
  public var problems: [ServiceProblem] { work.problems }

  // MARK: - The beginning

  /// Opens the state; nil where the service ends before that.
  private func begin() async throws(StateError) -> ServiceBeginning? {
    var backoff = Backoff()
    while !work.isStopping {
      let now = work.clock.now()
      let identity = current.withLock { $0.rulebook.identity }
      do {
        let beginning = try await state.begin(
          rulebook: identity, notifiers: work.notifierNames,
          watchingSince: work.settings.watchingSince ?? now, at: now)
        if backoff.failures > 0 { work.succeeded(.state) }
        return beginning
      } catch {
        if !error.mayPass { throw error }
        _ = backoff.next()
        await work.pause(milliseconds: work.failed(.state, error))
      }
    }
    return nil
  }

  private func pipeline(_ beginning: ServiceBeginning) async -> Pipeline {
    let capabilities = await store.capabilities
    let writes = capabilities.contains(.write)
    let rulebook = current.withLock { $0.rulebook }
    let fetch = FetchStage(run: work, state: state, store: store, capabilities, beginning)
    let rules = RulesInForce(
      rulebook, run: work, state: state, store: store, fetch: fetch, writesDecisions: writes, beginning)
    let lanes = await lanes(ParcelWording(rulebook, work.settings))
    let pipeline = Pipeline(
      run: work, fetch: fetch, recall: RecallStage(run: work, state: state), rules: rules,
      group: GroupStage(),
      lanes: lanes, record: RecordStage(run: work, state: state, store: store, writesDecisions: writes),
      tidying: TidyStage(run: work, state: state))
    if beginning.swept < beginning.generation { await fetch.startSweep(beginning.generation) }
    work.report(.started(watchingSince: beginning.watchingSince, isFirst: beginning.isFirst))
    for name in beginning.waitingNotifiers where !notifiers.contains(where: { $0.name == name }) {
      work.report(.unknownNotifier(name: name, key: ""))
    }
    // Rules that came meanwhile.
    let latest = current.withLock { current in
      current.pipeline = pipeline
      return current.rulebook
    }
    rules.replace(by: latest)
    return pipeline
  }

  private func lanes(_ wording: ParcelWording) async -> [DeliveryLane] {
    var lanes = [DeliveryLane]()
    for named in notifiers {
      lanes.append(
        DeliveryLane(
          name: named.name, notifier: named.notifier,
          resolves: await named.notifier.capabilities.contains(.resolve), run: work, state: state,
          parcels: wording))
    }
    let resolving = Set(lanes.filter(\.resolves).map(\.name))
    await work.persist(.state) { try await self.state.setResolving(resolving) }
    return lanes
  }

  private static func passOnHints(
    of store: any TicketStore, to fetch: FetchStage, _ run: ServiceRun
  ) async {
    guard await store.capabilities.contains(.changes) else { return }
    let hints = await run.persist(.store) { try await store.changes() }
    guard let hints else { return }
    for await _ in hints { await fetch.hintChanges() }
  }
}
