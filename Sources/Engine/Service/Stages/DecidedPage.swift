import PluginAPI
import WorkingTime

/// A page whose tickets have been decided: what is new.
struct DecidedPage: Sendable {
  var changes: PageChanges
  /// The decisions about the changed tickets, in the order of `changes.tickets`; none where the store takes none.
  var decisions: [DecisionRecord] = []
  var candidates: [Candidate] = []
  /// How many tickets were as they were known.
  var unchanged = 0
  /// Whether it was fetched; else it asks for reviews.
  let isFetched: Bool
  /// By which it was decided.
  let stages: RulesInForce.Stages

  /// One that asks for reviews.
  init(reviewsAt now: Instant, by stages: RulesInForce.Stages) {
    isFetched = false
    self.stages = stages
    changes = PageChanges(now: now)
  }

  init(_ page: FetchedPage, by stages: RulesInForce.Stages) {
    isFetched = true
    self.stages = stages
    changes = PageChanges(now: page.now)
    changes.watermark = page.watermark
    changes.swept = page.swept
    changes.watchedUntil = page.watchedUntil
  }

  /// Takes what was decided about other tickets of the same page.
  mutating func add(_ other: DecidedPage) {
    changes.add(other.changes)
    decisions += other.decisions
    candidates += other.candidates
    unchanged += other.unchanged
  }
}

/// A delivery that may have to be sent.
struct Candidate: Sendable {
  var name: DeliveryName
  var planned: PlannedDelivery
  /// What a review counts, where it is about that.
  var review: RecurrenceGroup?

  init(_ planned: PlannedDelivery, by notifier: String, review: RecurrenceGroup? = nil) {
    name = DeliveryName(planned.delivery.key, notifier)
    self.planned = planned
    self.review = review
  }
}
