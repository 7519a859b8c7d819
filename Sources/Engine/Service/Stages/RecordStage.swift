import PluginAPI
import WorkingTime

/// The stage that makes things last: decisions in the store, and in the state what waits and what was sent.
struct RecordStage: Sendable {
  let run: ServiceRun
  let state: any ServiceState
  let store: any TicketStore
  /// Whether the store takes decisions back.
  let writesDecisions: Bool

  /// Writes a page's decisions into the store.
  ///
  /// They go first: after a crash before `keep` the page comes again and they are written again, the same. A ticket that
  /// changed meanwhile, and one whose decision could not be written, are fetched again soon.
  func write(_ page: DecidedPage) async -> DecidedPage {
    if !writesDecisions || page.decisions.isEmpty { return page }
    var page = page
    await writeDecisions(of: &page)
    page.decisions = []
    return page
  }

  /// Keeps a page before anything of it is sent; false where the service ends before that.
  func keep(_ page: DecidedPage) async -> Bool {
    let changes = page.changes
    if !changes.isEmpty {
      guard await run.persist(.state, { try await state.keep(changes) }) != nil else { return false }
    }
    report(page)
    return true
  }

  /// Keeps what became of deliveries; false where the service ends before that.
  func settle(_ outcome: DeliveryOutcome) async -> Bool {
    let now = run.clock.now()
    if !outcome.settled.isEmpty {
      let kept: Void? = await run.persist(.state) { try await state.settle(outcome.settled, at: now) }
      if kept == nil { return false }
    }
    if !outcome.postponed.isEmpty {
      let kept: Void? = await run.persist(.state) { try await state.postpone(outcome.postponed, at: now) }
      if kept == nil { return false }
    }
    return await settleResolutions(outcome)
  }

  private func settleResolutions(_ outcome: DeliveryOutcome) async -> Bool {
    if !outcome.resolved.isEmpty {
      let kept: Void? = await run.persist(.state) { try await state.settle(resolutions: outcome.resolved) }
      if kept == nil { return false }
    }
    if outcome.postponedResolutions.isEmpty { return true }
    return await run.persist(.state) {
      try await state.postpone(resolutions: outcome.postponedResolutions)
    } != nil
  }

  private func writeDecisions(of page: inout DecidedPage) async {
    let results: [WriteResult]
    do {
      results = try await store.write(page.decisions)
      run.succeeded(.decisions)
    } catch {
      let wait = run.failed(.decisions, error)
      let again = run.clock.now().advanced(byMilliseconds: wait)
      for index in page.changes.tickets.indices { page.changes.tickets[index].wake(by: again) }
      return
    }
    var (written, conflicts) = (0, 0)
    let soon = page.changes.now.advanced(byMilliseconds: Self.conflictWait)
    var missing = Set<String>()
    for (index, result) in results.enumerated() where index < page.changes.tickets.count {
      switch result.status {
      case .written: written += 1
      case .conflict:
        conflicts += 1
        page.changes.tickets[index].wake(by: soon)
      case .missing: missing.insert(result.ticket)
      case .rejected(let reason): run.report(.decisionRejected(ticket: result.ticket, reason: reason))
      }
    }
    if !missing.isEmpty { page.forget(missing) }
    run.report(.decisions(written: written, conflicts: conflicts))
  }

  /// Before a ticket whose version was another by the time of writing is fetched again.
  private static let conflictWait: Int64 = 1_000

  private func report(_ page: DecidedPage) {
    let count = page.changes.tickets.count + page.unchanged
    if count > 0 { run.report(.evaluated(tickets: count, unchanged: page.unchanged)) }
    if !page.changes.pending.isEmpty { run.report(.queued(page.changes.pending.count)) }
    if !page.changes.withdrawn.isEmpty { run.report(.withdrawn(page.changes.withdrawn.count)) }
  }
}

extension DecidedPage {
  /// Takes out tickets that the store has no more.
  fileprivate mutating func forget(_ missing: Set<String>) {
    changes.released = changes.tickets.filter { missing.contains($0.id) }.compactMap(\.assignment)
    changes.tickets.removeAll { missing.contains($0.id) }
    changes.pending.removeAll { missing.contains($0.delivery.ticket) }
    changes.vanished += missing.sorted()
  }
}
