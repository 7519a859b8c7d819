import ByteOutput
import PluginAPI
import Reports
import RuleEvaluator
import TicketModel
import WorkingTime

/// The stage that decides: records become decisions, and decisions the deliveries that they call for.
///
/// It holds one rulebook; when another takes effect, another stage takes its place, between two pages.
final class EvaluateStage: Sendable {
  let rulebook: Rulebook
  /// The number of the rules, from the state.
  let generation: Int
  private let run: ServiceRun
  private let planner: DeliveryPlanner
  private let json: DecisionJSON
  /// Whether the store takes decisions back.
  private let writesDecisions: Bool

  init(_ rulebook: Rulebook, generation: Int, run: ServiceRun, writesDecisions: Bool) {
    self.rulebook = rulebook
    self.generation = generation
    self.run = run
    self.writesDecisions = writesDecisions
    planner = DeliveryPlanner(rulebook, language: run.settings.language)
    json = DecisionJSON(rulebook, language: run.settings.language)
  }

  func decide(_ fetched: FetchedPage) -> DecidedPage {
    var result = DecidedPage(fetched, generation: generation)
    var decoder = TicketDecoder(layout: rulebook.layout)
    var evaluator = Evaluator(rulebook)
    var (ticket, decision) = (Ticket(), Decision())
    var line = ByteWriter()
    for page in fetched.pages {
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
        guard let id = rulebook.id(of: ticket) else {
          run.report(
            .unreadable(source: page.source, line: record.line, message: ServiceWording.noTicketID))
          continue
        }
        evaluator.evaluate(ticket, at: fetched.now, into: &decision)
        var decided = DecidedTicket(
          id: id, version: position < page.versions.count ? page.versions[position] : "",
          digest: page.digest(of: record.range), nextNotice: decision.nextNotice)
        decided.deliveries = planner.deliveries(for: decision, of: ticket, id: id, at: fetched.now)
        if writesDecisions {
          line.removeAll()
          json.write(decision, of: ticket, source: { page.place(ofLine: record.line) }, into: &line)
          decided.json = line.bytes.withoutNewline
        }
        result.tickets.append(decided)
      }
    }
    return result
  }
}

/// A page whose tickets have been decided.
struct DecidedPage: Sendable {
  var fetched: FetchedPage
  var generation: Int
  var tickets: [DecidedTicket] = []

  init(_ fetched: FetchedPage, generation: Int) {
    self.fetched = fetched
    self.generation = generation
    // The records themselves are not needed any more.
    self.fetched.pages = []
    tickets.reserveCapacity(fetched.pages.reduce(0) { $0 + $1.records.count })
  }
}

/// What was decided about one ticket.
struct DecidedTicket: Sendable {
  var id: String
  /// The version at which the store handed it over.
  var version: String
  /// The hash of its record.
  var digest: UInt64
  var deliveries: [PlannedDelivery] = []
  var nextNotice: Instant?
  /// The decision, where the store takes it back.
  var json: [UInt8] = []
}

extension TicketPage {
  fileprivate func digest(of range: Range<Int>) -> UInt64 {
    buffer.withUnsafeBytes { StableHash.of(UnsafeRawBufferPointer(rebasing: $0[range])) }
  }
}

extension [UInt8] {
  fileprivate var withoutNewline: [UInt8] {
    last == UInt8(ascii: "\n") ? Array(dropLast()) : self
  }
}
