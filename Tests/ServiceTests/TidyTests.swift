#if Service
  import Engine
  import PluginAPI
  import TestSupport
  import Testing
  import WorkingTime

  private let warning = "T-1/answer/answer/0/50%"
  private let breach = "T-1/answer/answer/0/due"

  @Suite("The service's memory of what it sent")
  struct TidyTests {
    private static let long = 31 * Int64.day

    private func forgotten(_ watch: Watch) -> Int {
      watch.events.reduce(0) { if case .forgotten(let count) = $1 { $0 + count } else { $0 } }
    }

    /// Lets a ticket be warned of and breached, and perhaps be answered.
    private func tell(_ watch: Watch, done: String? = nil, _ service: Service) async throws {
      watch.put("T-1", opened: "08:00")
      try await until { try await service.counts().nextDue != nil }
      watch.clock.advance(2 * .hour)
      try await until { watch.inbox.keys == [warning] }
      try await recorded(watch, service)
      guard let done else { return }
      watch.clock.advance(2 * .hour + 1)
      try await until { watch.inbox.keys == [warning, breach] }
      try await recorded(watch, service)
      try await decide(watch) { watch.put("T-1", opened: "08:00", done: done) }
      try await until { try await service.counts().nextDue == nil }
    }

    /// Waits until what the first notifier was given is recorded, before time goes on.
    private func recorded(_ watch: Watch, _ service: Service) async throws {
      try await until { try await service.counts().outbox[watch.notifiers[0].name] == nil }
    }

    /// Lets the ticket be decided once more.
    private func decide(_ watch: Watch, _ change: () -> Void) async throws {
      let before = watch.store.written.count
      change()
      try await until { watch.store.written.count > before }
    }

    @Test(
      "becomes small once a ticket is quiet, and nothing is sent again: opened anew, moved, or under new rules"
    )
    func quiet() async throws {
      let watch = try Watch()
      try await watch.run { service in
        try await tell(watch, done: "12:30", service)
        watch.clock.advance(29 * .day)
        watch.put("T-2", opened: "2026-03-31T12:00:00Z")
        try await until { try await service.counts().tickets == 2 }
        #expect(forgotten(watch) == 0)
        watch.clock.advance(2 * .day)
        try await until { forgotten(watch) == 2 }
        // T-2 was warned of and breached meanwhile, and goes on.
        try await until { watch.inbox.keys.count == 4 }
      }
      try await watch.run(rules: Watch.rules.replacing("[50%]", with: "[50%, 60%]")) { service in
        try await decide(watch) { watch.put("T-1", opened: "08:00") }
        try await decide(watch) { watch.put("T-1", opened: "2026-04-02T08:00:00Z") }
        try await watch.settle(service)
        watch.clock.advance(5 * .hour)
        try await watch.settle(service)
        try await until { try await service.counts().outbox.isEmpty }
      }
      #expect(watch.inbox.keys.filter { $0 == warning || $0 == breach } == [warning, breach])
      #expect(forgotten(watch) == 2)
    }

    @Test("goes with a ticket that is gone for long, and what fell due before it went stays history")
    func gone() async throws {
      let watch = try Watch()
      try await watch.run { service in
        try await tell(watch, service)
        watch.store.put("T-1", nil)
        watch.clock.advance(2 * .hour + 1)
        try await until { try await service.counts().tickets == 0 }
        watch.clock.advance(Self.long)
        try await until { forgotten(watch) == 1 }
        // What nobody was told of before it went is news.
        watch.put("T-1", opened: "08:00")
        try await until { watch.inbox.keys.count == 2 }
        try await watch.settle(service)
        #expect(watch.inbox.keys == [warning, breach])
      }
      try await watch.run { service in
        watch.put("T-2", opened: "06:00")
        try await until { try await service.counts().tickets == 2 }
        watch.put("T-3", opened: "2026-04-02T12:00:00Z")
        try await until { try await service.counts().tickets == 3 }
        watch.clock.advance(2 * .day)
        try await until { watch.inbox.keys.count == 4 }
      }
      #expect(watch.inbox.keys.dropFirst(2).allSatisfy { $0.hasPrefix("T-3/") })
    }

    @Test("stays where a ticket that was gone is back in time")
    func back() async throws {
      let watch = try Watch()
      try await watch.run { service in
        try await tell(watch, service)
        watch.store.put("T-1", nil)
        watch.clock.advance(2 * .hour + 1)
        try await until { try await service.counts().tickets == 0 }
        watch.clock.advance(10 * .day)
        try await decide(watch) { watch.put("T-1", opened: "08:00", done: "11:00") }
        watch.clock.advance(Self.long)
        try await until { forgotten(watch) == 1 }
        watch.put("T-1", opened: "08:00", kind: "y")
        try await until { watch.inbox.keys.count == 2 }
        try await watch.settle(service)
        try await until { try await service.counts().outbox.isEmpty }
      }
      #expect(watch.inbox.keys == [warning, breach])
    }

    @Test("stays while something waits about the ticket")
    func waiting() async throws {
      let refusing = Inbox { _, _ in .retry(afterMilliseconds: 3_600_000) }
      let watch = try Watch(notifiers: [("desk", Inbox()), ("chat", refusing)])
      try await watch.run { service in
        try await tell(watch, done: "12:30", service)
        try await until { try await service.counts().outbox["chat"] == 2 }
        watch.clock.advance(Self.long)
        watch.put("T-2", opened: "2026-04-02T12:00:00Z")
        try await until { try await service.counts().tickets == 2 }
        watch.clock.advance(.minute)
        try await Task.sleep(for: .milliseconds(100))
      }
      #expect(forgotten(watch) == 0)
    }
  }
#endif
