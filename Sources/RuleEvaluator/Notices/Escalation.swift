public import Diagnostics

/// Who is told when a window nears its end, or has passed it.
public struct Escalation: Sendable {
  public var id: String
  public var place: Place
  public var level: NoticeLevel
  public var condition: Condition?
  public var recipients: [Recipient]
  /// The names of notifiers; nil for all.
  public var via: [String]?
  public var message: MessageTemplate?

  public init(
    id: String, place: Place, level: NoticeLevel, condition: Condition?, recipients: [Recipient],
    via: [String]?, message: MessageTemplate?
  ) {
    self.id = id
    self.place = place
    self.level = level
    self.condition = condition
    self.recipients = recipients
    self.via = via
    self.message = message
  }
}
