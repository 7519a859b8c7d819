import Diagnostics
import PluginAPI
public import RuleEvaluator
public import TicketModel
public import WorkingTime

/// Turns the notices of a decision into deliveries: who is told, through what, in which words.
///
/// Pure: what was sent before, and what is late, is for the service to know. What waits to be sent and is no longer planned
/// is not needed any more: its window has ended, or the rules have changed.
public struct DeliveryPlanner: Sendable {
  public let rulebook: Rulebook
  public let language: String
  let text: NoticeText
  let findings: FindingText
  let keys: NoticeKeys

  public init(_ rulebook: Rulebook, language: String) {
    self.rulebook = rulebook
    self.language = language
    text = NoticeText(rulebook, language: language)
    findings = FindingText(rulebook, language: language)
    keys = NoticeKeys(rulebook)
  }

  /// All deliveries that `decision` calls for at `now`.
  ///
  /// - Parameters:
  ///   - id: the ticket's id, which begins each key.
  ///   - now: the instant of the decision.
  ///   - assignee: whom the service has assigned, where the rules leave it to a rotation.
  public func deliveries(
    for decision: borrowing Decision, of ticket: borrowing Ticket, id: String, at now: Instant,
    assignee: String? = nil
  ) -> [PlannedDelivery] {
    let notices = notices(for: decision, of: ticket, id: id, at: now)
    if notices.isEmpty { return [] }
    let subject = subject(id, at: now, of: decision, rotation: assignee.map { .member($0) })
    var deliveries = [PlannedDelivery]()
    for notice in notices { deliveries.append(delivery(of: notice, decision, of: ticket, subject)) }
    return deliveries
  }

  /// All notices that `decision` calls for at `now`, without their words.
  public func notices(
    for decision: borrowing Decision, of ticket: borrowing Ticket, id: String, at now: Instant
  ) -> [PlannedNotice] {
    var planned = [PlannedNotice]()
    planned.reserveCapacity(decision.notices.count)
    for index in decision.notices.indices {
      plan(decision.notices[index], index, decision, id, at: now, into: &planned)
    }
    if tellsOfFindings(decision) { planFindings(of: decision, of: ticket, id, at: now, into: &planned) }
    return planned
  }

  /// What would be told of waived windows, for a service that keeps what is history by the time their waivers end.
  ///
  /// Not to be put into words: it points nowhere.
  func waivedNotices(for decision: borrowing Decision, id: String, at now: Instant) -> [PlannedNotice] {
    var planned = [PlannedNotice]()
    for index in decision.waivedNotices.indices {
      plan(decision.waivedNotices[index], index, decision, id, at: now, into: &planned)
    }
    return planned
  }

  /// The team that the ticket goes to, and who has it.
  func subject(
    _ id: String, at now: Instant, of decision: borrowing Decision, rotation: RotationOutcome?
  ) -> NoticeSubject {
    var subject = NoticeSubject(id: id, now: now)
    if case .member(let name) = rotation { subject.assignee = name }
    guard let route = rulebook.route(of: decision) else { return subject }
    subject.team = route.team
    if let assignee = route.assignee { subject.assignee = assignee }
    if rotation == .nobodyEligible { subject.deputy = route.team?.lead }
    return subject
  }

  /// A planned notice in words.
  ///
  /// - Parameter decision: the one that it was planned from, as is `ticket`.
  func delivery(
    of planned: PlannedNotice, _ decision: borrowing Decision, of ticket: borrowing Ticket,
    _ subject: NoticeSubject
  ) -> PlannedDelivery {
    switch planned.source {
    case .notice(let index):
      return delivery(of: planned, decision.notices[index], decision, of: ticket, subject)
    case .notification(let index, by: let number):
      return delivery(
        of: planned, decision.notices[index], by: rulebook.notifications[number], decision, of: ticket,
        subject)
    case .finding(let index, by: let number):
      return delivery(
        of: planned, finding: index, by: rulebook.notifications[number], decision, of: ticket, subject)
    }
  }
}

// MARK: - What is told

extension DeliveryPlanner {
  private func plan(
    _ notice: Notice, _ index: Int, _ decision: borrowing Decision, _ id: String, at now: Instant,
    into planned: inout [PlannedNotice]
  ) {
    switch notice.event {
    case .escalation:
      let via = rulebook.windows[notice.rule].escalations[notice.level].via
      planned.append(
        PlannedNotice(
          key: keys.key(of: notice, ticket: id), due: notice.at, notifiers: via, source: .notice(index)))
    case .statusChanged:
      planned.append(self.planned(notice, index, id, by: notice.rule, decision, at: now))
      return
    default:
      if rulebook.notifications.isEmpty {
        planned.append(
          PlannedNotice(key: keys.key(of: notice, ticket: id), due: notice.at, source: .notice(index)))
      }
    }
    for position in decision.notifications.indices {
      let number = decision.notifications[position]
      guard rulebook.notifications[number].tells(of: notice.event) else { continue }
      planned.append(self.planned(notice, index, id, by: number, decision, at: now))
    }
  }

