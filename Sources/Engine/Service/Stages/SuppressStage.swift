import PluginAPI
import WorkingTime

/// The stage that lets pass only what is to be sent and has not been: not what was delivered, waits already, is history, or
/// is needed by nobody any more.
struct SuppressStage: Sendable {
  let run: ServiceRun
  let state: any ServiceState
  let history: History

  /// What a page calls for that was not called for before. Nil where the service ends.
  func filter(_ page: DecidedPage) async -> FreshPage? {
    let remembered = await run.persist(.state) {
      page.tickets.isEmpty ? [:] : try await state.recall(page.tickets.map(\.id))
    }
    guard let remembered else { return nil }
    var fresh = FreshPage(page)
    for ticket in page.tickets {
      let before = remembered[ticket.id]
      if before.isUpToDate(ticket, page) {
        fresh.unchanged += 1
      } else {
        compare(ticket, with: before, page, into: &fresh)
      }
    }
    forgetVanished(page, into: &fresh)
    return await withoutSettled(fresh)
  }

  private func compare(
    _ ticket: DecidedTicket, with before: RememberedTicket?, _ page: DecidedPage,
    into fresh: inout FreshPage
  ) {
    let now = page.fetched.now
    var memory = TicketMemory(
      id: ticket.id, generation: page.generation, digest: ticket.digest, evaluatedAt: now,
      nextDue: ticket.nextNotice.map { max($0, now.advanced(byMilliseconds: 1)) },
      known: before?.memory.known ?? [], findings: before?.memory.findings ?? ReportedFindings())
    let boundary = history.boundary(of: ticket, before?.memory)
    let pending = before?.pending ?? []
    var wanted = Set<DeliveryName>()
    let known = Set(memory.known)
    for planned in ticket.deliveries.withCycles(of: &memory.findings) {
      let hash = StableHash.of(planned.delivery.key)
      // What is known stays so: a window that ended and is opened again calls for its old warnings once more.
      let isHistory = planned.due < boundary || known.contains(hash)
      for notifier in run.notifiers(of: planned) {
        let name = DeliveryName(planned.delivery.key, notifier)
        if pending.contains(name) {
          wanted.insert(name)
        } else if planned.due < history.beginning(of: notifier) {
          continue
        } else if isHistory {
          if !known.contains(hash), memory.known.last != hash { memory.known.append(hash) }
        } else {
          fresh.candidates.append((name, planned))
        }
      }
    }
    // What waits and is not called for any more is needed by nobody.
    fresh.changes.withdrawn += pending.subtracting(wanted).sorted { $0.key < $1.key }
    fresh.changes.tickets.append(memory)
    fresh.decisions.append(
      DecisionRecord(ticket: ticket.id, version: ticket.version, json: ticket.json))
  }

  /// What the store has no more loses its timers; what it neither has nor lacks is asked for again later.
  private func forgetVanished(_ page: DecidedPage, into fresh: inout FreshPage) {
    if page.fetched.asked.isEmpty { return }
    fresh.changes.vanished = page.fetched.missing
    let answered = Set(page.tickets.map(\.id)).union(page.fetched.missing)
    let unanswered = page.fetched.asked.filter { !answered.contains($0) }
    if unanswered.isEmpty { return }
    run.report(
      .problem(
        ServiceProblem(
          .store, ServiceWording.unanswered(unanswered.count), retryAfter: Self.unansweredWait)))
    let later = page.fetched.now.advanced(byMilliseconds: Self.unansweredWait)
    for id in unanswered { fresh.changes.timers[id] = later }
  }

  private static let unansweredWait: Int64 = 60_000

  private func withoutSettled(_ page: FreshPage) async -> FreshPage? {
    if page.candidates.isEmpty { return page }
    let names = page.candidates.map(\.name)
    guard let settled = await run.persist(.state, { try await state.settled(among: names) }) else {
      return nil
    }
    var page = page
    page.candidates.removeAll { settled.contains($0.name) }
    return page
  }
}

/// What a page calls for and was not called for before.
struct FreshPage: Sendable {
  var changes: PageChanges
  /// The decisions about the changed tickets, in the order of `changes.tickets`.
  var decisions: [DecisionRecord] = []
  var candidates: [(name: DeliveryName, planned: PlannedDelivery)] = []
  /// How many tickets were as they were known.
  var unchanged = 0

  init(_ page: DecidedPage) {
    changes = PageChanges(now: page.fetched.now)
    changes.watermark = page.fetched.watermark
    changes.swept = page.fetched.swept
    changes.watchedUntil = page.fetched.watchedUntil
  }
}

extension RememberedTicket? {
  /// Whether nothing new can come of deciding the ticket: the same record, the same rules, and no timer that is due.
  fileprivate func isUpToDate(_ ticket: DecidedTicket, _ page: DecidedPage) -> Bool {
    guard let memory = self?.memory else { return false }
    let isDue = memory.nextDue.map { $0 <= page.fetched.now } ?? false
    return memory.digest == ticket.digest && memory.generation == page.generation && !isDue
  }
}

extension [PlannedDelivery] {
  /// With the cycle of each finding in its key, from the second on.
  fileprivate func withCycles(of findings: inout ReportedFindings) -> [PlannedDelivery] {
    let present = Set(filter { $0.delivery.notice == Self.finding }.map(\.delivery.key))
    if present.isEmpty, findings.isEmpty { return self }
    let cycles = findings.update(present)
    return map { planned in
      guard planned.delivery.notice == Self.finding, let cycle = cycles[planned.delivery.key], cycle > 0
      else {
        return planned
      }
      var planned = planned
      planned.delivery.key += "~\(cycle)"
      return planned
    }
  }

  private static var finding: String { "finding" }
}
