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

  /// Takes what is due, changed, or to be decided anew, page by page, until the service ends.
  func intake(_ beginning: ServiceBeginning) async {
    var rotation = beginning.rotation
    var reviews = ReviewTurn(swept: beginning.swept)
    while let stages = await rules.forNextPage(), let fetched = await fetch.next(stages.generation),
      let page = await recall.recall(fetched, by: stages.evaluate.rulebook)
    {
      let decided = stages.evaluate.decide(page, stages.suppress, &rotation)
      guard let kept = await pass(decided, stages) else { return }
      for assignment in kept.released { rotation.move(from: assignment, to: nil) }
      reviews.note(kept)
      while reviews.isDue(stages), let asked = await stages.reviews.next(&reviews) {
        guard await pass(asked, stages) != nil else { return }
      }
    }
  }

  /// Takes what was decided through the stages behind that.
  private func pass(_ decided: DecidedPage, _ stages: RulesInForce.Stages) async -> PageChanges? {
    guard let fresh = await stages.suppress.filter(decided) else { return nil }
    let grouped = group.assign(fresh)
    guard let kept = await record.keep(grouped) else { return nil }
    await announce(kept)
    if kept.swept == stages.generation {
      run.report(.swept(rulebook: stages.evaluate.rulebook.identity))
    }
    return kept
  }

  /// Sends what one notifier is to send, until the service ends.
  func send(by lane: DeliveryLane) async {
    while let pending = await lane.next() {
      let outcome = await lane.deliver(pending)
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
    }
  }
}
