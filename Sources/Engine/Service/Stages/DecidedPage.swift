import PluginAPI

/// A page whose tickets have been decided: what is new.
struct DecidedPage: Sendable {
  var changes: PageChanges
  /// The decisions about the changed tickets, in the order of `changes.tickets`; none where the store takes none.
  var decisions: [DecisionRecord] = []
  var candidates: [Candidate] = []
  /// How many tickets were as they were known.
  var unchanged = 0
  /// Whether timers were due: until it is kept, the state would name the same tickets again.
  var isDue: Bool
  /// The identity of the rules by which it was decided.
  var rulebook: String

  init(_ page: FetchedPage, by rulebook: String = "") {
    self.rulebook = rulebook
    isDue = !page.asked.isEmpty
    changes = PageChanges(now: page.now)
    changes.watermark = page.watermark
    changes.swept = page.swept
    changes.watchedUntil = page.watchedUntil
    changes.tickets.reserveCapacity(page.pages.reduce(0) { $0 + $1.records.count })
  }

  /// Whether something about one of the page's tickets is about to be kept.
  func shares(ticketsWith page: RecalledPage) -> Bool {
    if changes.tickets.isEmpty && changes.vanished.isEmpty { return false }
    let ids = Set(changes.tickets.lazy.map(\.id)).union(changes.vanished)
    return page.tickets.contains { ids.contains($0.id) } || page.fetched.missing.contains(where: ids.contains)
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
