import PluginAPI
import RuleEvaluator
import WorkingTime

/// The service's work. Each ticket, and each notice about it, passes through the stages in this order:
///
///     fetch > evaluate > suppress > group > deliver > record
///
/// `intake` takes pages of tickets up to the outbox, which is durable before anything of it is sent; `send` takes one
/// notifier's notices from there. A crash at any point repeats at most a page, which is recognised, and one call's notices,
/// whose keys are the same.
struct Pipeline: Sendable {
  let run: ServiceRun
  let fetch: FetchStage
  /// The second half of `fetch`: what is known of the tickets.
  let recall: RecallStage
  /// Holds the stages `evaluate` and `suppress`, and that for reviews, which depend on the rules.
  let rules: RulesInForce
  let group: GroupStage
  /// The stage `deliver`: one lane a notifier.
  let lanes: [DeliveryLane]
  let record: RecordStage
  let tidying: TidyStage

  /// Takes what is due, changed, or to be decided anew, page by page, until the service ends. A page of a reading is kept
  /// while the next is fetched and decided, which takes about as long.
  func intake(_ beginning: ServiceBeginning) async {
    var (rotation, reviews) = (beginning.rotation, ReviewTurn(swept: beginning.swept))
    var tidying = tidying
    var decided = DecidedPage(FetchedPage(now: beginning.watchedUntil))
    while true {
      if rules.isReplaced || tidying.isDue {
        // Other rules begin, and the state is tidied, where everything that was decided has been kept.
        guard let kept = await keep(decided, await rules.stages) else { return }
        rotation.release(kept.released)
        reviews.note(kept)
        decided = DecidedPage(FetchedPage(now: kept.now))
        await fetch.noteKept()
        if tidying.isDue {
          guard let tidied = await tidying.tidy() else { return }
          if let until = tidied.forgottenUntil { await rules.forget(until: until) }
        }
      }
      guard let stages = await rules.forNextPage() else { return }
      let before = decided
      async let keeping = keep(before, stages)
      if before.isDue { _ = await keeping }
      let fetched = await fetch.next(stages.generation)
      guard let page = fetched.map({ recall.identify($0, by: stages.evaluate.rulebook) }) else {
        _ = await keeping
        return
      }
      // What is known of a ticket that is on both is known once the first is kept.
      if before.shares(ticketsWith: page) { _ = await keeping }
      guard let recalled = await recall.recall(page) else { return }
      let next = stages.evaluate.decide(recalled, stages.suppress, &rotation)
      guard let kept = await keeping else { return }
      rotation.release(kept.released)
      reviews.note(kept)
      while reviews.isDue(stages), let asked = await stages.reviews.next(&reviews) {
        guard await keep(asked, stages) != nil else { return }
      }
      decided = next
    }
  }

  /// Takes what was decided through the stages behind that; nil where the service ends before it is kept.
  private func keep(_ decided: DecidedPage, _ stages: RulesInForce.Stages) async -> PageChanges? {
    guard let fresh = await stages.suppress.filter(decided) else { return nil }
    let grouped = group.assign(fresh)
    guard let kept = await record.keep(grouped) else { return nil }
    await announce(kept)
    if kept.swept != nil { run.report(.swept(rulebook: decided.rulebook)) }
    return kept
  }

  /// Sends what one notifier is to send, and lets it take back what has ended, until the service ends.
  func send(by lane: DeliveryLane) async {
    while let work = await lane.next() {
      let outcome = await lane.perform(work)
      guard await record.settle(outcome) else { return }
    }
  }

  /// Tells those who wait for it what has been kept.
  private func announce(_ changes: PageChanges) async {
    let timers = changes.tickets.compactMap(\.nextDue) + changes.timers.values
    await fetch.setTimer(timers.min())
    for lane in lanes {
      let first = changes.pending.lazy.filter { $0.notifier == lane.name }.map(\.notBefore).min()
      if let first { await lane.announce(first) }
      if lane.resolves, changes.mayEndSomething { await lane.announce(changes.now) }
    }
  }
}
