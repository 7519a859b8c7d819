import Diagnostics
import Engine
import PluginAPI
import RuleEvaluator
import TicketModel
import WorkingTime

/// A notice as tests speak of it: what goes out, on behalf of which rule.
struct NoticeFact {
  /// The notification or the escalation; without notifications the window.
  var rule: String
  var event: String
  /// The index of the window that it is about.
  var window: Int?
  /// When it may be sent.
  var at: Instant
  var recipients: [String]

  func matches(_ expected: ExpectedNotice) -> Bool {
    if let rule = expected.rule, rule.value != self.rule { return false }
    if let event = expected.event, event.value.rawValue != self.event { return false }
    if let window = expected.window, window.value != self.window { return false }
    if let at = expected.at, at.value != self.at { return false }
    return expected.recipients.map { $0.value.sorted() == recipients.sorted() } ?? true
  }
}

/// What people are told: all that fell due by the instant, while its cause lasts.
extension CaseRunner {
  func compare(
    _ expected: ExpectedList<ExpectedNotice>, _ testCase: TestCase, at now: Instant,
    into mismatches: inout [Mismatch]
  ) {
    let facts = noticeFacts(testCase, at: now)
    for item in expected.present where !facts.contains(where: { $0.matches(item) }) {
      var mismatch = Mismatch(ResultWording.missing("notice", text(item)), at: item.place)
      mismatch.hint = hint(facts)
      mismatches.append(mismatch)
    }
    for item in expected.missing {
      for fact in facts where fact.matches(item) {
        mismatches.append(Mismatch(ResultWording.unexpected("notice", text(fact)), at: item.place))
      }
    }
    guard expected.isExact else { return }
    for fact in facts where !expected.present.contains(where: { fact.matches($0) }) {
      mismatches.append(Mismatch(ResultWording.unexpected("notice", text(fact)), at: expected.place))
    }
  }

  private func noticeFacts(_ testCase: TestCase, at now: Instant) -> [NoticeFact] {
    let planned = planner.deliveries(for: decision, of: testCase.ticket, id: testCase.id, at: now)
    var facts = planned.map { fact($0, testCase) }
    // A review of frequent problems is told of by whichever notification is about reviews.
    for notification in rulebook.notifications
    where !dueReviews.isEmpty && notification.events.contains(.review) {
      facts.append(
        NoticeFact(rule: notification.id, event: Notice.Event.review.rawValue, at: now, recipients: []))
    }
    return facts
  }

  private func fact(_ planned: PlannedDelivery, _ testCase: TestCase) -> NoticeFact {
    let delivery = planned.delivery
    var fact = NoticeFact(
      rule: delivery.rule, event: delivery.notice, at: planned.notBefore, recipients: delivery.to)
    if let notice = planner.origin(of: planned, among: decision, ticket: testCase.id) {
      fact.window = notice.isAboutWindow ? notice.rule : nil
    } else if let told = rulebook.notifications.first(where: { delivery.key.hasSuffix("/\($0.id)") }) {
      // What tells of a finding goes out under the finding's rule.
      fact.rule = told.id
    }
    return fact
  }

  // MARK: Words

  private func text(_ fact: NoticeFact) -> String {
    let window = fact.window.map { " of \(rulebook.windows[$0].id)" } ?? ""
    let to = fact.recipients.isEmpty ? "" : " to \(fact.recipients.joined(separator: ", "))"
    return "\(fact.rule) (\(fact.event)\(window)) at \(words(fact.at))\(to)"
  }

  private func text(_ item: ExpectedNotice) -> String {
    var parts = [item.rule?.value].compactMap(\.self)
    if let event = item.event { parts.append("(\(event.value.rawValue))") }
    if let window = item.window { parts.append("of \(rulebook.windows[window.value].id)") }
    if let at = item.at { parts.append("at \(words(at.value))") }
    if let to = item.recipients { parts.append("to \(to.value.joined(separator: ", "))") }
    return parts.joined(separator: " ")
  }

  private func hint(_ facts: [NoticeFact]) -> String? {
    if !explains { return nil }
    return facts.isEmpty
      ? "nobody is told of anything" : "there are: " + facts.map(text).joined(separator: "; ")
  }
}