  private func planned(
    _ notice: Notice, _ index: Int, _ id: String, by number: Int, _ decision: borrowing Decision,
    at now: Instant
  ) -> PlannedNotice {
    var planned = PlannedNotice(
      key: keys.key(of: notice, by: number, ticket: id), due: notice.at,
      notifiers: rulebook.notifications[number].via, source: .notification(index, by: number))
    let period = rulebook.notifications[number].repeatEvery
    if let period, let number = repetition(of: notice, every: period, decision, at: now) {
      planned.due = planned.due.advanced(byMilliseconds: number.milliseconds)
      planned.key += "/\(number.count)"
    }
    return planned
  }

  /// Which repetition is due, where its window is still open; nil for the first time.
  private func repetition(
    of notice: Notice, every period: Int64, _ decision: borrowing Decision, at now: Instant
  ) -> (count: Int64, milliseconds: Int64)? {
    guard notice.event == .breached || notice.event == .escalation,
      let reading = decision.reading(ofWindow: notice.rule), reading.cycle == notice.cycle,
      reading.stoppedAt == nil
    else { return nil }
    let count = now.milliseconds(since: notice.at) / period
    return count < 1 ? nil : (count, count * period)
  }
}

// MARK: - In which words, to whom

extension DeliveryPlanner {
  private func delivery(
    of planned: PlannedNotice, _ notice: Notice, _ decision: borrowing Decision, of ticket: borrowing Ticket,
    _ subject: NoticeSubject
  ) -> PlannedDelivery {
    var template: MessageTemplate?
    var recipients = [Recipient]()
    if notice.event == .escalation {
      let rule = rulebook.windows[notice.rule].escalations[notice.level]
      (template, recipients) = (rule.message, rule.recipients)
    }
    var delivery = words(planned, notice, template, decision, of: ticket, subject)
    delivery.to = self.recipients(recipients, of: ticket, subject)
    return PlannedDelivery(delivery, due: planned.due, notifiers: planned.notifiers)
  }

  private func delivery(
    of planned: PlannedNotice, _ notice: Notice, by notification: Notification,
    _ decision: borrowing Decision, of ticket: borrowing Ticket, _ subject: NoticeSubject
  ) -> PlannedDelivery {
    var delivery = words(planned, notice, notification.message, decision, of: ticket, subject)
    delivery.rule = notification.id
    delivery.place = notification.place.lineReference
    delivery.to = recipients(notification.recipients, of: ticket, subject)
    return timed(
      delivery, planned, by: notification,
      about: DeliveryTopic(
        rule: rulebook.rule(of: notice).id, window: notice.isAboutWindow ? notice.rule : nil),
      of: ticket, subject)
  }

  private func words(
    _ planned: PlannedNotice, _ notice: Notice, _ template: MessageTemplate?, _ decision: borrowing Decision,
    of ticket: borrowing Ticket, _ subject: NoticeSubject
  ) -> Delivery {
    let rule = rulebook.rule(of: notice)
    return Delivery(
      key: planned.key, notice: notice.event.rawValue, ticket: subject.id, rule: rule.id,
      place: rule.place.lineReference,
      title: text.title(notice, template, of: ticket, subject, decision),
      body: text.body(notice, subject, decision), severity: notice.event.severity)
  }

  func recipients(
    _ recipients: [Recipient], of ticket: borrowing Ticket, _ subject: NoticeSubject
  ) -> [String] {
    var names = [String]()
    for recipient in recipients {
      for name in people(recipient, of: ticket, subject) where !names.contains(name) { names.append(name) }
    }
    return names
  }

  private func people(
    _ recipient: Recipient, of ticket: borrowing Ticket, _ subject: NoticeSubject
  ) -> [String] {
    switch recipient {
    case .assignee: return [subject.assignee ?? subject.deputy].compactMap(\.self)
    case .team: return [subject.team?.name].compactMap(\.self)
    case .teamLead: return [subject.team?.lead].compactMap(\.self)
    case .teamMembers: return subject.team?.members ?? []
    case .name(let name): return [name]
    case .field(let slot):
      let value = ticket.value(of: slot, at: subject.now)
      return rulebook.texts(of: value, inSlot: slot, ticket)
    }
  }
}

extension Notice.Event {
  fileprivate var severity: Delivery.Severity {
    switch self {
    case .breached, .escalation: .error
    case .warning, .finding, .review: .warning
    case .statusChanged: .info
    }
  }
}
