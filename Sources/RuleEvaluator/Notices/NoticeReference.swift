public import Diagnostics
import TicketModel
import WorkingTime

/// The rule that a notice comes from, as people and keys refer to it.
public struct NoticeReference: Hashable, Sendable {
  /// Of a warning or a breach the window, of an escalation or a changed status the rule's own id.
  public var id: String
  public var place: Place
  /// The window's id; nil for what is not about one.
  public var window: String?
  /// Within its cycle: the level as the rule writes it, so that a key outlives a rule that moves in its list.
  public var level: String
}

extension Rulebook {
  /// The rule that `notice` comes from.
  ///
  /// - Precondition: the notice comes from an evaluation with this rulebook.
  public func rule(of notice: Notice) -> NoticeReference {
    switch notice.event {
    case .warning:
      let window = windows[notice.rule]
      return NoticeReference(
        id: window.id, place: window.place, window: window.id, level: window.warnings[notice.level].text)
    case .escalation:
      let window = windows[notice.rule]
      let escalation = window.escalations[notice.level]
      return NoticeReference(
        id: escalation.id, place: escalation.place, window: window.id, level: escalation.level.text)
    case .breached, .finding, .review:
      let window = windows[notice.rule]
      return NoticeReference(id: window.id, place: window.place, window: window.id, level: "due")
    case .statusChanged:
      let notification = notifications[notice.rule]
      return NoticeReference(
        id: notification.id, place: notification.place, window: nil, level: String(notice.at.milliseconds))
    }
  }
}
