import Diagnostics
import RuleEvaluator
import Testing
import WorkingTime

@testable import Engine

@Suite("Turns of a team")
struct RotationTests {
  private static let now = Instant(milliseconds: 1_000_000)

  private func team(
    _ assignment: RoutingDecision.Team.Assignment, _ members: [String], away: [String] = []
  ) -> RoutingDecision.Team {
    RoutingDecision.Team(
      name: "net", label: LocalizedText(), lead: "lead", members: members, assignment: assignment,
      absences: away.map {
        .init(member: $0, from: Self.now, until: Self.now.advanced(byMilliseconds: 1000))
      })
  }

  /// Who gets one new ticket after the other.
  private func members(
    _ count: Int, of team: RoutingDecision.Team, _ rotation: inout Rotation, at now: Instant = Self.now
  ) -> [String] {
    (0..<count).compactMap { _ in
      let given = rotation.assign(team, before: nil, isOpen: true, at: now)
      rotation.move(from: nil, to: given?.assignment)
      return given?.assignment.member
    }
  }

  @Test("go round in the order of the list, from wherever they stand")
  func roundRobin() {
    var rotation = Rotation()
    let team = team(.roundRobin, ["a", "b", "c"])
    #expect(members(5, of: team, &rotation) == ["a", "b", "c", "a", "b"])
    #expect(rotation.last == ["net": "b"])
    var later = Rotation(last: rotation.last)
    #expect(members(2, of: team, &later) == ["c", "a"])
  }

  @Test("go on with the first of the list where the last one left the team")
  func left() {
    var rotation = Rotation(last: ["net": "gone"])
    #expect(members(2, of: team(.roundRobin, ["a", "b"]), &rotation) == ["a", "b"])
  }

  @Test("pass over whoever is away", arguments: [["a"], ["b"], ["a", "c"], ["b", "c"]])
  func away(_ away: [String]) {
    var rotation = Rotation()
    let present = ["a", "b", "c"].filter { !away.contains($0) }
    let given = members(6, of: team(.roundRobin, ["a", "b", "c"], away: away), &rotation)
    #expect(given == (0..<6).map { present[$0 % present.count] })
  }

  @Test("count what moved apart from them")
  func moves() {
    var rotation = Rotation(last: ["net": "a"], load: ["a": 2, "b": 1])
    var moves = Rotation()
    moves.release([Assignment(team: "net", member: "a", isOpen: true)])
    moves.move(from: nil, to: Assignment(team: "net", member: "c", isOpen: true))
    rotation.add(moves)
    #expect(rotation == Rotation(last: ["net": "a"], load: ["a": 1, "b": 1, "c": 1]))
  }

  @Test("come to nobody where all are away, and to somebody from the end of the absence on")
  func nobody() {
    var rotation = Rotation()
    let team = team(.roundRobin, ["a", "b"], away: ["a", "b"])
    #expect(members(3, of: team, &rotation).isEmpty)
    #expect(rotation == Rotation())
    #expect(team.nextReturn(after: Self.now) == Self.now.advanced(byMilliseconds: 1000))
    #expect(members(1, of: team, &rotation, at: Self.now.advanced(byMilliseconds: 1000)) == ["a"])
  }

  @Test("are fair: whatever the absences, nobody who is there has two tickets more than another")
  func fairness() {
    let names = ["a", "b", "c", "d"]
    for absent in 0..<15 {
      let away = names.indices.filter { absent >> $0 & 1 == 1 }.map { names[$0] }
      for policy in [RoutingDecision.Team.Assignment.roundRobin, .leastLoaded] {
        var rotation = Rotation()
        let given = members(23, of: team(policy, names, away: away), &rotation)
        let counts = names.filter { !away.contains($0) }.map { name in given.count { $0 == name } }
        #expect(given.count == 23 && (counts.max() ?? 0) - (counts.min() ?? 0) <= 1)
      }
    }
  }

  @Test("go to whoever has the fewest open tickets, the first of these in the list")
  func leastLoaded() {
    var rotation = Rotation(load: ["a": 3, "b": 1, "c": 1])
    let team = team(.leastLoaded, ["a", "b", "c"])
    #expect(members(5, of: team, &rotation) == ["b", "c", "b", "c", "a"])
    let one = Assignment(team: "net", member: "b", isOpen: true)
    rotation.move(from: one, to: Assignment(team: "net", member: "b", isOpen: false))
    #expect(members(1, of: team, &rotation) == ["b"])
  }

  @Test("are not taken for a ticket that has somebody, also while he is away or when it is done")
  func kept() {
    var rotation = Rotation(last: ["net": "a"])
    let team = team(.roundRobin, ["a", "b"], away: ["b"])
    for isOpen in [true, false] {
      let given = rotation.assign(
        team, before: Assignment(team: "net", member: "b", isOpen: true), isOpen: isOpen, at: Self.now)
      #expect(given?.assignment == Assignment(team: "net", member: "b", isOpen: isOpen))
    }
    #expect(rotation.last == ["net": "a"])
  }

  @Test("are taken anew where the ticket goes to another team, or its member has left")
  func moved() {
    var rotation = Rotation()
    let team = team(.roundRobin, ["a", "b"])
    let other = Assignment(team: "desk", member: "b", isOpen: true)
    #expect(rotation.assign(team, before: other, isOpen: true, at: Self.now)?.assignment.member == "a")
    let gone = Assignment(team: "net", member: "gone", isOpen: true)
    #expect(rotation.assign(team, before: gone, isOpen: true, at: Self.now)?.assignment.member == "b")
  }

  @Test("are not taken for what was done when it was first seen")
  func done() {
    var rotation = Rotation()
    let given = rotation.assign(team(.roundRobin, ["a"]), before: nil, isOpen: false, at: Self.now)
    #expect(given == nil && rotation == Rotation())
  }
}
