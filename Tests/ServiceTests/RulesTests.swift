#if Service
  import Engine
  import PluginAPI
  import RuleEvaluator
  import TestSupport
  import Testing
  import WorkingTime

  @Suite("The service under new rules")
  struct RulesTests {
    private static let earlyWarning = Watch.rules.replacing("warn: [50%]", with: "warn: [25%, 50%]")
    private static let half = "T-1/answer/answer/0/50%"
    private static let due = "T-1/answer/answer/0/due"

    @Test("decides all tickets anew, keeps their timers, and tells nothing of the time before")
    func replacement() async throws {
      let watch = try Watch()
      watch.put("T-1", opened: "08:00")
      watch.put("T-2", opened: "09:00")
      let rules = try compile(Self.earlyWarning)
      try await watch.run { service in
        try await until { try await service.counts().tickets == 2 }
        watch.clock.advance(90 * .minute)
        try await until { watch.events.contains(.clockJumped(90 * .minute)) }
        watch.put("T-3", opened: "09:30")
        try await until { try await service.counts().tickets == 3 }
        service.replaceRulebook(rules)
        try await until { watch.events.contains(.swept(rulebook: rules.identity)) }
        // 25 % of T-1 were over at nine; those of T-2 are at ten, as is the half of T-1.
        try await until { try await service.counts().nextDue == instant("2026-03-02T10:00:00Z") }
        watch.clock.advance(30 * .minute)
        try await until { watch.inbox.keys.count == 2 }
      }
      #expect(watch.events.contains(.rulesChanged(rulebook: rules.identity)))
      #expect(Set(watch.inbox.keys) == [Self.half, "T-2/answer/answer/0/25%"])
      let identities = Set(
        watch.store.written.suffix(2).map {
          String(decoding: $0.json, as: UTF8.self).contains(rules.identity)
        })
      #expect(identities == [true])
    }

    @Test("tells of what fell due under both while it did not run")
    func restart() async throws {
      let watch = try Watch()
      watch.put("T-1", opened: "08:00")
      try await watch.run { service in
        try await until { try await service.counts().tickets == 1 }
        watch.clock.advance(61 * .minute)
        try await until { watch.events.contains(.clockJumped(61 * .minute)) }
      }
      watch.clock.advance(89 * .minute)
      try await watch.run(rules: Self.earlyWarning) { service in
        try await until { watch.inbox.keys.count == 1 }
        try await until { try await service.counts().nextDue == instant("2026-03-02T12:00:00.001Z") }
      }
      #expect(watch.inbox.keys == [Self.half])
      // All tickets once more, beside what changed.
      #expect(watch.store.readings.contains(nil) && watch.store.readings.last != nil as Watermark?)
    }

    @Test("tells of what fell due while the store failed, though pages were kept meanwhile")
    func storeFailure() async throws {
      let watch = try Watch()
      watch.put("T-1", opened: "2026-03-02T06:00:30Z")
      try await watch.run { service in
        try await until { try await service.counts().nextDue != nil }
        watch.store.allowWrites(0)
        let read = watch.store.read
        watch.put("T-2", opened: "08:00")
        try await until { watch.store.read > read }
        watch.store.fail(PluginError(.transient, "the server is away"))
        watch.clock.advance(31_000)
        try await until { !watch.problems.isEmpty }
        watch.store.allowWrites(.max)
        try await until { try await service.counts().tickets == 2 }
        try await Task.sleep(for: .milliseconds(50))
      }
      watch.store.fail(nil)
      try await watch.run(rules: Self.earlyWarning) { _ in
        try await until { watch.inbox.keys.contains(Self.half) }
      }
    }

    @Test("that are the same change nothing")
    func same() async throws {
      let watch = try Watch()
      watch.put("T-1", opened: "08:00")
      let rules = try compile(Watch.rules)
      try await watch.run { service in
        try await until { try await service.counts().tickets == 1 }
        service.replaceRulebook(rules)
        watch.clock.advance(2 * .hour)
        try await until { watch.inbox.keys.count == 1 }
      }
      #expect(!watch.events.contains(.rulesChanged(rulebook: rules.identity)))
    }
  }
#endif
