import Diagnostics
import RuleEvaluator
import RuleSyntax
import TicketModel
import WorkingTime

/// `reviews`: what must have been learned from major and from frequent problems.
extension RulebookCompiler {
  /// A review of each ticket by itself asks for fields, as `required_fields` does: it becomes one of `requirements`.
  mutating func compileReviews(
    _ declarations: [ReviewDeclaration], _ workflow: Workflow?, _ requirements: inout [Requirement]
  ) -> [Review] {
    var reviews = [Review]()
    for declaration in declarations {
      guard let condition = condition(of: declaration, workflow) else { continue }
      let slots = declaration.required.compactMap { fieldSlot($0) }
      if slots.count > Review.largestFieldCount { report(.tooManyReviewFields(declaration.id)) }
      let recurrence = declaration.recurrence.map { compileRecurrence($0, of: declaration.id) }
      let message = compileMessage(declaration.message)
      if case .some(nil) = recurrence { continue }
      if let recurrence = recurrence ?? nil, let message = declaration.message {
        checkPlaceholders(message, recurrence, of: declaration.id)
      }
      let subject =
        (recurrence ?? nil).map { Review.Subject.recurrence($0) } ?? .ticket(requirement: requirements.count)
      let review = Review(
        id: declaration.id.value, place: declaration.place,
        severity: declaration.severity?.value ?? .error, condition: condition, required: slots,
        message: message, subject: subject)
      if recurrence == nil { requirements.append(Requirement(review)) }
      reviews.append(review)
    }
    return reviews
  }

  /// `when`, and the state: `from`, else for a review of one ticket the closed ones.
  private mutating func condition(of declaration: ReviewDeclaration, _ workflow: Workflow?) -> Condition? {
    let when = compileCondition(declaration.condition, of: declaration.id.value)
    var states: Condition? = Condition()
    if let from = declaration.from {
      states = compileFrom(from)
    } else if declaration.recurrence == nil, let workflow {
      states = closed(workflow, at: declaration.place)
    }
    guard let when, let states else { return nil }
    return Condition(states.terms + when.terms, expression: when.expression)
  }

  private func closed(_ workflow: Workflow, at place: Place) -> Condition {
    let name = scope.fieldNames[workflow.field]
    guard let own = scope.field(name), case .choice(let domain) = own.field.type else { return Condition() }
    let members = workflow.states.indices.filter { workflow.states[$0].category == .closed }
    return Condition([
      Condition.Term(
        name: name, slot: workflow.field, domain: own.field.type.domain, set: ValueSet(.members(members)),
        text: members.map { domain.choices[$0].key }.joined(separator: " | "), place: place)
    ])
  }

  // MARK: Recurrence

  private mutating func compileRecurrence(
    _ declaration: RecurrenceDeclaration, of id: Located<String>
  ) -> Review.Recurrence? {
    let fields = declaration.groupBy.map { groupSlot($0) }
    let count = declaration.count.map { reviewCount($0) } ?? nil
    let within = declaration.within.map { period($0) } ?? nil
    let instant = instantSlot(declaration.instant, of: id)
    guard !fields.contains(nil), let count, let within, let instant else { return nil }
    return Review.Recurrence(
      fields: fields.compactMap(\.self), instant: instant, count: count, milliseconds: within)
  }

  private mutating func groupSlot(_ name: Located<String>) -> Int? {
    guard let slot = fieldSlot(name), let field = scope.field(name.value)?.field else { return nil }
    switch field.type {
    case .list, .object: report(.groupOfParts(name, field.type))
    default:
      if !field.isMasked { return slot }
      report(.maskedField(name, "a review"))
    }
    return nil
  }

  private mutating func reviewCount(_ text: Located<String>) -> Int? {
    if let count = Int(text.value), 2...10_000 ~= count { return count }
    report(.badReviewCount(text))
    return nil
  }

  private mutating func period(_ text: Located<String>) -> Int64? {
    guard let duration = duration(text) else { return nil }
    if case .elapsed(let milliseconds) = duration { return milliseconds }
    report(.workingDurationAsValue(text))
    return nil
  }

  private mutating func instantSlot(_ name: Located<String>?, of id: Located<String>) -> Int? {
    guard let name else {
      if let own = scope.field("submitted_at"), own.field.type.isInstant { return own.slot }
      report(.reviewWithoutInstant(id))
      return nil
    }
    guard let slot = fieldSlot(name), let field = scope.field(name.value)?.field else { return nil }
    if field.type.isInstant { return slot }
    report(.reviewAtNoInstant(name, field.type))
    return nil
  }

  /// When the message is made, the tickets have gone by: only what they share is known, and the id of the last.
  private mutating func checkPlaceholders(
    _ message: MessageDeclaration, _ recurrence: Review.Recurrence, of id: Located<String>
  ) {
    let shared = Set(recurrence.fields + [scope.field("id")?.slot].compactMap(\.self))
    for translation in message.translations {
      let before = diagnostics.count
      let template = compileMessage(MessageDeclaration([translation]))
      // What is wrong with the text has been said when the message was compiled.
      diagnostics.removeSubrange(before...)
      for case .field(let slot) in template?.segments(in: "") ?? [] where !shared.contains(slot) {
        report(.reviewPlaceholder(scope.fieldNames[slot], id, at: translation.text.place))
      }
    }
  }
}

extension Requirement {
  fileprivate init(_ review: Review) {
    self.init(
      id: review.id, place: review.place, severity: review.severity, condition: review.condition,
      slots: review.required, message: review.message)
  }
}
