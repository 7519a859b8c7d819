import Diagnostics
public import TicketModel
public import WorkingTime

/// Where a ticket goes.
public struct Route: Sendable {
  public var team: RoutingDecision.Team?
  /// Whom the rules name; nil where they leave it to the team.
  public var assignee: String?
}

/// Who gets a ticket whose team takes turns, as a service found that remembers the turns.
public enum RotationOutcome: Hashable, Sendable {
  case member(String)
  /// All members are away: nobody gets it until one is back.
  case nobodyEligible
}

extension RoutingDecision {
  /// Whether any team takes turns, so that who gets a ticket depends on the tickets before.
  public var takesTurns: Bool { teams.contains { $0.assignment.isRotation } }

  /// The team of `row` where it takes turns and the row names nobody.
  public func rotatingTeam(of row: DecisionTable.Row) -> Team? {
    if let assigneeOutput, row.outputs[assigneeOutput] != .absent { return nil }
    guard case .choice(_, let name) = row.outputs[teamOutput] else { return nil }
    return teams.first { $0.name == name && $0.assignment.isRotation }
  }
}

extension Rulebook {
  /// Who has the ticket by its own field `assignee`, where the rules declare one and it has a value.
  public func ownAssignee(of ticket: borrowing Ticket, at instant: Instant) -> String? {
    guard let slot = schema.slot(of: "assignee") else { return nil }
    return texts(of: ticket.value(of: slot, at: instant), inSlot: slot, ticket).first
  }

  /// The row that `decision` routes by; nil where the rules do not route, or no row was found.
  public func routingRow(of decision: borrowing Decision) -> DecisionTable.Row? {
    routing.flatMap { tables[$0.table].row(of: decision.outcomes[$0.table]) }
  }

  /// Where `decision` sends its ticket; nil where the rules do not route, or no row was found.
  ///
  /// A team that is not declared is known by its name alone.
  public func route(of decision: borrowing Decision) -> Route? {
    guard let routing, let row = routingRow(of: decision) else { return nil }
    var route = Route()
    switch row.outputs[routing.teamOutput] {
    case .choice(_, let name), .text(let name, _):
      route.team =
        routing.teams.first { $0.name == name }
        ?? RoutingDecision.Team(name: name, label: LocalizedText(), lead: nil, members: [], assignment: .none)
    default: break
    }
    if case .text(let name, _) = routing.assignee(of: row) { route.assignee = name }
    return route
  }
}

extension DecisionTable {
  /// The row of an outcome that is one.
  fileprivate func row(of outcome: TableOutcome) -> Row? {
    switch outcome {
    case .row(let row): rows[row]
    case .otherwise: otherwise
    default: nil
    }
  }
}
