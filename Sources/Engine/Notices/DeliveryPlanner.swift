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

  public init(_ rulebook: Rulebook, language: String) {
    self.rulebook = rulebook
    self.language = language
    text = NoticeText(rulebook, language: language)
    findings = FindingText(rulebook, language: language)
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
    var planned = [PlannedDelivery]()
    if decision.notices.isEmpty, !tellsOfFindings(decision) { return planned }
    let subject = subject(id, at: now, of: decision, assignee: assignee)
    for index in decision.notices.indices {
      plan(decision.notices[index], decision, of: ticket, subject, into: &planned)
    }
    planFindings(of: decision, of: ticket, subject, into: &planned)
    return planned
  }

  /// The team that the ticket goes to, and who has it.
  func subject(
    _ id: String, at now: Instant, of decision: borrowing Decision, assignee: String?
  ) -> NoticeSubject {
    var subject = NoticeSubject(id: id, now: now, assignee: assignee)
    guard let route = rulebook.route(of: decision) else { return subject }
    subject.team = route.team
    if let assignee = route.assignee { subject.assignee = assignee }
    return subject
  }
}

// MARK: - Notices

extension DeliveryPlanner {
  private func plan(
    _ notice: Notice, _ decision: borrowing Decision, of ticket: borrowing Ticket, _ subject: NoticeSubject,
    into planned: inout [PlannedDelivery]
  ) {
    switch notice.event {
    case .escalation:
      let rule = rulebook.windows[notice.rule].escalations[notice.level]
      var delivery = delivery(notice, rule.message, decision, of: ticket, subject)
      delivery.to = recipients(rule.recipients, of: ticket, subject)
      planned.append(PlannedDelivery(delivery, due: notice.at, notifiers: rule.via))
    case .statusChanged:
      plan(notice, by: rulebook.notifications[notice.rule], decision, of: ticket, subject, into: &planned)
      return
    default:
      if rulebook.notifications.isEmpty {
        planned.append(
          PlannedDelivery(delivery(notice, nil, decision, of: ticket, subject), due: notice.at))
      }
    }
    for index in decision.notifications.indices {
      let notification = rulebook.notifications[decision.notifications[index]]
      guard notification.events.contains(notice.event) else { continue }
      plan(notice, by: notification, decision, of: ticket, subject, into: &planned)
    }
  }

  private func plan(
    _ notice: Notice, by notification: Notification, _ decision: borrowing Decision,
    of ticket: borrowing Ticket, _ subject: NoticeSubject, into planned: inout [PlannedDelivery]
  ) {
    var delivery = delivery(notice, notification.message, decision, of: ticket, subject)
    delivery.rule = notification.id
    delivery.place = notification.place.lineReference
    if notice.event != .statusChanged { delivery.key += "/\(notification.id)" }
    delivery.to = recipients(notification.recipients, of: ticket, subject)
    var due = notice.at
    if let number = repetition(of: notice, by: notification, decision, at: subject.now) {
      due = due.advanced(byMilliseconds: number.milliseconds)
      delivery.key += "/\(number.count)"
    }
    planned.append(
      PlannedDelivery(
        delivery, due: due, notBefore: opening(after: due, notification, notice), notifiers: notification.via,
        group: group(notification, notice, of: ticket, subject)))
  }

  /// Which repetition is due, where its window is still open; nil for the first time.
  private func repetition(
    of notice: Notice, by notification: Notification, _ decision: borrowing Decision, at now: Instant
  ) -> (count: Int64, milliseconds: Int64)? {
    guard let period = notification.repeatEvery, notice.event == .breached || notice.event == .escalation,
      let reading = decision.reading(ofWindow: notice.rule), reading.cycle == notice.cycle,
      reading.stoppedAt == nil
    else { return nil }
    let count = now.milliseconds(since: notice.at) / period
    return count < 1 ? nil : (count, count * period)
  }

  /// `due`, or the next opening where the notification waits for working time.
  private func opening(after due: Instant, _ notification: Notification, _ notice: Notice) -> Instant {
    guard case .workingTime(let given) = notification.timing else { return due }
    let own = notice.isAboutWindow ? rulebook.windows[notice.rule].calendar : nil
    return rulebook.calendars[own ?? given].add(workingMilliseconds: 0, to: due) ?? due
  }

  private func delivery(
    _ notice: Notice, _ template: MessageTemplate?, _ decision: borrowing Decision,
    of ticket: borrowing Ticket, _ subject: NoticeSubject
  ) -> Delivery {
    let rule = rulebook.rule(of: notice)
    return Delivery(
      key: key(of: notice, rule, ticket: subject.id), notice: notice.event.rawValue, ticket: subject.id,
      rule: rule.id,
      place: rule.place.lineReference,
      title: text.title(notice, template, of: ticket, subject, decision),
      body: text.body(notice, subject, decision), severity: notice.event.severity)
  }

  /// What every key of a delivery about `notice` begins with: all of it, or up to a `/`.
  func key(of notice: Notice, _ rule: NoticeReference, ticket id: String) -> String {
    [id, rule.id, rule.window ?? notice.event.rawValue, String(notice.cycle), rule.level]
      .joined(separator: "/")
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
    case .assignee: return [subject.assignee].compactMap(\.self)
    case .team: return [subject.team?.name].compactMap(\.self)
    case .teamLead: return [subject.team?.lead].compactMap(\.self)
    case .teamMembers: return subject.team?.members ?? []
    case .name(let name): return [name]
    case .field(let slot):
      let value = ticket.value(of: slot, at: subject.now)
      return rulebook.texts(of: value, inSlot: slot, ticket)
    }
  }

  private func group(
    _ notification: Notification, _ notice: Notice, of ticket: borrowing Ticket, _ subject: NoticeSubject
  ) -> PlannedDelivery.Group? {
    guard let grouping = notification.grouping else { return nil }
    var values = [String]()
    for key in grouping.keys {
      switch key {
      case .team: values.append(subject.team?.name ?? "")
      case .assignee: values.append(subject.assignee ?? "")
      case .window: values.append(notice.isAboutWindow ? rulebook.windows[notice.rule].id : "")
      case .rule: values.append(rulebook.rule(of: notice).id)
      case .field(let slot):
        values.append(findings.value(ofSlot: slot, ticket.value(of: slot, at: subject.now), in: ticket))
      }
    }
    return PlannedDelivery.Group(rule: notification.id, values: values, wait: grouping.wait)
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
