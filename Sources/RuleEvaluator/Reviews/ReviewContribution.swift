public import TicketModel
public import WorkingTime

/// What one ticket adds to the count of a review of frequent problems; small, so that it can be kept in a database.
public struct ReviewContribution: Hashable, Sendable {
  /// The index in `Rulebook.reviews`.
  public var review: Int
  /// The values of the fields that the review groups by, as rules write them, with U+001F between them: the same for
  /// tickets that are alike.
  public var group: String
  /// When the ticket came.
  public var at: Instant
  /// The fields that the ticket lacks: bit i for the review's i-th. 0 means that this ticket holds the review.
  public var missing: UInt64
  /// The index in `Rulebook.waivers` of the waiver that takes the review back if it falls due with this ticket; -1 for none.
  public var waiver: Int

  public init(review: Int, group: String, at: Instant, missing: UInt64, waiver: Int = -1) {
    self.review = review
    self.group = group
    self.at = at
    self.missing = missing
    self.waiver = waiver
  }

  static let separator: Character = "\u{1F}"
}

extension Evaluator {
  /// What the ticket that was evaluated last adds to the counts of reviews; mostly nothing.
  ///
  /// A ticket without a value in one of the group's fields, or without its instant, is not counted, nor is one that is yet
  /// to come. Called by the check of a whole store, and by a service for each ticket that changes.
  public mutating func contributions(
    of ticket: borrowing Ticket, _ decision: borrowing Decision
  ) -> [ReviewContribution] {
    var contributions = [ReviewContribution]()
    for index in decision.countedReviews.indices {
      let review = decision.countedReviews[index]
      guard var contribution = contribution(to: review, of: ticket) else { continue }
      contribution.waiver = decision.waiver(of: .review(review), in: rulebook)
      contributions.append(contribution)
    }
    return contributions
  }

  private mutating func contribution(to index: Int, of ticket: borrowing Ticket) -> ReviewContribution? {
    let review = rulebook.reviews[index]
    guard let recurrence = review.recurrence else { return nil }
    let at = values.elements[recurrence.instant]
    guard at.kind == .instant, at.integer <= values.elements[rulebook.nowSlot].integer else { return nil }
    var group = [String]()
    for slot in recurrence.fields {
      let value = values.elements[slot]
      if value.kind == .absent || value.kind == .invalid { return nil }
      group.append(rulebook.text(of: value, inSlot: slot, ticket))
    }
    var missing: UInt64 = 0
    for (position, slot) in review.required.enumerated() where values.elements[slot].kind == .absent {
      missing |= 1 << UInt64(position)
    }
    return ReviewContribution(
      review: index, group: Self.joined(group), at: Instant(milliseconds: at.integer), missing: missing)
  }

  /// A text that holds the separator itself must not pass for two.
  private static func joined(_ values: [String]) -> String {
    values.map { value in
      value.utf8.contains(0x1F) ? value.replacing("\u{1F}", with: "\u{FFFD}") : value
    }.joined(separator: String(ReviewContribution.separator))
  }
}
