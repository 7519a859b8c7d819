#if Service
  import Engine
  import PluginAPI
  import TestSupport
  import Testing
  import WorkingTime

  @Suite("The service and waivers")
  struct WaiverTests {
    private static let waivers =
      "\nwaivers: [{id: W-1, rule: answer, when: {kind: x}, until: 2026-03-02, by: owner-a, reason: the desk moves}]"

    @Test("tells nobody of a breach that is waived, and tells of it once when the waiver has ended")
    func breach() async throws {
      let watch = try Watch()
      watch.put("T-1", opened: "08:00")
      watch.put("T-2", opened: "08:00", kind: "y")
      try await watch.run(rules: Watch.rules + Self.waivers) { service in
        try await until { try await service.counts().nextDue == instant("2026-03-02T10:00:00Z") }
        watch.clock.advance(4 * .hour + 1)
        try await until { watch.inbox.keys.count == 2 }
        try await watch.settle(service)
        #expect(watch.inbox.keys.allSatisfy { $0.hasPrefix("T-2/") })
        #expect(try await service.counts().nextDue == instant("2026-03-03T00:00:00Z"))
        watch.clock.advance(12 * .hour - 2)
        try await watch.settle(service)
        #expect(watch.inbox.keys.count == 2)
        watch.clock.advance(1)
        try await until { watch.inbox.keys.count == 4 }
        watch.clock.advance(24 * .hour)
        let written = watch.store.written.count
        watch.put("T-1", opened: "08:00", done: "13:00")
        try await until { watch.store.written.count > written }
        try await watch.settle(service)
      }
      #expect(
        watch.inbox.keys.filter { $0.hasPrefix("T-1/") }.sorted() == [
          "T-1/answer/answer/0/50%", "T-1/answer/answer/0/due",
        ])
    }

    @Test("leaves untold what was history before it watched, also when the waiver has ended")
    func history() async throws {
      let watch = try Watch("2026-03-02T11:00:00Z")
      watch.put("T-1", opened: "03:00")
      watch.put("T-2", opened: "08:00")
      try await watch.run(rules: Watch.rules + Self.waivers) { service in
        try await until { try await service.counts().tickets == 2 }
        watch.clock.advance(13 * .hour)
        try await until { watch.inbox.keys.count == 1 }
        try await watch.settle(service)
      }
      #expect(watch.inbox.keys == ["T-2/answer/answer/0/due"])
    }

    @Test("tells of a review of frequent problems once the waiver has ended")
    func review() async throws {
      let rules = """
        language: en
        time_zone: UTC
        fields:
          id: {type: string}
          opened_at: {type: instant}
          kind: {type: string}
          cause: {type: string}
        reviews: [{id: V-1, group_by: [kind], count: 2, within: 10 days, at: opened_at, require: [cause]}]
        notifications: [{id: N-1, on: review, to: boss}]
        waivers: [{id: W-1, rule: V-1, until: 2026-03-02, by: owner-a, reason: nobody has time}]
        """
      let watch = try Watch()
      try await watch.run(rules: rules) { service in
        try await until { watch.events.contains { if case .swept = $0 { true } else { false } } }
        watch.clock.advance(.hour)
        watch.put("T-1", opened: "08:10")
        watch.put("T-2", opened: "08:20")
        try await until { try await service.counts().tickets == 2 }
        try await watch.settle(service)
        #expect(watch.inbox.keys.isEmpty)
        watch.clock.advance(15 * .hour)
        try await until { watch.inbox.keys.count == 1 }
        try await watch.settle(service)
      }
      #expect(watch.inbox.keys == ["T-2/V-1/review/N-1"])
    }
  }
#endif
