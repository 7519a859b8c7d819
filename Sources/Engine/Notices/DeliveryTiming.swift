import PluginAPI
import RuleEvaluator
import TicketModel
import WorkingTime

/// What a delivery is about, as far as its time and its group depend on that.
struct DeliveryTopic {
  /// The id of the rule that speaks: of a window, a check, a review.
  var rule: String
  /// The index of the window; nil for what is about none.
  var window: Int?
}

/// When what a notification tells goes out, and together with what: the same for all events.
extension DeliveryPlanner {
  func timed(
    _ delivery: Delivery, _ planned: PlannedNotice, by notification: Notification,
    about topic: DeliveryTopic, of ticket: borrowing Ticket, _ subject: NoticeSubject
  ) -> PlannedDelivery {
    let latest = max(planned.due, subject.now)
    return PlannedDelivery(
      delivery, due: planned.due, notBefore: opening(after: planned.due, notification, topic),
      earliest: opening(after: latest, notification, topic), notifiers: planned.notifiers,
      group: group(notification, topic, of: ticket, subject))
  }

  /// `instant`, or the next opening where the notification waits for working time.
  private func opening(
    after instant: Instant, _ notification: Notification, _ topic: DeliveryTopic
  ) -> Instant {
    guard case .workingTime(let given) = notification.timing else { return instant }
    let own = topic.window.flatMap { rulebook.windows[$0].calendar }
    return rulebook.calendars[own ?? given].add(workingMilliseconds: 0, to: instant) ?? instant
  }

  private func group(
    _ notification: Notification, _ topic: DeliveryTopic, of ticket: borrowing Ticket,
    _ subject: NoticeSubject
  ) -> PlannedDelivery.Group? {
    guard let grouping = notification.grouping else { return nil }
    var values = [String]()
    for key in grouping.keys {
      switch key {
      case .team: values.append(subject.team?.name ?? "")
      case .assignee: values.append(subject.assignee ?? "")
      case .window: values.append(topic.window.map { rulebook.windows[$0].id } ?? "")
      case .rule: values.append(topic.rule)
      case .field(let slot):
        values.append(findings.value(ofSlot: slot, ticket.value(of: slot, at: subject.now), in: ticket))
      }
    }
    return PlannedDelivery.Group(rule: notification.id, values: values, wait: grouping.wait)
  }
}
