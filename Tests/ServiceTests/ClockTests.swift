#if Service
  import Engine
  import PluginAPI
  import TestSupport
  import Testing
  import WorkingTime

  @Suite("The service and its clock")
  struct ClockTests {
    private static let warnings = (1...20).map { "T-\($0)/answer/answer/0/50%" }
    private static let breaches = (1...20).map { "T-\($0)/answer/answer/0/due" }

    private func watch(_ now: String = "2026-03-02T08:00:00Z") throws -> Watch {
      let watch = try Watch(now)
      for number in 1...20 { watch.put("T-\(number)", opened: "08:00") }
      return watch
    }

    private func evaluated(_ service: Service) async throws {
      try await until { try await service.counts().tickets == 20 }
    }

    @Test("delivers once, and late, what fell due while the machine slept for three days")
    func sleep() async throws {
      let watch = try watch()
      try await watch.run { service in
        try await evaluated(service)
        watch.clock.advance(3 * .day)
        try await until { watch.inbox.keys.count == 40 }
        watch.clock.advance(.hour)
        try await until { watch.events.contains(.clockJumped(3 * .day)) }
      }
      #expect(Set(watch.inbox.keys) == Set(Self.warnings + Self.breaches))
      #expect(watch.inbox.keys.count == 40)
      #expect(watch.inbox.received.allSatisfy { $0.title.hasPrefix("[late] ") })
    }

    @Test("delivers once, and late, what fell due while it did not run for three days")
    func downtime() async throws {
      let watch = try watch()
      try await watch.run { try await evaluated($0) }
      watch.clock.advance(3 * .day)
      try await watch.run { _ in try await until { watch.inbox.keys.count == 40 } }
      try await watch.run { _ in try await Task.sleep(for: .milliseconds(100)) }
      #expect(Set(watch.inbox.keys) == Set(Self.warnings + Self.breaches))
      #expect(watch.inbox.keys.count == 40)
      #expect(watch.inbox.received.allSatisfy { $0.title.hasPrefix("[late] ") })
    }

    @Test("lets a failed notifier rest for five minutes at the most when the clock is set back")
    func rest() async throws {
      let inbox = Inbox { _, attempt throws(PluginError) in
        if attempt == 1 { throw PluginError(.rateLimited, "too much", retryAfterMilliseconds: 20 * .minute) }
        return .delivered
      }
      let watch = try Watch(notifiers: [("desk", inbox)])
      watch.put("T-1", opened: "08:00")
      try await watch.run { service in
        try await until { try await service.counts().nextDue != nil }
        watch.clock.advance(2 * .hour)
        try await until { !watch.problems.isEmpty }
        watch.clock.set(to: try instant("2026-03-02T09:30:00Z"))
        try await until {
          watch.events.contains { if case .clockJumped(let by) = $0 { by < 0 } else { false } }
        }
        // Before its time by this clock, too, nothing is sent.
        watch.clock.set(to: try instant("2026-03-02T10:00:00Z"))
        try await until { inbox.calls == 2 }
      }
    }

    @Test("neither repeats nor loses anything when the clock is set back")
    func backwards() async throws {
      let watch = try watch()
      try await watch.run { service in
        try await evaluated(service)
        watch.clock.advance(2 * .hour)
        try await until { watch.inbox.keys.count == 20 }
        watch.clock.set(to: try instant("2026-03-02T08:30:00Z"))
        try await until {
          watch.events.contains { if case .clockJumped(let by) = $0 { by < 0 } else { false } }
        }
        watch.put("T-1", opened: "08:00", kind: "y")
        try await until { watch.store.written.count > 40 }
        watch.clock.advance(3 * .hour + 30 * .minute + 1)
        try await until { watch.inbox.keys.count == 40 }
      }
      #expect(Set(watch.inbox.keys) == Set(Self.warnings + Self.breaches))
    }

    @Test("sends nothing again when the clock was ahead for a while")
    func forwards() async throws {
      let watch = try watch()
      try await watch.run { service in
        try await evaluated(service)
        watch.clock.set(to: try instant("2026-03-09T08:00:00Z"))
        try await until { watch.inbox.keys.count == 40 }
        watch.clock.set(to: try instant("2026-03-02T08:00:02Z"))
        watch.put("T-21", opened: "08:00")
        try await until { try await service.counts().tickets == 21 }
        watch.clock.advance(2 * .hour)
        try await until { watch.inbox.keys.count == 41 }
      }
      #expect(watch.inbox.keys.last == "T-21/answer/answer/0/50%")
      #expect(Set(watch.inbox.keys).count == 41)
    }

    @Test("tries again soon what waited for another attempt when the clock was set back")
    func attempts() async throws {
      let refusing = Inbox { _, attempt in attempt < 2 ? .retry(afterMilliseconds: 60_000) : .delivered }
      let watch = try Watch(notifiers: [("desk", refusing)])
      watch.put("T-1", opened: "05:00")
      var settings = ServiceSettings()
      settings.watchingSince = try instant("2026-03-02T06:00:00Z")
      try await watch.run(settings: settings) { _ in
        try await until { watch.inbox.calls == 1 }
        watch.clock.set(to: try instant("2026-03-02T07:10:00Z"))
        try await until {
          watch.clock.advance(1_000)
          return watch.inbox.calls == 2
        }
        #expect(watch.clock.now() < (try instant("2026-03-02T08:00:00Z")))
      }
    }

    @Test(
      "keeps instants over a change to daylight saving",
      arguments: [
        // New York: 2026-03-08, 02:00 becomes 03:00; 2026-11-01, 02:00 becomes 01:00.
        ("2026-03-08T05:30:00Z", "2026-03-08T06:00:00Z"), ("2026-11-01T04:30:00Z", "2026-11-01T05:00:00Z"),
      ])
    func daylightSaving(start: String, opened: String) async throws {
      let watch = try Watch(start)
      watch.put("T-1", opened: opened)
      let rules = Watch.rules.replacing("time_zone: UTC", with: "time_zone: America/New_York")
      try await watch.run(rules: rules) { service in
        try await until { try await service.counts().tickets == 1 }
        watch.clock.advance(30 * .minute + 2 * .hour - 1)
        try await Task.sleep(for: .milliseconds(50))
        #expect(watch.inbox.keys.isEmpty)
        watch.clock.advance(1)
        try await until { watch.inbox.keys.count == 1 }
        watch.clock.advance(2 * .hour + 1)
        try await until { watch.inbox.keys.count == 2 }
      }
      #expect(watch.inbox.keys == [Self.warnings[0], Self.breaches[0]])
      #expect(watch.inbox.received.allSatisfy { !$0.title.hasPrefix("[late]") })
    }
  }
#endif
