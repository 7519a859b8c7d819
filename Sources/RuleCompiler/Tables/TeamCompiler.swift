import Diagnostics
import RuleEvaluator
import RuleSyntax
import WorkingTime

/// `routing.teams`: who is in a team, and who of them gets its tickets.
extension RulebookCompiler {
  mutating func compileTeam(_ team: TeamDeclaration) -> RoutingDecision.Team {
    if let assign = team.assign, assign.value != AssignPolicy.none, team.members.isEmpty {
      report(.teamWithoutMembers(team.name, assign))
    }
    return RoutingDecision.Team(
      name: team.name.value, label: team.label ?? LocalizedText(), lead: team.lead?.value,
      members: team.members.map(\.value), assignment: team.assign.compiled,
      absences: team.away.compactMap { compileAbsence($0, of: team) }, at: team.name.place)
  }

  private mutating func compileAbsence(
    _ absence: AbsenceDeclaration, of team: TeamDeclaration
  ) -> RoutingDecision.Team.Absence? {
    let members = team.members.map(\.value)
    if !members.contains(absence.member.value) {
      report(.absentStranger(absence.member, team.name, members))
    }
    if !team.assign.compiled.isRotation { report(.absenceWithoutRotation(absence.member, team.name)) }
    guard let first = absence.days.value.first.compiled, let last = absence.days.value.last.compiled else {
      return nil
    }
    return RoutingDecision.Team.Absence(
      member: absence.member.value, from: timeZone.instant(of: first, at: .midnight),
      until: timeZone.instant(of: last.advanced(byDays: 1), at: .midnight))
  }
}

extension Located<AssignPolicy>? {
  fileprivate var compiled: RoutingDecision.Team.Assignment {
    switch self?.value {
    case AssignPolicy.none?, nil: .none
    case .first: .first
    case .roundRobin: .roundRobin
    case .leastLoaded: .leastLoaded
    }
  }
}
