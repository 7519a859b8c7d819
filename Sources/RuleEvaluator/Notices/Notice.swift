public import WorkingTime

/// Something that people are told at an instant: a warning, a breach, an escalation.
///
/// A function of the ticket's history and the rules alone, so that it is the same after a restart and is recognised when it
/// comes again: (ticket, rule, window, cycle, level) names it. Once a window has ended nobody needs its warnings and
/// escalations any more, and they are gone; a breach stays a fact.
public struct Notice: Hashable, Sendable {
  /// As `on:` of a notification names it.
  public enum Event: String, CaseIterable, Sendable {
    case warning = "window.warning"
    case breached = "window.breached"
    case escalation
    case statusChanged = "status.changed"
    case finding
    case review
  }

  public var event: Event
  /// The index of the window; of a changed status the index of the notification.
  public var rule: Int
  /// The index among the window's warnings or escalations; of a changed status the index in `Ticket.events`; else 0.
  public var level: Int
  /// How often the window had begun anew before: 0 until a reopening restarts it.
  public var cycle: Int
  /// When it fell due.
  public var at: Instant

  public init(_ event: Event, rule: Int, level: Int = 0, cycle: Int = 0, at: Instant) {
    self.event = event
    self.rule = rule
    self.level = level
    self.cycle = cycle
    self.at = at
  }
}
