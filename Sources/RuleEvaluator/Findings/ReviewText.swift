import ByteOutput
import TicketModel

/// Words for reviews of frequent problems.
extension FindingText {
  /// What is said of the ticket with which a review fell due.
  ///
  /// - Parameters:
  ///   - index: of the review, which counts tickets.
  ///   - group: `ReviewContribution.group`.
  public func message(
    ofReview index: Int, group: String, _ member: RecurrenceCount.Member
  ) -> String {
    let review = rulebook.reviews[index]
    guard let recurrence = review.recurrence else { return "" }
    let texts = group.split(separator: ReviewContribution.separator, omittingEmptySubsequences: false)
    let values = zip(recurrence.fields, texts).map { slot, text in
      (slot: slot, text: label(of: String(text), slot: slot))
    }
    let missing = review.required.enumerated().filter { member.missing >> UInt64($0.offset) & 1 == 1 }.map {
      labels[$0.element]
    }
    let facts = facts(recurrence, values, missing)
    guard let template = review.message else { return facts }
    var message = ""
    var namesFields = false
    for segment in template.segments(in: tag) {
      switch segment {
      case .text(let text): message += text
      case .missingField:
        message += missing.joined(separator: language == .chinese ? "、" : ", ")
        namesFields = true
      case .field(let slot): message += values.first { $0.slot == slot }?.text ?? member.ticket
      case .notice: break
      }
    }
    if namesFields { return message }
    return message + (language == .chinese ? "（\(facts)）" : " (\(facts))")
  }

  private func facts(
    _ recurrence: Review.Recurrence, _ values: [(slot: Int, text: String)], _ missing: [String]
  ) -> String {
    let period = DurationText(milliseconds: recurrence.milliseconds, isWorking: false).text(language)
    if language == .chinese {
      let group = values.map { "“\(labels[$0.slot])”为“\($0.text)”" }.joined(separator: "、")
      let fields = missing.map { "“\($0)”" }.joined(separator: "、")
      return "\(group)的工单在\(period)内达到 \(recurrence.count) 张，须复盘，缺少\(fields)"
    }
    let group = values.map { "\(labels[$0.slot]) \($0.text)" }.joined(separator: " and ")
    let verb = missing.count == 1 ? "is" : "are"
    return
      "\(recurrence.count) tickets with \(group) within \(period) need a review: \(missing.joined(separator: ", ")) \(verb) missing"
  }

  /// A choice by its label.
  private func label(of text: String, slot: Int) -> String {
    guard case .choice(let domain) = rulebook.schema.fields[slot].type, let index = domain.index(of: text)
    else { return shortened(text) }
    return label(ofChoice: index, slot: slot)
  }
}

extension Rulebook {
  /// How findings of a review refer to it.
  public func reference(ofReview index: Int) -> FindingReference {
    let review = reviews[index]
    return FindingReference(rule: review.id, place: review.place, severity: review.severity, field: nil)
  }
}
