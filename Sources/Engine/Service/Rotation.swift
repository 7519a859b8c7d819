import RuleEvaluator
import WorkingTime

/// Whose turn it is in each team, and how many open tickets everybody has who takes turns.
///
/// As much memory as there are people. Used by the pipeline's intake alone, so that no two tickets take one turn.
public struct Rotation: Hashable, Sendable {
  /// By team: who got the last ticket.
  public private(set) var last: [String: String]
  /// By member, over all teams.
  public private(set) var load: [String: Int]

  public init(last: [String: String] = [:], load: [String: Int] = [:]) {
    self.last = last
    self.load = load
  }

  /// Who gets a ticket of `team`.
  ///
  /// Who has it keeps it, as long as the ticket stays in the team and he does, also while he is away or when it is done. Else an
  /// open ticket goes to the next after the last one in the order of the list, or to whoever has the fewest open tickets,
  /// the first of these in the list. A ticket that was done when it was first seen takes no turn.
  ///
  /// - Returns: what came of it; nil where no turn was taken.
  mutating func assign(
    _ team: RoutingDecision.Team, before: Assignment?, isOpen: Bool, at now: Instant
  ) -> (assignment: Assignment, outcome: RotationOutcome)? {
    if let before, before.team == team.name, team.members.contains(before.member) {
      let kept = Assignment(team: before.team, member: before.member, isOpen: isOpen)
      return (kept, .member(before.member))
    }
    guard isOpen, let member = next(of: team, at: now) else { return nil }
    if team.assignment == .roundRobin { last[team.name] = member }
    return (Assignment(team: team.name, member: member, isOpen: true), .member(member))
  }

  private func next(of team: RoutingDecision.Team, at now: Instant) -> String? {
    let eligible = team.eligible(at: now)
    if team.assignment == .leastLoaded {
      return eligible.min { (load[$0] ?? 0) < (load[$1] ?? 0) }
    }
    let position = last[team.name].flatMap(team.members.firstIndex) ?? -1
    let order = team.members[(position + 1)...] + team.members[...max(position, -1)]
    return order.first(where: eligible.contains)
  }

  /// Counts what moved apart from this, where nobody's turn came.
  mutating func add(_ moves: Rotation) {
    for (member, change) in moves.load { load[member, default: 0] += change }
  }

  /// Counts that tickets are gone.
  mutating func release(_ assignments: [Assignment]) {
    for assignment in assignments { move(from: assignment, to: nil) }
  }

  /// Counts that a ticket goes from one to another, or nobody.
  mutating func move(from before: Assignment?, to after: Assignment?) {
    if let before, before.isOpen { load[before.member, default: 0] -= 1 }
    if let after, after.isOpen { load[after.member, default: 0] += 1 }
  }
}
