import Engine
import PluginAPI
import RuleEvaluator
import TestSupport
import Testing
import TicketModel
import WorkingTime

@Suite("A forecast")
struct ForecastTests {
  /// Tickets in all states of a window, in no order of urgency.
  static func records(_ count: Int, seed: Int = 1) -> [String] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { index in
      let minute = Int.random(in: 10...59, using: &generator)
      let hour = Int.random(in: 10...16, using: &generator)
      let status = generator.pick(["open", "open", "waiting", "done"])
      let urgency = generator.pick(["high", "low"])
      let open = #"{"at": "2026-03-02T09:\#(minute)Z", "set": {"status": "open"}}"#
      let then = #"{"at": "2026-03-02T\#(hour):\#(minute)Z", "set": {"status": "\#(status)"}}"#
      return #"{"id": "T-\#(index)", "urgency": "\#(urgency)", "history": [\#(open), \#(then)]}"#
    }
  }

  private func forecast(
    _ items: [MemoryStore.Item], from now: String = "03-02T10:30", until end: String = "03-02T15:00",
    jobs: Int = 1, _ rulebook: Rulebook? = nil
  ) async throws -> Forecast {
    let rulebook = try rulebook ?? SimulationTests.planner().rulebook
    return try await ForecastPipeline(
      rulebook: rulebook, store: MemoryStore(items, pageSize: 7), from: try instant("2026-\(now)Z"),
      until: try instant("2026-\(end)Z"), language: "en", jobs: jobs
    ).run()
  }

  @Test("leaves out windows that are waived until its end, and counts them apart")
  func waived() async throws {
    let open = #"{"at": "2026-03-02T09:00Z", "set": {"status": "open"}}"#
    let done = #"{"at": "2026-03-02T09:30Z", "set": {"status": "done"}}"#
    let waiting = #"{"at": "2026-03-02T09:30Z", "set": {"status": "waiting"}}"#
    let histories = [open, "\(open), \(waiting)", "\(open), \(done)"]
    let records = histories.enumerated().map { index, history in
      #"{"id": "T-\#(index)", "urgency": "high", "history": [\#(history)]}"#
    }
    func counts(_ waivers: String, from now: String = "03-02T10:30", until end: String = "03-02T15:00")
      async throws -> [Int]
    {
      let rulebook = try SimulationTests.planner(waivers).rulebook
      let forecast = try await forecast(records.map { .record($0) }, from: now, until: end, rulebook)
      let text = ForecastText(rulebook, language: "en").text(forecast, from: .earliest, until: .latest)
      #expect(text.contains("\(forecast.waived) waived") == (forecast.waived > 0))
      return [forecast.breaches, forecast.waits, forecast.late, forecast.waived]
    }
    let waiver = "waivers: [{id: W-1, rule: answer, until: 2026-03-02, by: owner-a, reason: none}]"
    #expect(try await counts("") == [1, 1, 0, 0])
    #expect(try await counts(waiver) == [0, 0, 0, 2])
    #expect(try await counts(waiver.replacing("answer", with: "solution")) == [1, 1, 0, 0])
    #expect(try await counts("", from: "03-02T12:00") == [0, 1, 1, 0])
    #expect(try await counts(waiver, from: "03-02T12:00") == [0, 0, 0, 2])
    // The waiver ends before the forecast does.
    #expect(try await counts(waiver, until: "03-03T00:00") == [1, 1, 0, 0])
    #expect(
      try await counts(
        waiver.replacing(
          "]", with: ", {id: W-2, rule: answer, until: 2026-03-04, by: owner-a, reason: none}]"),
        until: "03-03T00:00")
        == [0, 0, 0, 2])
  }

  @Test("counts the windows that a check would show as running, paused and breached", arguments: 1...4)
  func windows(seed: Int) async throws {
    let records = Self.records(200, seed: seed)
    let rulebook = try SimulationTests.planner().rulebook
    let (now, end) = (try instant("2026-03-02T10:30Z"), try instant("2026-03-02T15:00Z"))
    var (breaches, waits, late) = (Set<String>(), 0, 0)
    for record in records {
      let ticket = try rulebook.ticket(record)
      let decision = rulebook.decision(about: ticket, at: now)
      let id = ticket.text(ticket.slots[0])
      for reading in decision.windows {
        switch reading.state {
        case .running, .warned:
          if let due = reading.dueAt, due < end { breaches.insert("\(id) \(reading.window) \(due)") }
        case .paused: waits += 1
        case .breached where reading.stoppedAt == nil: late += 1
        default: break
        }
      }
    }
    let forecast = try await forecast(records.map { .record($0) })
    let found = forecast.teams.flatMap(\.breaches).map { "\($0.ticket) \($0.window) \($0.dueAt)" }
    #expect(Set(found) == breaches && found.count == breaches.count && !breaches.isEmpty)
    #expect(forecast.waits == waits && forecast.late == late && forecast.tickets == 200)
  }

  @Test("says the same as a simulation of each ticket: what breaches is what was foretold")
  func simulation() async throws {
    // What the record says of later instants is left out: nobody acts.
    let records = Self.records(60).map { record in
      record.replacing(/, \{"at": "2026-03-02T1[1-6][^}]*\}\}/, with: "")
    }
    let planner = try SimulationTests.planner()
    let (now, end) = (try instant("2026-03-02T10:59Z"), try instant("2026-03-02T15:00Z"))
    var foretold = Set<String>()
    for record in records {
      let ticket = try planner.rulebook.ticket(record)
      let id = ticket.text(ticket.slots[0])
      let outcome = Simulation(planner).outcome(of: ticket, id: id, from: now, until: end)
      for event in outcome.events where event.notice.event == .breached && !event.isRepetition {
        foretold.insert("\(id) \(event.notice.rule) \(event.notice.at)")
      }
    }
    let forecast = try await forecast(records.map { .record($0) }, from: "03-02T10:59")
    let found = forecast.teams.flatMap(\.breaches).map { "\($0.ticket) \($0.window) \($0.dueAt)" }
    #expect(Set(found) == foretold && !foretold.isEmpty)
  }

  @Test("puts the most urgent first, whatever the order of the store and the number of jobs")
  func order() async throws {
    let records = Self.records(100)
    let forward = try await forecast(records.map { .record($0) })
    let backward = try await forecast(records.reversed().map { .record($0) }, jobs: 4)
    for (left, right) in zip(forward.teams, backward.teams) {
      #expect(left.name == right.name && left.breaches == right.breaches)
      #expect(left.breaches.map(\.dueAt) == left.breaches.map(\.dueAt).sorted())
    }
    #expect(forward.teams.compactMap(\.name).sorted() == ["desk", "net"])
    #expect(forward.teams.first?.name == "net")
    #expect(forward.teams.first?.breaches.first?.assignee == "zhou")
  }

  @Test("takes the team and the assignee that the ticket names before those that the rules decide")
  func own() async throws {
    let rulebook = try compile(
      """
      fields:
        id: {type: string}
        team: {type: choice, values: [net, desk]}
        assignee: {type: string, masked: true}
        opened_at: {type: instant}
      windows: {answer: {start: opened_at, stop: {team: desk}, target: 1 hour}}
      """)
    let records = [
      #"{"id": "T-1", "team": "net", "assignee": "zhou", "opened_at": "2026-03-02T10:00Z", "history": [{"at": "2026-03-02T10:00Z", "set": {"team": "net"}}]}"#,
      #"{"opened_at": "2026-03-02T10:00Z", "history": [{"at": "2026-03-02T10:00Z", "set": {"id": null}}]}"#,
    ]
    let forecast = try await forecast(records.map { .record($0) }, rulebook)
    #expect(forecast.teams.map(\.name) == ["net", nil])
    #expect(forecast.teams.flatMap(\.breaches).map(\.assignee) == ["***", nil])
    #expect(forecast.teams.flatMap(\.breaches).map(\.ticket) == ["T-1", "memory:2"])
  }

  @Test("names the first records that it cannot read, and counts them all")
  func unreadable() async throws {
    let items: [MemoryStore.Item] =
      [.record(Self.records(1)[0])] + (0..<30).map { _ in .malformed("no ticket") } + [.record("{")]
    let forecast = try await forecast(items)
    #expect(forecast.tickets == 1 && forecast.unreadableCount == 31 && forecast.unreadable.count == 10)
    #expect(forecast.unreadable.first?.place == "memory:2")
    #expect(forecast.unreadable.first?.message == "no ticket")
  }

  @Test("passes on what the store says of its failure")
  func failure() async throws {
    await #expect(throws: PluginError.self) {
      try await forecast([.record(Self.records(1)[0]), .failure(PluginError(.transient, "gone"))])
    }
  }
}
