import PluginAPI
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
  /// Holds the stages `evaluate` and `suppress`, which depend on the rules.
  let rules: RulesInForce
  let group: GroupStage
  /// The stage `deliver`: one lane a notifier.
  let lanes: [DeliveryLane]
  let record: RecordStage

  /// Takes what is due, changed, or to be decided anew, page by page, until the service ends.
  func intake() async {
    while let stages = await rules.forNextPage(), let page = await fetch.next(stages.generation) {
      let decided = stages.evaluate.decide(page)
      guard let fresh = await stages.suppress.filter(decided) else { return }
      let grouped = group.assign(fresh)
      guard let kept = await record.keep(grouped) else { return }
      await announce(kept)
    }
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
