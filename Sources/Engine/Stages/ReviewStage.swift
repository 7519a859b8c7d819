import RuleEvaluator

/// The stage that counts frequent problems over all tickets, and tells of reviews that are due when the last has passed.
///
/// Keeps an instant and an id of each ticket that a review counts; rules without such reviews cost nothing.
struct ReviewStage {
  private let evaluation: PageEvaluation
  private var groups: [Group: RecurrenceCount] = [:]
  /// The waivers of tickets that a review counts, where there are any.
  private var waivers: [WaivedTicket: Int] = [:]

  private struct WaivedTicket: Hashable {
    var review: Int
    var ticket: String
  }

  private struct Group: Hashable {
    var review: Int
    var values: String
  }

  /// A review that fell due with a ticket.
  private struct Due {
    var group: Group
    var member: RecurrenceCount.Member
  }

  init(_ evaluation: PageEvaluation) { self.evaluation = evaluation }

  /// Counts the tickets of a page.
  mutating func count(_ page: inout EvaluatedPage) {
    for counted in page.counted {
      let contribution = counted.contribution
      if counted.waiver >= 0 {
        waivers[WaivedTicket(review: contribution.review, ticket: counted.ticket)] = counted.waiver
      }
      let member = RecurrenceCount.Member(
        at: contribution.at, ticket: counted.ticket, missing: contribution.missing)
      groups[Group(review: contribution.review, values: contribution.group), default: RecurrenceCount()].add(
        member)
    }
    page.counted = []
  }

  /// What there is to say once all pages have passed; nil where no review is due.
  mutating func finish(fraction: Double?) -> EvaluatedPage? {
    var due = [Due]()
    for group in Array(groups.keys) {
      guard let recurrence = evaluation.rulebook.reviews[group.review].recurrence,
        let member = groups[group]?.due(recurrence)
      else { continue }
      due.append(Due(group: group, member: member))
    }
    if due.isEmpty { return nil }
    due.sort {
      ($0.group.review, $0.member, $0.group.values) < ($1.group.review, $1.member, $1.group.values)
    }
    var page = EvaluatedPage(number: 0, source: "", fraction: fraction)
    for item in due {
      let waiver = waivers[WaivedTicket(review: item.group.review, ticket: item.member.ticket)] ?? -1
      evaluation.report(
        review: item.group.review, item.group.values, item.member, waiver: waiver, in: &page)
    }
    return page
  }
}
