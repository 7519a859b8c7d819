public import Diagnostics

/// Who is told of which events, through what, when and in which words.
public struct NotificationDeclaration: Hashable, Sendable {
  public var id: Located<String>
  public var place: Place
  public var events: [Located<NoticeEvent>] = []
  public var condition: ConditionDeclaration?
  public var recipients: [Located<String>] = []
  /// The names of notifiers; empty for all.
  public var via: [Located<String>] = []
  /// Nil where it was not written: now.
  public var deliver: Located<DeliveryTiming>?
  /// The calendar of `deliver: working-time`.
  public var calendar: Located<String>?
  public var groupBy: [Located<String>] = []
  public var groupWait: Located<String>?
  public var repeatEvery: Located<String>?
  public var message: MessageDeclaration?

  public init(id: Located<String>, place: Place) {
    self.id = id
    self.place = place
  }
}

/// What can be told of.
public enum NoticeEvent: String, Hashable, CaseIterable, Sendable {
  case warning = "window.warning"
  case breached = "window.breached"
  case escalation
  case statusChanged = "status.changed"
  case finding
  case review
}

public enum DeliveryTiming: String, Hashable, CaseIterable, Sendable {
  case now
  case workingTime = "working-time"
}
