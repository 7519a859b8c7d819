/// Who has a ticket because it was his turn.
public struct Assignment: Hashable, Sendable {
  public var team: String
  public var member: String
  /// Whether the ticket is at work, and counts among those that the member has.
  public var isOpen: Bool

  public init(team: String, member: String, isOpen: Bool) {
    self.team = team
    self.member = member
    self.isOpen = isOpen
  }
}
