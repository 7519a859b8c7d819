import Diagnostics

/// Where a ticket goes.
public struct Route: Sendable {
  public var team: RoutingDecision.Team?
  /// Whom the rules name; nil where they leave it to the team.
  public var assignee: String?
}

extension Rulebook {
  /// Where `decision` sends its ticket; nil where the rules do not route, or no row was found.
  ///
  /// A team that is not declared is known by its name alone.
  public func route(of decision: borrowing Decision) -> Route? {
    guard let routing, let row = tables[routing.table].row(of: decision.outcomes[routing.table]) else {
      return nil
    }
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
