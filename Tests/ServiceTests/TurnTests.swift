#if Service
  import Engine
  import Foundation
  import PluginAPI
  import TestSupport
  import Testing
  import WorkingTime

  @Suite("The service and the turns of a team")
  struct TurnTests {
    private static func rules(
      _ assign: String, members: String = "[net-a, net-b]", away: String = "", fields: String = ""
    ) -> String {
      """
      language: en
      time_zone: UTC
      fields:
        id: {type: string}
        opened_at: {type: instant}
        done_at: {type: instant}
        kind: {type: choice, values: [open, done, other]}
      \(fields)
      workflow:
        field: kind
        initial: open
        states:
          open: {category: open, next: [other, done]}
          other: {category: open, next: [open, done]}
          done: {category: closed}
      routing:
        hit: first
        inputs: [kind]
        outputs: [team]
        rows:
          - {id: R-1, kind: open | done, team: network}
        otherwise: {team: desk}
        teams:
          network: {lead: net-lead, members: \(members), assign: \(assign)\(away)}
          desk: {lead: desk-lead, members: [desk-a], assign: first}
      windows:
        answer: {start: opened_at, stop: done_at, target: 4 hours, warn: [50%]}
      notifications:
        - {id: N-1, on: window.warning, to: assignee}
      """
    }

    /// The assignee in the last decision about each ticket, and how that came.
    private func assignees(_ watch: Watch) throws -> [String: [String?]] {
      var found: [String: [String?]] = [:]
      for record in watch.store.written {
        let json = try #require(try JSONSerialization.jsonObject(with: Data(record.json)) as? [String: Any])
        let route = try #require(json["route"] as? [String: Any])
        found[record.ticket] = [route["assignee"] as? String, route["assignment"] as? String]
      }
      return found
    }

    private func decided(_ service: Service, _ watch: Watch, _ tickets: Int) async throws {
      try await until { Set(watch.store.written.map(\.ticket)).count == tickets }
    }

    @Test("goes on with them after a restart, and tells whose turn it was")
    func roundRobin() async throws {
      let watch = try Watch()
      for number in 1...3 { watch.put("T-\(number)", opened: "08:00", kind: "open") }
      try await watch.run(rules: Self.rules("round-robin")) { try await decided($0, watch, 3) }
      watch.put("T-4", opened: "08:00", kind: "open")
      try await watch.run(rules: Self.rules("round-robin")) { service in
        try await decided(service, watch, 4)
        watch.clock.advance(2 * .hour)
        try await until { watch.inbox.keys.count == 4 }
      }
      let found = try assignees(watch)
      #expect(found["T-1"] == ["net-a", "round-robin"] && found["T-4"] == ["net-b", "round-robin"])
      #expect(Set(found.values.compactMap { $0[0] }) == ["net-a", "net-b"])
      let told = Dictionary(uniqueKeysWithValues: watch.inbox.received.map { ($0.ticket, $0.to) })
      for (ticket, assignee) in found { #expect(told[ticket] == assignee.prefix(1).compactMap(\.self)) }
      #expect(watch.inbox.received.allSatisfy { $0.body.contains("Assignee: net-") })
    }

    @Test("counts open tickets, also over a restart, and leaves a ticket where it is")
    func leastLoaded() async throws {
      let watch = try Watch()
      let rules = Self.rules("least-loaded", members: "[net-a, net-b]")
      for number in 1...4 { watch.put("T-\(number)", opened: "08:00", kind: "open") }
      try await watch.run(rules: rules) { try await decided($0, watch, 4) }
      // Two of net-a are done: the next two are his.
      let first = try assignees(watch)
      for (ticket, found) in first where found[0] == "net-a" {
        watch.put(ticket, opened: "08:00", done: "08:30", kind: "done")
      }
      try await watch.run(rules: rules) { service in
        try await until { watch.store.written.count == 6 }
        for number in 5...6 { watch.put("T-\(number)", opened: "08:00", kind: "open") }
        try await decided(service, watch, 6)
      }
      let found = try assignees(watch)
      #expect(found["T-5"]?[0] == "net-a" && found["T-6"]?[0] == "net-a")
      for (ticket, before) in first { #expect(found[ticket] == before) }
    }

    @Test("says so where everybody is away, tells the lead, and gives the ticket to whoever is back first")
    func nobody() async throws {
      let watch = try Watch("2026-03-02T20:00:00Z")
      let away = ", away: [{member: net-a, days: 2026-03-01..2026-03-03}, {member: net-b, days: 2026-03-02}]"
      watch.put("T-1", opened: "20:00", kind: "open")
      try await watch.run(rules: Self.rules("round-robin", away: away)) { service in
        try await decided(service, watch, 1)
        #expect(try assignees(watch)["T-1"] == [nil, "nobody-eligible"])
        watch.clock.advance(2 * .hour)
        try await until { watch.inbox.keys.count == 1 }
        #expect(watch.inbox.received[0].to == ["net-lead"])
        watch.clock.set(to: try instant("2026-03-03T00:00:00Z"))
        try await until { try assignees(watch)["T-1"] == ["net-b", "round-robin"] }
      }
    }

    @Test("gives a ticket that changes its team to the other, and takes a turn when it comes back")
    func moved() async throws {
      let watch = try Watch()
      watch.put("T-1", opened: "08:00", kind: "open")
      try await watch.run(rules: Self.rules("round-robin")) { service in
        try await until { try assignees(watch)["T-1"] == ["net-a", "round-robin"] }
        watch.put("T-1", opened: "08:00", kind: "other")
        try await until { try assignees(watch)["T-1"] == ["desk-a", nil] }
        watch.put("T-1", opened: "08:00", kind: "open")
        try await until { try assignees(watch)["T-1"] == ["net-b", "round-robin"] }
      }
    }

    @Test("leaves a ticket to whoever has it by its own field, and counts it")
    func own() async throws {
      let watch = try Watch()
      let rules = Self.rules("least-loaded", fields: "  assignee: {type: string}")
      watch.store.put(
        "T-1", #"{"id": "T-1", "opened_at": "2026-03-02T08:00:00Z", "kind": "open", "assignee": "net-a"}"#)
      try await watch.run(rules: rules) { service in
        try await decided(service, watch, 1)
        watch.put("T-2", opened: "08:00", kind: "open")
        try await decided(service, watch, 2)
      }
      let found = try assignees(watch)
      #expect(found["T-1"]?[0] == "net-a" && found["T-2"]?[0] == "net-b")
    }
  }
#endif
