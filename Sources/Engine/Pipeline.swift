import PluginAPI
import RuleEvaluator
import WorkingTime

/// The service's work. Each ticket, and each notice about it, passes through the stages in this order:
///
///     fetch > evaluate > suppress > group > deliver > record
///
/// `intake` takes pages of tickets up to the outbox, which is durable before anything of it is sent; `send` takes one
/// notifier's notices from there. A crash at any point repeats at most the pages under way, which are recognised, and one call's
/// notices, whose keys are the same.
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

  /// Takes what is due, changed, or to be decided anew, page by page, until the service ends.
  ///
  /// Four lanes work at once, each on a page of its own: to fetch it, to decide it, to write its decisions, and to keep what
  /// came of it. Each takes about as long as the others, and half of them wait for disks.
  func intake(_ beginning: ServiceBeginning) async {
    let (fetched, decided, written) = (
      Handover<RecalledPage>(), Handover<DecidedPage>(), Handover<DecidedPage>()
    )
    let kept = Handover<[Assignment]>()
    async let deciding: Void = decide(fetched, into: decided, beginning.rotation)
    async let writing: Void = write(decided, into: written)
    async let keeping: Void = keep(written, into: kept, ReviewTurn(swept: beginning.swept))
    await fetch(into: fetched, PagesUnderway(until: kept))
    _ = await (deciding, writing, keeping)
  }

  private func fetch(into fetched: Handover<RecalledPage>, _ underway: PagesUnderway) async {
    var (underway, tidying) = (underway, tidying)
    defer { fetched.close() }
    while true {
      if rules.isReplaced || tidying.isDue {
        // Other rules begin, and the state is tidied, where everything that was fetched has been kept.
        guard await underway.finish(), await tidy(&tidying), await rules.adoptWaiting() else { return }
      }
      let stages = await rules.stages
      guard let next = await fetch.next(stages.generation) else { return }
      if next.isEmpty { continue }
      let page = recall.identify(next, by: stages)
      // What is known of a ticket is known once what was decided about it before is kept.
      if underway.share(ticketsWith: page) { guard await underway.finish() else { return } }
      guard var recalled = await recall.recall(page), await underway.makeRoom() else { return }
      recalled.released = underway.takeReleased()
      underway.add(recalled)
      fetched.pass(recalled)
    }
  }

  /// False where the service ends.
  private func tidy(_ tidying: inout TidyStage) async -> Bool {
    if !tidying.isDue { return true }
    guard let tidied = await tidying.tidy() else { return false }
    if let until = tidied.forgottenUntil { await rules.forget(until: until) }
    return true
  }

  /// Ends with the last page, or where the service ends before that.
  private func decide(
    _ fetched: Handover<RecalledPage>, into decided: Handover<DecidedPage>, _ rotation: Rotation
  ) async {
    var rotation = rotation
    defer { decided.close() }
    for await page in fetched.items {
      rotation.release(page.released)
      let next = await page.stages.evaluate.decide(page, page.stages.suppress, &rotation)
      guard let fresh = await page.stages.suppress.filter(next) else { return }
      decided.pass(group.assign(fresh))
    }
  }

  private func write(_ decided: Handover<DecidedPage>, into written: Handover<DecidedPage>) async {
    defer { written.close() }
    for await page in decided.items { written.pass(await record.write(page)) }
  }

  /// Keeps pages, and asks for the reviews for which they give reason, until the last page, or the service's end.
  private func keep(
    _ written: Handover<DecidedPage>, into kept: Handover<[Assignment]>, _ reviews: ReviewTurn
  ) async {
    var reviews = reviews
    defer { kept.close() }
    for await page in written.items {
      guard await keep(page) else { return }
      reviews.note(page.changes)
      while reviews.isDue(page.stages), let asked = await page.stages.reviews.next(&reviews, by: page.stages)
      {
        guard let fresh = await page.stages.suppress.filter(asked), await keep(group.assign(fresh)) else {
          return
        }
      }
      kept.pass(page.changes.released)
    }
  }

  private func keep(_ page: DecidedPage) async -> Bool {
    guard await record.keep(page) else { return false }
    await announce(page)
    return true
  }

  /// Sends what one notifier is to send, and lets it take back what has ended, until the service ends.
  func send(by lane: DeliveryLane) async {
    while let work = await lane.next() {
      let outcome = await lane.perform(work)
      guard await record.settle(outcome) else { return }
    }
  }

  /// Tells those who wait for it what has been kept.
  private func announce(_ page: DecidedPage) async {
    let changes = page.changes
    let timers = changes.tickets.compactMap(\.nextDue) + changes.timers.values
    await fetch.setTimer(timers.min())
    if page.isFetched { await fetch.noteKept() }
    for lane in lanes {
      let first = changes.pending.lazy.filter { $0.notifier == lane.name }.map(\.notBefore).min()
      if let first { await lane.announce(first) }
      if lane.resolves, changes.mayEndSomething { await lane.announce(changes.now) }
    }
    if changes.swept != nil { run.report(.swept(rulebook: page.stages.evaluate.rulebook.identity)) }
  }
}
