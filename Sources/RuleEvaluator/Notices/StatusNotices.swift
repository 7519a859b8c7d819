import Expressions
import TicketModel
import WorkingTime

/// What is told of changes of a ticket's status.
extension Evaluator {
  /// Adds a notice for each change of the status in the history, and each notification whose condition held then.
  ///
  /// Copies the present values: done for rulebooks with such notifications alone.
  mutating func tellOfStatus(
    of ticket: borrowing Ticket, until now: Instant, in decision: inout Decision
  ) {
    guard let status = rulebook.statusSlot, !ticket.events.isEmpty else { return }
    let present = Array(values.elements)
    defer { _ = values.elements.update(from: present) }
    ticket.removeChanged(from: values.elements)
    for index in ticket.events.indices {
      let event = ticket.events[index]
      if event.at > now { return }
      let before = values.elements[status]
      ticket.apply(event: index, to: values.elements)
      if values.elements[status].kind != before.kind || values.elements[status].integer != before.integer {
        tellOfStatus(index, event.at, of: ticket, in: &decision)
      }
    }
  }

  private mutating func tellOfStatus(
    _ event: Int, _ instant: Instant, of ticket: borrowing Ticket, in decision: inout Decision
  ) {
    for (row, notification) in rulebook.statusNotifications.enumerated() {
      let isMeant =
        rulebook.statusConditions.accepts(row: row, values.readable)
        && rulebook.notifications[notification].condition.expression.map {
          holds($0, for: ticket, failures: &decision)
        } ?? true
      pastAnswers?.notifications.append((notification, isMeant))
      if !isMeant { continue }
      decision.notices.append(
        Notice(.statusChanged, rule: notification, level: event, at: instant))
    }
  }
}
