public import Diagnostics

/// Who is told of which events, through what, when and in which words.
public struct Notification: Sendable {
  public enum Timing: Sendable {
    case now
    /// At the next opening; of the window's calendar where the notice has one, else of this one.
    case workingTime(calendar: Int)
  }

  public var id: String
  public var place: Place
  public var events: Set<Notice.Event> { didSet { eventBits = events.bits } }
  /// The same, a bit each: it is asked about each notice of each ticket.
  private var eventBits: UInt8
  public var condition: Condition
  /// Empty where the channel decides.
  public var recipients: [Recipient]
  /// The names of notifiers; nil for all.
  public var via: [String]?
  public var timing: Timing
  /// What notices must share to be sent as one; nil where each goes alone.
  public var grouping: Grouping?
  /// Milliseconds after which it is sent again while its window is open; nil for once.
  public var repeatEvery: Int64?
  public var message: MessageTemplate?

  public struct Grouping: Sendable {
    public enum Key: Hashable, Sendable {
      case team, assignee, window, rule
      case field(slot: Int)
    }

    public var keys: [Key]
    /// How long the first of a group waits for others, in milliseconds.
    public var wait: Int64

    public init(keys: [Key], wait: Int64) {
      self.keys = keys
      self.wait = wait
    }
  }

  public init(
    id: String, place: Place, events: Set<Notice.Event>, condition: Condition, recipients: [Recipient],
    via: [String]?, timing: Timing, grouping: Grouping?, repeatEvery: Int64?, message: MessageTemplate?
  ) {
    self.id = id
    self.place = place
    self.events = events
    eventBits = events.bits
    self.condition = condition
    self.recipients = recipients
    self.via = via
    self.timing = timing
    self.grouping = grouping
    self.repeatEvery = repeatEvery
    self.message = message
  }

  public func tells(of event: Notice.Event) -> Bool { eventBits & event.bit != 0 }

  /// Whether it tells of more than windows and states.
  public var tellsOfFindings: Bool { eventBits & (Notice.Event.finding.bit | Notice.Event.review.bit) != 0 }
}

extension Set<Notice.Event> {
  fileprivate var bits: UInt8 { reduce(0) { $0 | $1.bit } }
}

extension Notice.Event {
  fileprivate var bit: UInt8 {
    switch self {
    case .warning: 1
    case .breached: 2
    case .escalation: 4
    case .statusChanged: 8
    case .finding: 16
    case .review: 32
    }
  }
}
