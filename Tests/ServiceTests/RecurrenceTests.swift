#if Service
  import Engine
  import PluginAPI
  import TestSupport
  import Testing
  import WorkingTime

  @Suite("The service and frequent problems")
  struct RecurrenceTests {
    private static let rules = """
      language: en
      time_zone: UTC
      fields:
        id: {type: string}
        opened_at: {type: instant}
        kind: {type: string, max_length: 20}
        cause: {type: string}
        owner: {type: string}
      reviews:
        - {id: V-1, group_by: [kind], count: 3, within: 10 days, at: opened_at, require: [cause], severity: warning}
      notifications:
        - {id: N-1, on: review, to: owner}
      """

    private func put(_ number: Int, _ watch: Watch, kind: String = "disk", cause: String? = nil) {
      let held = cause.map { ", \"cause\": \"\($0)\"" } ?? ""
      watch.store.put(
        "T-\(number)",
        """
        {"id": "T-\(number)", "opened_at": "2026-03-02T08:0\(number):00Z", "kind": "\(kind)", "owner": "o-\(number)"\(held)}
        """)
    }

    private func decided(_ service: Service, _ tickets: Int) async throws {
      try await until { try await service.counts().tickets == tickets }
    }

    @Test("tells of a review once, to whom the ticket names with which it fell due, also over a restart")
    func once() async throws {
      let watch = try Watch()
      try await watch.run(rules: Self.rules) { service in
        try await until { watch.events.contains { if case .swept = $0 { true } else { false } } }
        watch.clock.advance(.hour)
        for number in 1...4 { put(number, watch) }
        try await until { watch.inbox.keys.count == 1 }
      }
      put(5, watch)
      try await watch.run(rules: Self.rules) { try await decided($0, 5) }
      let delivery = try #require(watch.inbox.received.first)
      #expect(watch.inbox.keys == ["T-3/V-1/review/N-1"])
      #expect(delivery.to == ["o-3"] && delivery.severity == .warning && delivery.notice == "review")
      #expect(
        delivery.title
          == "T-3: 3 tickets with kind disk within 10 d need a review: cause is missing")
    }

    @Test("counts like tickets alone, and begins anew once a review was held")
    func held() async throws {
      let watch = try Watch()
      try await watch.run(rules: Self.rules) { service in
        try await until { watch.events.contains { if case .swept = $0 { true } else { false } } }
        watch.clock.advance(.hour)
        put(1, watch)
        put(2, watch, kind: "screen")
        put(3, watch)
        put(4, watch, cause: "worn out")
        for number in 5...6 { put(number, watch) }
        try await decided(service, 6)
        #expect(watch.inbox.keys.isEmpty)
        put(7, watch)
        try await until { watch.inbox.keys.count == 1 }
      }
      #expect(watch.inbox.keys == ["T-7/V-1/review/N-1"])
    }

    @Test("takes what fell due before it watched for history, and tells of what a change makes due")
    func history() async throws {
      let watch = try Watch("2026-03-02T09:00:00Z")
      for number in 1...3 { put(number, watch) }
      for number in 4...5 { put(number, watch, kind: "screen") }
      put(6, watch, kind: "disc")
      try await watch.run(rules: Self.rules) { service in
        try await until { watch.events.contains { if case .swept = $0 { true } else { false } } }
        // What was misspelt is the third of its kind.
        put(6, watch, kind: "screen")
        try await until { watch.inbox.keys.count == 1 }
      }
      #expect(watch.inbox.keys == ["T-6/V-1/review/N-1"])
    }

    @Test("withdraws what waits where the review is held first, or a ticket turns out to be another")
    func withdrawn() async throws {
      let inbox = Inbox { _, _ in .retry(afterMilliseconds: 60_000) }
      let watch = try Watch(notifiers: [("desk", inbox)])
      try await watch.run(rules: Self.rules) { service in
        try await until { watch.events.contains { if case .swept = $0 { true } else { false } } }
        watch.clock.advance(.hour)
        for number in 1...3 { put(number, watch) }
        try await until { try await service.counts().outbox["desk"] == 1 }
        // Decided again for another reason, the ticket keeps what waits about its group.
        put(3, watch, cause: "")
        try await until { watch.store.written.count == 4 }
        put(3, watch, cause: "worn out")
        try await until { try await service.counts().outbox.isEmpty }
      }
    }
  }
#endif
