import Diagnostics
import PluginAPI
import RuleEvaluator
import TicketModel

/// What notifications tell of findings and reviews.
extension DeliveryPlanner {
  func tellsOfFindings(_ decision: borrowing Decision) -> Bool {
    for index in decision.notifications.indices {
      let events = rulebook.notifications[decision.notifications[index]].events
      if events.contains(.finding) || events.contains(.review) { return true }
    }
    return false
  }

  /// What windows find is told as warnings and breaches, and a review that is owed once, however many fields it lacks.
  func planFindings(
    of decision: borrowing Decision, of ticket: borrowing Ticket, _ subject: NoticeSubject,
    into planned: inout [PlannedDelivery]
  ) {
    for index in decision.notifications.indices {
      let notification = rulebook.notifications[decision.notifications[index]]
      var told = Set<String>()
      for index in decision.findings.indices {
        let finding = decision.findings[index]
        guard let event = rulebook.event(of: finding), notification.events.contains(event) else { continue }
        let reference = rulebook.reference(of: finding, ticket.problems)
        let message = findings.message(of: finding, of: ticket, decision)
        let delivery = delivery(event, reference, message, by: notification, of: ticket, subject)
        if !told.insert(delivery.key).inserted { continue }
        planned.append(PlannedDelivery(delivery, due: subject.now, notifiers: notification.via))
      }
    }
  }

  func delivery(
    _ event: Notice.Event, _ reference: FindingReference, _ message: String, by notification: Notification,
    of ticket: borrowing Ticket, _ subject: NoticeSubject
  ) -> Delivery {
    let part = event == .review ? event.rawValue : reference.field ?? ""
    return Delivery(
      key: [subject.id, reference.rule, part, notification.id].joined(separator: "/"), notice: event.rawValue,
      ticket: subject.id, rule: reference.rule, place: (reference.place ?? notification.place).lineReference,
      to: recipients(notification.recipients, of: ticket, subject),
      title: text.title(about: message, rule: reference.rule, notification.message, of: ticket, subject),
      body: "", severity: reference.severity.ofDelivery)
  }
}

extension Rulebook {
  /// The event as which a finding is told; nil for what windows tell of.
  fileprivate func event(of finding: Finding) -> Notice.Event? {
    switch finding.kind {
    case .breached, .warned: nil
    case .missingField where isReview(requirement: finding.rule): .review
    default: .finding
    }
  }

  /// Whether a requirement asks for what a review of each ticket must contain.
  private func isReview(requirement: Int) -> Bool {
    reviews.contains { review in
      if case .ticket(requirement) = review.subject { true } else { false }
    }
  }
}
