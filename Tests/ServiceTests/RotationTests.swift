import Engine
import Testing

@Suite("A rotation")
struct RotationTests {
  private let team = ["an", "bo", "chen"]

  @Test("gives each member a turn in the order of the team")
  func turns() {
    let rotation = Rotation(.roundRobin, members: team)
    var position = 0
    var chosen: [String] = []
    for _ in 0..<4 {
      guard case .member(let name, let next) = rotation.choose(from: position) else { continue }
      chosen.append(name)
      position = next
    }
    #expect(chosen == ["an", "bo", "chen", "an"])
  }

  @Test("passes over those who are not eligible, and says where nobody is")
  func eligibility() {
    let rotation = Rotation(.roundRobin, members: team)
    #expect(rotation.choose(from: 1) { $0 != "bo" } == .member("chen", position: 0))
    #expect(rotation.choose(from: 1) { _ in false } == .nobody(.nobodyEligible))
    #expect(Rotation(.leastLoaded, members: []).choose(from: 0) == .nobody(.emptyTeam))
  }

  @Test("by load chooses who has least, and among equals whose turn it is")
  func load() {
    let rotation = Rotation(.leastLoaded, members: team)
    #expect(rotation.choose(from: 0, loads: ["an": 2, "bo": 1, "chen": 1]) == .member("bo", position: 2))
    #expect(rotation.choose(from: 2, loads: ["an": 2, "bo": 1, "chen": 1]) == .member("chen", position: 0))
  }

  @Test("goes on where a team has become smaller", arguments: [-7, 3, 100])
  func positions(position: Int) {
    guard case .member = Rotation(.roundRobin, members: team).choose(from: position) else {
      Issue.record("nobody was chosen")
      return
    }
  }
}

@Suite("Reported findings")
struct ReportedFindingsTests {
  @Test("begin a new cycle when a finding comes back, also after a restart")
  func cycles() {
    var findings = ReportedFindings()
    #expect(findings.update(["a", "b x"]) == ["a": 0, "b x": 0])
    #expect(findings.update(["a"]) == ["a": 0])
    findings = ReportedFindings(text: findings.text)
    #expect(findings.update(["a", "b x"]) == ["a": 0, "b x": 1])
    #expect(findings.text == "+0 a\n+1 b x")
  }
}
