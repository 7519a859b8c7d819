import PluginAPI
import RuleEvaluator
import TicketModel
import WorkingTime

/// The stage that tells of reviews of frequent problems: after a page was kept, it looks at the groups of like tickets that
/// the page touched.
///
/// While all tickets are being read by new rules nothing is told, because the ticket that holds a review may come last.
struct RecurrenceStage: Sendable {
  let run: ServiceRun
  let state: any ServiceState
  let store: any TicketStore
  let rulebook: Rulebook
  private let planner: DeliveryPlanner

  init(_ rulebook: Rulebook, run: ServiceRun, state: any ServiceState, store: any TicketStore) {
    self.run = run
    self.state = state
    self.store = store
    self.rulebook = rulebook
    planner = DeliveryPlanner(rulebook, language: run.settings.language)
  }

  /// What is to be told of some of the touched groups; nil where none is left, or the service ends.
  func next(_ turn: inout ReviewTurn, by stages: RulesInForce.Stages) async -> DecidedPage? {
    let limit = Self.groupLimit
    guard let groups = await run.persist(.state, { try await state.touchedGroups(limit: limit) }),
      !groups.isEmpty
    else {
      turn.isTouched = false
      return nil
    }
    var page = DecidedPage(reviewsAt: run.clock.now(), by: stages)
    for touched in groups {
      guard await look(at: touched, into: &page) else { return nil }
    }
    return page
  }

  /// So that a transaction, and what is told at once, stay small.
  private static let groupLimit = 50

  private func look(at touched: TouchedGroup, into page: inout DecidedPage) async -> Bool {
    let review = rulebook.reviews.firstIndex { $0.id == touched.group.review && $0.recurrence != nil }
    guard let review, let recurrence = rulebook.reviews[review].recurrence else {
      page.changes.reviewed.append(ReviewedGroup(group: touched.group, due: nil))
      return true
    }
    let found = await run.persist(.state) { try await state.dueReview(of: touched.group, recurrence) }
    guard let found else { return false }
    var told = found?.ticket
    if let member = found, member.ticket != touched.told, member.at >= touched.boundary {
      guard let isTold = await tell(of: review, touched.group, member, into: &page) else { return false }
      // A waived review is looked at again when the ticket is, at the end of the waiver.
      if !isTold { told = nil }
    }
    page.changes.reviewed.append(ReviewedGroup(group: touched.group, due: told))
    return true
  }

  /// Reads the ticket with which the review fell due, since it says who is told.
  ///
  /// - Returns: false where a waiver lets nobody be told yet; nil where the service ends.
  private func tell(
    of review: Int, _ group: RecurrenceGroup, _ member: RecurrenceCount.Member, into page: inout DecidedPage
  ) async -> Bool? {
    let id = member.ticket
    guard let lookup = await run.persist(.store, { try await store.get([id]) }),
      let known = await run.persist(.state, { try await state.recall([id]) })
    else { return nil }
    let turn = known[id]?.memory.assignment.map { RotationOutcome.member($0.member) }
    var desk = Desk(rulebook)
    for source in lookup.tickets {
      for record in source.records where (try? desk.take(source, record, at: page.changes.now)) != nil {
        if desk.decision.waiver(of: .review(review), in: rulebook) >= 0 { return false }
        let subject = planner.subject(id, at: page.changes.now, of: desk.decision, rotation: turn)
        let planned = planner.deliveries(
          ofReview: review, group.values, member, desk.decision, of: desk.ticket, subject)
        for item in planned { add(item, of: group, to: &page) }
      }
    }
    return true
  }

  private func add(_ item: PlannedDelivery, of group: RecurrenceGroup, to page: inout DecidedPage) {
    for notifier in run.notifiers(named: item.notifiers, key: item.delivery.key) {
      page.candidates.append(Candidate(item, by: notifier, review: group))
    }
  }
}

/// When groups of like tickets are looked at.
struct ReviewTurn {
  /// The number of the rules by which all tickets have been read.
  private var swept: Int
  /// Whether groups may have been touched; also at the start, since a crash may have come between.
  var isTouched = true

  init(swept: Int) { self.swept = swept }

  mutating func note(_ kept: PageChanges) {
    swept = max(swept, kept.swept ?? 0)
    if !kept.tickets.isEmpty || !kept.vanished.isEmpty { isTouched = true }
  }

  func isDue(_ stages: RulesInForce.Stages) -> Bool {
    isTouched && swept >= stages.generation
  }
}
