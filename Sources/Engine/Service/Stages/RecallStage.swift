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
  ///
  /// Of an id that stands twice the first ticket is taken: each would else change the other at every reading, and a finding that
  /// only one of them has would be told again and again.
  func identify(_ fetched: FetchedPage, by stages: RulesInForce.Stages) -> RecalledPage {
    var reader = IdentityReader(stages.evaluate.rulebook)
    var (tickets, known) = ([RecalledTicket](), [String: Int]())
    for (number, page) in fetched.pages.enumerated() {
      for flaw in page.malformed {
        run.reportUnreadable(page.source, line: flaw.line, flaw.message)
      }
      for (position, record) in page.records.enumerated() {
        let digest = page.digest(of: record.range)
        do throws(Unreadable) {
          let id = try reader.id(of: record, on: page)
          if let first = known[id] {
            let place = fetched.place(of: tickets[first], seenFrom: page)
            throw Unreadable(message: ServiceWording.standsTwice(id, first: place))
          }
          known[id] = tickets.count
          tickets.append(RecalledTicket(id: id, page: number, record: position, digest: digest))
        } catch {
          run.reportUnreadable(page.source, line: record.line, error.message, digest: digest)
        }
      }
    }
    return RecalledPage(fetched, tickets, by: stages)
  }
}

/// Why a record is no ticket to decide.
private struct Unreadable: Error {
  var message: String
}

/// Reads no more of a record than which ticket it is.
private struct IdentityReader {
  private var decoder: TicketDecoder
  private var ticket = Ticket()

  init(_ rulebook: Rulebook) { decoder = TicketDecoder(layout: rulebook.idLayout) }

  mutating func id(of record: TicketPage.Record, on page: TicketPage) throws(Unreadable) -> String {
    do {
      try decoder.decode(page.buffer.span.bytes.extracting(record.range), into: &ticket)
    } catch {
      throw Unreadable(message: error.message)
    }
    guard let slot = ticket.slots.first, slot.kind == .text else {
      throw Unreadable(message: ServiceWording.noTicketID)
    }
    return ticket.text(slot)
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

extension FetchedPage {
  /// Where a ticket stands, for a reader of `page`; nil where its store knows no lines.
  fileprivate func place(of ticket: RecalledTicket, seenFrom page: TicketPage) -> String? {
    let own = pages[ticket.page]
    let line = own.records[ticket.record].line
    if line == 0 { return own.source == page.source ? nil : own.source }
    return own.source == page.source ? "line \(line)" : own.place(ofLine: line)
  }
}
