public import WorkingTime

/// The ticket that notices are about, and whom it belongs to.
public struct NoticeSubject: Sendable {
  /// The ticket's id.
  public var id: String
  /// The instant of the decision.
  public var now: Instant
  /// The team that the ticket goes to.
  public var team: RoutingDecision.Team?
  /// Who has it: by the rules, else by the team's rotation.
  public var assignee: String?
  /// Who is told instead of the assignee where nobody of the team can take the ticket.
  public var deputy: String?

  public init(id: String, now: Instant, team: RoutingDecision.Team? = nil, assignee: String? = nil) {
    self.id = id
    self.now = now
    self.team = team
    self.assignee = assignee
  }
}
