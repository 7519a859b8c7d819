import ByteOutput
import PluginAPI
import RuleEvaluator
import TicketModel
import WorkingTime

/// One ticket at a time, and the memory that is used again for the next.
struct Desk: ~Copyable {
  private(set) var ticket = Ticket()
  private(set) var decision = Decision()
  var line = ByteWriter()
  private var decoder: TicketDecoder
  private var evaluator: Evaluator

  init(_ rulebook: Rulebook) {
    decoder = TicketDecoder(layout: rulebook.layout)
    evaluator = Evaluator(rulebook)
  }

  mutating func take(
    _ page: TicketPage, _ record: TicketPage.Record, at now: Instant
  ) throws(MalformedRecord) {
    try decoder.decode(page.buffer.span.bytes.extracting(record.range), into: &ticket)
    evaluator.evaluate(ticket, at: now, into: &decision)
  }

  mutating func contributions(
    _ rulebook: Rulebook, boundary: @autoclosure () -> Instant
  ) -> [KeptContribution] {
    if decision.countedReviews.isEmpty { return [] }
    let boundary = boundary()
    return evaluator.contributions(of: ticket, decision).map { contribution in
      KeptContribution(
        group: RecurrenceGroup(review: rulebook.reviews[contribution.review].id, values: contribution.group),
        at: contribution.at, missing: contribution.missing, boundary: boundary)
    }
  }
}
