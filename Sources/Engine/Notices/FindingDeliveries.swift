import Diagnostics
import PluginAPI
import RuleEvaluator
import TicketModel
import WorkingTime

/// What notifications tell of findings and reviews.
extension DeliveryPlanner {
  func tellsOfFindings(_ decision: borrowing Decision) -> Bool {
    for index in decision.notifications.indices {
      if rulebook.notifications[decision.notifications[index]].tellsOfFindings { return true }
    }
    return false
  }

  /// What windows find is told as warnings and breaches, and a review that is owed once, however many fields it lacks.
  func planFindings(
    of decision: borrowing Decision, of ticket: borrowing Ticket, _ id: String, at now: Instant,
    into planned: inout [PlannedNotice]
  ) {
    for position in decision.notifications.indices {
      let number = decision.notifications[position]
      guard rulebook.notifications[number].tellsOfFindings else { continue }
      let notification = rulebook.notifications[number]
      var told = Set<String>()
      for index in decision.findings.indices {
        let finding = decision.findings[index]
        guard !finding.isWaived, let event = rulebook.event(of: finding), notification.tells(of: event)
        else { continue }
        let key = key(event, rulebook.reference(of: finding, ticket.problems), by: notification, ticket: id)
        if !told.insert(key).inserted { continue }
        planned.append(
          PlannedNotice(
            key: key, due: now, notifiers: notification.via, source: .finding(index, by: number)))
      }
    }
  }

  private func key(
    _ event: Notice.Event, _ reference: FindingReference, by notification: Notification, ticket id: String
  ) -> String {
    let part = event == .review ? event.rawValue : reference.field ?? ""
    return [id, reference.rule, part, notification.id].joined(separator: "/")
  }

  func delivery(
    of planned: PlannedNotice, finding index: Int, by notification: Notification,
    _ decision: borrowing Decision, of ticket: borrowing Ticket, _ subject: NoticeSubject
  ) -> PlannedDelivery {
    let finding = decision.findings[index]
    return delivery(
      of: planned, rulebook.event(of: finding) ?? .finding,
      rulebook.reference(of: finding, ticket.problems), findings.message(of: finding, of: ticket, decision),
      by: notification, of: ticket, subject)
  }

  private func delivery(
    of planned: PlannedNotice, _ event: Notice.Event, _ reference: FindingReference, _ message: String,
    by notification: Notification, of ticket: borrowing Ticket, _ subject: NoticeSubject
  ) -> PlannedDelivery {
    let delivery = Delivery(
      key: planned.key, notice: event.rawValue, ticket: subject.id, rule: reference.rule,
      place: (reference.place ?? notification.place).lineReference,
      to: recipients(notification.recipients, of: ticket, subject),
      title: text.title(about: message, rule: reference.rule, notification.message, of: ticket, subject),
      body: "", severity: reference.severity.ofDelivery)
    return timed(
      delivery, planned, by: notification, about: DeliveryTopic(rule: reference.rule), of: ticket, subject)
  }
}

extension DeliveryPlanner {
  /// What is told of a review of frequent problems that fell due with `ticket`.
  func deliveries(
    ofReview review: Int, _ group: String, _ member: RecurrenceCount.Member, _ decision: borrowing Decision,
    of ticket: borrowing Ticket, _ subject: NoticeSubject
  ) -> [PlannedDelivery] {
    let reference = rulebook.reference(ofReview: review)
    let message = findings.message(ofReview: review, group: group, member)
    var planned = [PlannedDelivery]()
    for position in decision.notifications.indices {
      let number = decision.notifications[position]
      let notification = rulebook.notifications[number]
      guard notification.tells(of: .review) else { continue }
      let notice = PlannedNotice(
        key: key(.review, reference, by: notification, ticket: subject.id), due: max(member.at, subject.now),
        notifiers: notification.via, source: .finding(0, by: number))
      planned.append(
        delivery(of: notice, .review, reference, message, by: notification, of: ticket, subject))
    }
    return planned
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
