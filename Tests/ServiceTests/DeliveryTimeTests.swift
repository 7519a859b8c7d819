#if Service
  import Engine
  import PluginAPI
  import TestSupport
  import Testing
  import WorkingTime

  /// 2026-03-02 is a Monday.
  @Suite("The service's notices, whatever they are about,")
  struct DeliveryTimeTests {
    private static let fields =
      Watch.fields + """
          cause: {type: string}
        calendars:
          office: {weekly_hours: {mon-fri: ['09:00-17:00']}}
          night: {weekly_hours: {mon-fri: ['21:00-23:00']}}

        """
    private static let findings =
      fields + """
        required_fields: [{id: F-1, fields: [cause]}]
        notifications:
          - id: N-1
            on: finding
            to: boss
            deliver: working-time
            calendar: office
            group_by: [rule]
            group_wait: 5 minutes
            message: "{id} {rule}"
        """

    private func put(_ id: String, _ more: String = "", _ watch: Watch) {
      watch.store.put(id, #"{"id": "\#(id)"\#(more)}"#)
    }

    /// At 20:00, after a service that saw a ticket at 08:00 and ended.
    private func overdue(by rules: String) async throws -> Watch {
      let watch = try Watch()
      watch.put("T-1", opened: "08:00")
      try await watch.run(rules: rules) { service in
        try await until { try await service.counts().nextDue != nil }
      }
      watch.clock.set(to: try instant("2026-03-02T20:00:00Z"))
      return watch
    }

    /// Whether nothing arrives by the end of a wait.
    private func expectsNothing(_ watch: Watch, more count: Int = 0) async throws {
      try await Task.sleep(for: .milliseconds(50))
      #expect(watch.inbox.keys.count == count)
    }

    @Test("wait for working time and for their group where they are findings, and go when these are gone")
    func findings() async throws {
      let watch = try Watch("2026-03-02T07:00:00Z")
      for number in 1...3 { put("T-\(number)", "", watch) }
      try await watch.run(rules: Self.findings) { service in
        try await until { try await service.counts().outbox == ["desk": 3] }
        put("T-2", #", "cause": "worn out""#, watch)
        try await until { try await service.counts().outbox == ["desk": 2] }
        watch.clock.advance(2 * .hour)
        put("T-4", "", watch)
        try await until { try await service.counts().outbox == ["desk": 3] }
        watch.clock.advance(5 * .minute - 1)
        try await expectsNothing(watch)
        watch.clock.advance(1)
        try await until { watch.inbox.keys.count == 1 }
        try await until { try await service.counts().outbox.isEmpty }
      }
      let delivery = try #require(watch.inbox.received.first)
      #expect(delivery.title == "3 notices: T-1 F-1, …")
      #expect(delivery.body == "- T-1 F-1\n- T-3 F-1\n- T-4 F-1")
      #expect(delivery.notice == "finding" && delivery.key.hasPrefix("T-1/F-1/cause/N-1+"))
    }

    @Test("wait for working time where a review of frequent problems is owed")
    func review() async throws {
      let rules =
        Self.fields + """
          reviews: [{id: V-1, group_by: [kind], count: 2, within: 10 days, at: opened_at, require: [cause]}]
          notifications: [{id: N-1, on: review, deliver: working-time, calendar: night, group_by: [kind], group_wait: 1 minute}]
          """
      let watch = try Watch()
      try await watch.run(rules: rules) { service in
        try await until { watch.events.contains { if case .swept = $0 { true } else { false } } }
        watch.clock.advance(.hour)
        for number in 1...2 { watch.put("T-\(number)", opened: "08:1\(number)") }
        try await until { try await service.counts().outbox == ["desk": 1] }
        watch.clock.advance(12 * .hour + 59_999)
        try await expectsNothing(watch)
        watch.clock.advance(1)
        try await until { watch.inbox.keys.count == 1 }
      }
      #expect(watch.inbox.keys[0].hasPrefix("T-2/V-1/review/N-1+"))
    }

    @Test("wait for the next opening where the one at their time was missed, and are late then")
    func missed() async throws {
      let rules =
        Self.fields + """
          windows: {answer: {start: opened_at, stop: done_at, target: 4 hours}}
          notifications: [{id: N-1, on: window.breached, deliver: working-time, calendar: office}]
          """
      let watch = try await overdue(by: rules)
      try await watch.run(rules: rules) { service in
        try await until { try await service.counts().outbox == ["desk": 1] }
        watch.clock.advance(13 * .hour - 1)
        try await expectsNothing(watch)
        watch.clock.advance(1)
        try await until { watch.inbox.keys.count == 1 }
      }
      #expect(watch.inbox.received[0].title.hasPrefix("[late] "))
      #expect(watch.inbox.received[0].body.hasPrefix("This was due at 2026-03-02T12:00:00Z."))
    }

    @Test(
      "join no group that goes out before their own opening, nor one that goes out later than they may wait")
    func openings() async throws {
      let rules =
        Self.fields + """
          required_fields: [{id: F-1, fields: [cause]}]
          windows: {answer: {start: opened_at, stop: done_at, target: 4 hours, calendar: night}}
          notifications:
            - id: N-1
              on: [window.breached, finding]
              deliver: working-time
              calendar: office
              group_by: [kind]
              group_wait: 5 minutes
          """
      let watch = try Watch("2026-03-02T19:00:00Z")
      watch.put("T-1", opened: "16:00")
      try await watch.run(rules: rules) { service in
        try await until { try await service.counts().outbox == ["desk": 1] }
        watch.clock.advance(.hour + 1)
        try await until { try await service.counts().outbox == ["desk": 2] }
        watch.clock.set(to: try instant("2026-03-02T21:05:00Z"))
        try await until { watch.inbox.keys.count == 1 }
        watch.clock.set(to: try instant("2026-03-03T09:04:59Z"))
        try await expectsNothing(watch, more: 1)
        watch.clock.advance(1_000)
        try await until { watch.inbox.keys.count == 2 }
      }
      #expect(watch.inbox.received.map(\.notice) == ["window.breached", "finding"])
    }

    @Test("are at most a hundred in one, also where more come at once")
    func limit() async throws {
      let watch = try Watch("2026-03-02T08:00:00Z")
      for number in 1...150 { put("T-\(number)", "", watch) }
      try await watch.run(rules: Self.findings) { service in
        try await until { try await service.counts().outbox == ["desk": 150] }
        watch.clock.advance(.hour + 5 * .minute)
        try await until { watch.inbox.keys.count == 2 }
      }
      let counts = watch.inbox.received.map { $0.title.prefix { $0.isNumber } }
      #expect(Set(counts) == ["100", "50"])
    }

    @Test("are late in a group, too, where they could have gone out before")
    func lateGroup() async throws {
      let rules =
        Self.fields + """
          windows: {answer: {start: opened_at, stop: done_at, target: 4 hours}}
          notifications: [{id: N-1, on: window.breached, group_by: [kind], group_wait: 5 minutes}]
          """
      let watch = try await overdue(by: rules)
      try await watch.run(rules: rules) { service in
        try await until { try await service.counts().outbox == ["desk": 1] }
        watch.clock.advance(5 * .minute)
        try await until { watch.inbox.keys.count == 1 }
      }
      #expect(watch.inbox.received[0].title.hasPrefix("[late] "))
    }
  }
#endif
