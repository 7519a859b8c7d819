/// What a message of a notification can say beside the ticket's fields.
public enum NoticePlaceholder: String, CaseIterable, Sendable {
  case windowID = "window.id"
  case windowLabel = "window.label"
  case windowStartedAt = "window.started_at"
  case windowDueAt = "window.due_at"
  case windowStoppedAt = "window.stopped_at"
  case windowElapsed = "window.elapsed"
  case windowRemaining = "window.remaining"
  case level
  case rule
  case at
  case team
  case teamLabel = "team.label"
  case teamLead = "team.lead"
  case assignee
  case message

  /// Whether only notices about windows can fill it.
  public var needsWindow: Bool {
    switch self {
    case .windowID, .windowLabel, .windowStartedAt, .windowDueAt, .windowStoppedAt, .windowElapsed,
      .windowRemaining, .level:
      true
    case .rule, .at, .team, .teamLabel, .teamLead, .assignee, .message: false
    }
  }
}
