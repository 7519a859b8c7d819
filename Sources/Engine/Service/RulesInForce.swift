import PluginAPI
import RuleEvaluator
import Synchronization
import WorkingTime

/// The rules by which the next page is decided. Others take effect between two pages, after the state has noted them.
actor RulesInForce {
  /// The stages that depend on the rules.
  struct Stages: Sendable {
    var evaluate: EvaluateStage
    var suppress: SuppressStage
    var reviews: RecurrenceStage
    var generation: Int { evaluate.generation }
  }

  private let run: ServiceRun
  private let state: any ServiceState
  private let store: any TicketStore
  private let writesDecisions: Bool
  private let fetch: FetchStage
  private let waiting = Mutex<Rulebook?>(nil)
  /// Those of the last page.
  private(set) var stages: Stages
  private var boundaries: [Int: Instant]

  init(
    _ rulebook: Rulebook, run: ServiceRun, state: any ServiceState, store: any TicketStore, fetch: FetchStage,
    writesDecisions: Bool, _ beginning: ServiceBeginning
  ) {
    self.run = run
    self.state = state
    self.store = store
    self.fetch = fetch
    self.writesDecisions = writesDecisions
    boundaries = beginning.boundaries
    stages = Stages(
      evaluate: EvaluateStage(
        rulebook, generation: beginning.generation, run: run, writesDecisions: writesDecisions),
      suppress: SuppressStage(
        run: run, state: state,
        history: History(
          watchingSince: max(beginning.watchingSince, beginning.forgottenUntil),
          boundaries: beginning.boundaries,
          notifiers: beginning.notifiers)),
      reviews: RecurrenceStage(rulebook, run: run, state: state, store: store))
  }

  /// Replaces the rules before the next page; of two, the later ones.
  nonisolated func replace(by rulebook: Rulebook) {
    waiting.withLock { $0 = rulebook }
    fetch.ring()
  }

  /// Of a ticket that is not known, what fell due before `instant` is history: the keys of some may be forgotten.
  func forget(until instant: Instant) {
    var history = stages.suppress.history
    history.watchingSince = max(history.watchingSince, instant)
    stages.suppress = SuppressStage(run: run, state: state, history: history)
  }

  /// Whether other rules wait for the next page.
  nonisolated var isReplaced: Bool { waiting.withLock { $0 != nil } }

  /// Lets the rules that wait take effect; false where the service ends before the state has noted them.
  ///
  /// To be called where everything that was fetched has been kept: what fell due before is then history.
  func adoptWaiting() async -> Bool {
    let next = waiting.withLock { waiting in
      defer { waiting = nil }
      return waiting
    }
    guard let next, next.identity != stages.evaluate.rulebook.identity else { return true }
    let boundary = min(await fetch.watchedUntil, run.clock.now())
    let adopted = await run.persist(.state) {
      try await self.state.adopt(rulebook: next.identity, since: boundary)
    }
    guard let adopted else { return false }
    boundaries[adopted] = boundary
    stages = Stages(
      evaluate: EvaluateStage(next, generation: adopted, run: run, writesDecisions: writesDecisions),
      suppress: SuppressStage(
        run: run, state: state,
        history: History(
          watchingSince: stages.suppress.history.watchingSince, boundaries: boundaries,
          notifiers: stages.suppress.history.notifiers)),
      reviews: RecurrenceStage(next, run: run, state: state, store: store))
    await fetch.startSweep(adopted)
    run.report(.rulesChanged(rulebook: next.identity))
    return true
  }
}
