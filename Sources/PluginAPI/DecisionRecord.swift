/// A decision on its way back into the store that its ticket came from.
public struct DecisionRecord: Hashable, Sendable {
  /// The ticket's id.
  public var ticket: String
  /// The version at which the ticket was read, as its page gave it; empty where the store gave none.
  public var version: String
  /// The decision as one JSON object, without a newline.
  public var json: [UInt8]

  public init(ticket: String, version: String = "", json: [UInt8]) {
    self.ticket = ticket
    self.version = version
    self.json = json
  }
}

/// What became of one decision that was handed back.
public struct WriteResult: Hashable, Sendable {
  public enum Status: Hashable, Sendable {
    case written
    /// The ticket has another version by now: read it anew and decide again.
    case conflict
    /// There is no such ticket any more.
    case missing
    /// Never to be tried again.
    case rejected(reason: String)
  }

  public var ticket: String
  public var status: Status

  public init(ticket: String, status: Status) {
    self.ticket = ticket
    self.status = status
  }
}
