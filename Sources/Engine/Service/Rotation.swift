/// Chooses the member of a team that gets the next ticket. Pure: what was chosen before is handed in.
public struct Rotation: Hashable, Sendable {
  public enum Method: String, Hashable, Sendable, CaseIterable {
    /// One after the other, in the order of the team.
    case roundRobin = "round-robin"
    /// Whoever has the fewest open tickets; among equals one after the other.
    case leastLoaded = "least-loaded"
  }

  public enum Choice: Hashable, Sendable {
    /// `position`: where the next search starts.
    case member(String, position: Int)
    case nobody(Reason)
  }

  public enum Reason: String, Hashable, Sendable {
    case emptyTeam = "the team has no members"
    case nobodyEligible = "no member of the team is eligible"
  }

  public var method: Method
  /// In the order of the team.
  public var members: [String]

  public init(_ method: Method, members: [String]) {
    self.method = method
    self.members = members
  }

  /// - Parameters:
  ///   - position: where the search starts; any number, for teams change.
  ///   - loads: how many open tickets each member has; none where not listed.
  public func choose(
    from position: Int, loads: [String: Int] = [:], isEligible: (String) -> Bool = { _ in true }
  ) -> Choice {
    if members.isEmpty { return .nobody(.emptyTeam) }
    let start = (position % members.count + members.count) % members.count
    let order = (0..<members.count).map { (start + $0) % members.count }.filter { isEligible(members[$0]) }
    let chosen =
      method == .roundRobin
      ? order.first : order.min { loads[members[$0], default: 0] < loads[members[$1], default: 0] }
    guard let chosen else { return .nobody(.nobodyEligible) }
    return .member(members[chosen], position: (chosen + 1) % members.count)
  }
}
