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
    evaluator = Evaluator(rulebook, recordsTargets: rulebook.followsTargets)
  }

  /// - Parameter earlier: what earlier rules said of the ticket's targets.
  mutating func take(
    _ page: TicketPage, _ record: TicketPage.Record, at now: Instant, _ earlier: EarlierTargets? = nil
  ) throws(MalformedRecord) {
    evaluator.earlierTargets = earlier
    try decoder.decode(page.buffer.span.bytes.extracting(record.range), into: &ticket)
    evaluator.evaluate(ticket, at: now, into: &decision)
  }

  /// The targets that the windows of the ticket have had.
  func targets(_ rulebook: Rulebook) -> TargetMemory {
    if decision.targets.isEmpty { return TargetMemory() }
    let courses = decision.targets.map { (rulebook.windows[$0.window].id, $0.eras) }
    return TargetMemory(
      earlier: evaluator.earlierTargets?.courses ?? [:],
      last: Dictionary(courses, uniquingKeysWith: { first, _ in first }))
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
