import PluginAPI
import WorkingTime

/// The stage that lets pass only what is to be sent and has not been: not what was delivered, waits already, is history, or
/// is needed by nobody any more.
struct SuppressStage: Sendable {
  let run: ServiceRun
  let state: any ServiceState
  let history: History

  /// A notice that may have to be sent, and who sends it.
  struct News {
    var notice: PlannedNotice
    var notifiers: [String]
    var names: [DeliveryName] { notifiers.map { DeliveryName(notice.key, $0) } }
  }

  /// What to do about the notices of a ticket.
  struct Judgement {
    var news: [News] = []
    /// What waits and is not called for any more is needed by nobody.
    var withdrawn: [DeliveryName] = []
  }

  /// Tells apart what is history, what waits already, and what may have to be sent. Called for each ticket that is decided,
  /// before anything is put into words.
  ///
  /// - Parameter memory: what is history is kept there. What is known stays so: a window that ended and is opened again
  ///   calls for its old warnings once more.
  func judge(
    _ notices: [PlannedNotice], of ticket: RecalledTicket, _ memory: inout TicketMemory
  ) -> Judgement {
    let pending = ticket.before?.pending ?? []
    var judgement = Judgement()
    if notices.isEmpty, pending.isEmpty { return judgement }
    let boundary = history.boundary(of: ticket)
    let known = memory.known
    var wanted = Set<DeliveryName>()
    for notice in notices {
      let hash = StableHash.of(notice.key)
      let isHistory = notice.due < boundary || known.contains(hash)
      var notifiers = [String]()
      for notifier in run.notifiers(named: notice.notifiers, key: notice.key) {
        if !pending.isEmpty, pending.contains(DeliveryName(notice.key, notifier)) {
          wanted.insert(DeliveryName(notice.key, notifier))
        } else if history.precedes(notice.due, beginningOf: notifier) {
          continue
        } else if isHistory {
          if !known.contains(hash), memory.known.last != hash { memory.known.append(hash) }
        } else {
          notifiers.append(notifier)
        }
      }
      if !notifiers.isEmpty { judgement.news.append(News(notice: notice, notifiers: notifiers)) }
    }
    if !pending.isEmpty {
      judgement.withdrawn = pending.subtracting(wanted).sorted { $0.key < $1.key }
    }
    return judgement
  }

  /// Keeps what is history of waived windows, so that it stays so when their waivers end.
  func keepHistory(among notices: [PlannedNotice], of ticket: RecalledTicket, _ memory: inout TicketMemory) {
    let boundary = history.boundary(of: ticket)
    for notice in notices where notice.due < boundary {
      let hash = StableHash.of(notice.key)
      if !memory.known.contains(hash) { memory.known.append(hash) }
    }
  }

  /// A page without what was delivered before. Nil where the service ends.
  func filter(_ page: DecidedPage) async -> DecidedPage? {
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

extension [PlannedNotice] {
  /// With the cycle of each finding in its key, from the second on.
  func withCycles(of findings: inout ReportedFindings) -> [PlannedNotice] {
    if findings.isEmpty, !contains(where: \.isAboutFinding) { return self }
    let present = Set(lazy.filter(\.isAboutFinding).map(\.key))
    let cycles = findings.update(present)
    return map { notice in
      guard notice.isAboutFinding, let cycle = cycles[notice.key], cycle > 0 else { return notice }
      var notice = notice
      notice.key += "~\(cycle)"
      return notice
    }
  }
}
