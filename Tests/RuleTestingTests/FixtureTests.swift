import Testing

@Suite("Tests beside the rules")
struct FixtureTests {
  @Test("say of each failure what was expected, what was there, and which row hit or came nearest")
  func failures() async throws { try await check("failures") }

  @Test("are refused with the nearest name, before any runs, where they name what the rules do not have")
  func errors() async throws { try await check("errors") }

  @Test("show which rows, cells and conditions they have seen")
  func coverage() async throws { try await check("coverage", coverage: true) }

  @Test("show which changes of the rules they do not notice, and which of these are accepted")
  func mutants() async throws { try await check("mutants", mutates: true) }

  @Test("tell findings from those that are waived, and see waivers at work")
  func waivers() async throws { try await check("waivers", coverage: true, mutates: true) }

  @Test("say of a finding that is expected that it is waived, or that it is not")
  func waiverFailures() async throws { try await check("waivers-failures") }

  private func check(_ name: String, coverage: Bool = false, mutates: Bool = false) async throws {
    let fixture = Fixture(name: name)
    let report = try await fixture.report(coverage: coverage, mutates: mutates)
    #expect(report == (try fixture.expected(recording: report)))
  }
}
