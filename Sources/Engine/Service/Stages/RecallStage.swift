import PluginAPI
import RuleEvaluator
import TicketModel
import WorkingTime

/// The stage that says what is known of the tickets of a page. It reads no more of them than their ids.
struct RecallStage: Sendable {
  let run: ServiceRun
  let state: any ServiceState

  /// The page's tickets beside what the state knows of them; nil where the service ends.
  func recall(_ page: RecalledPage) async -> RecalledPage? {
    let ids = page.tickets.map(\.id) + page.fetched.missing
    if ids.isEmpty { return page }
    guard let known = await run.persist(.state, { try await state.recall(ids) }) else { return nil }
    var recalled = page
    for index in recalled.tickets.indices {
      recalled.tickets[index].before = known[recalled.tickets[index].id]
    }
    recalled.vanished = page.fetched.missing.compactMap { known[$0]?.memory }
    return recalled
  }

  /// Which tickets are on the page. What has no id, or is no JSON, is reported.
  func identify(_ fetched: FetchedPage, by stages: RulesInForce.Stages) -> RecalledPage {
    var decoder = TicketDecoder(layout: stages.evaluate.rulebook.idLayout)
    var (ticket, tickets) = (Ticket(), [RecalledTicket]())
    for (number, page) in fetched.pages.enumerated() {
      for flaw in page.malformed {
        run.report(.unreadable(source: page.source, line: flaw.line, message: flaw.message))
      }
      for (position, record) in page.records.enumerated() {
        do {
          try decoder.decode(page.buffer.span.bytes.extracting(record.range), into: &ticket)
        } catch {
          run.report(.unreadable(source: page.source, line: record.line, message: error.message))
          continue
        }
        guard let slot = ticket.slots.first, slot.kind == .text else {
          run.report(
            .unreadable(source: page.source, line: record.line, message: ServiceWording.noTicketID))
          continue
        }
        tickets.append(
          RecalledTicket(
            id: ticket.text(slot), page: number, record: position, digest: page.digest(of: record.range)))
      }
    }
    return RecalledPage(fetched, tickets, by: stages)
  }
}

/// A page beside what is known of its tickets.
struct RecalledPage: Sendable {
  var fetched: FetchedPage
  var tickets: [RecalledTicket]
  /// What is known of tickets that the store has no more.
  var vanished: [TicketMemory] = []
  /// What was given back meanwhile.
  var released: [Assignment] = []
  /// By which it is to be decided.
  let stages: RulesInForce.Stages

  init(_ fetched: FetchedPage, _ tickets: [RecalledTicket], by stages: RulesInForce.Stages) {
    self.stages = stages
    self.fetched = fetched
    self.tickets = tickets
  }
}

/// A ticket of a page: where it stands there, and what is known of it.
struct RecalledTicket: Sendable {
  var id: String
  /// The index in `FetchedPage.pages`.
  var page: Int
  /// The index in the page's records.
  var record: Int
  /// The hash of its record.
  var digest: UInt64
  /// Nil where it was never seen.
  var before: RememberedTicket?

  /// Whether nothing new can come of deciding the ticket: the same record, the same rules, and no timer that is due.
  func isUpToDate(generation: Int, at now: Instant) -> Bool {
    guard let memory = before?.memory else { return false }
    let isDue = memory.nextDue.map { $0 <= now } ?? false
    return memory.digest == digest && memory.generation == generation && !isDue
  }
}

extension Rulebook {
  /// Of the ticket's id alone, as text.
  fileprivate var idLayout: TicketLayout {
    let fields = idSlot.map { [schema.fields[$0]] } ?? []
    return TicketLayout(schema: Schema(fields), tracksHistory: false, localZone: timeZone)
  }
}

extension TicketPage {
  fileprivate func digest(of range: Range<Int>) -> UInt64 {
    buffer.withUnsafeBytes { StableHash.of(UnsafeRawBufferPointer(rebasing: $0[range])) }
  }
}
