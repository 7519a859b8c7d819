#if Service
  import Engine
  import PluginAPI
  import SQLiteState
  import TestSupport
  import Testing
  import WorkingTime

  // A window is breached right after its target, so tests let a millisecond more pass.
  private let warning = "T-1/answer/answer/0/50%"
  private let breach = "T-1/answer/answer/0/due"

  @Suite("The service")
  struct ServiceTests {
    @Test("warns and tells of a breach at their instants, each once")
    func twice() async throws {
      let watch = try Watch()
      watch.put("T-1", opened: "08:00")
      try await watch.run { service in
        try await until { try await service.counts().nextDue == instant("2026-03-02T10:00:00Z") }
        watch.clock.advance(2 * .hour - 1)
        try await Task.sleep(for: .milliseconds(50))
        #expect(watch.inbox.keys.isEmpty)
        watch.clock.advance(1)
        try await until { watch.inbox.keys.count == 1 }
        watch.clock.advance(2 * .hour + 1)
        try await until { watch.inbox.keys.count == 2 }
      }
      #expect(watch.inbox.keys == [warning, breach])
      #expect(watch.inbox.received.allSatisfy { !$0.title.hasPrefix("[late]") })
    }

    @Test("asks the store once for the tickets whose timers are due")
    func once() async throws {
      let watch = try Watch()
      for number in 1...3 { watch.put("T-\(number)", opened: "08:00") }
      try await watch.run { service in
        try await until { try await service.counts().tickets == 3 }
        watch.clock.advance(2 * .hour)
        try await until { watch.inbox.keys.count == 3 }
        try await watch.settle(service)
        // A ticket more has been looked at, after whatever else there was to look at.
        watch.put("T-4", opened: "10:00")
        try await until { try await service.counts().tickets == 4 }
      }
      #expect(watch.store.asked.map { Set($0) } == [["T-1", "T-2", "T-3"]])
    }

    @Test("goes on where it was after a restart")
    func restart() async throws {
      let watch = try Watch()
      watch.put("T-1", opened: "08:00")
      try await watch.run { service in
        try await until { try await service.counts().nextDue != nil }
        watch.clock.advance(2 * .hour)
        try await until { watch.inbox.keys.count == 1 }
      }
      let readings = watch.store.readings.count
      watch.clock.advance(.hour)
      try await watch.run { _ in
        watch.clock.advance(.hour + 1)
        try await until { watch.inbox.keys.count == 2 }
      }
      #expect(watch.inbox.keys == [warning, breach])
      #expect(watch.store.readings[readings] == Watermark("1"))
    }

    @Test("takes what fell due before it watched for history, and never sends it")
    func history() async throws {
      let watch = try Watch("2026-03-02T11:00:00Z")
      watch.put("T-1", opened: "08:00")
      watch.put("T-2", opened: "03:00")
      try await watch.run { service in
        try await until { try await service.counts().tickets == 2 }
        watch.clock.advance(.hour + 1)
        try await until { watch.inbox.keys.count == 1 }
        watch.put("T-2", opened: "03:00", kind: "y")
        watch.put("T-3", opened: "12:00")
        try await until { try await service.counts().tickets == 3 }
      }
      #expect(watch.inbox.keys == [breach])
    }

    @Test("sends what an earlier beginning asks for, and says that it is late")
    func earlier() async throws {
      let watch = try Watch("2026-03-02T11:00:00Z")
      watch.put("T-1", opened: "08:00")
      var settings = ServiceSettings()
      settings.watchingSince = try instant("2026-03-02T09:30:00Z")
      try await watch.run(settings: settings) { _ in try await until { watch.inbox.keys.count == 1 } }
      #expect(watch.inbox.keys == [warning])
      #expect(watch.inbox.received[0].title.hasPrefix("[late] "))
      #expect(watch.inbox.received[0].body.hasPrefix("This was due at 2026-03-02T10:00:00Z."))
    }

    @Test("tells late of what a change makes overdue, though it would have been due before the service began")
    func change() async throws {
      let watch = try Watch("2026-03-02T09:00:00Z")
      watch.put("T-1", opened: "08:30")
      try await watch.run { service in
        try await until { try await service.counts().tickets == 1 }
        watch.put("T-1", opened: "04:30")
        try await until { watch.inbox.keys.count == 2 }
      }
      #expect(Set(watch.inbox.keys) == [warning, breach])
    }

    @Test("takes back what waits and is needed by nobody any more")
    func withdrawal() async throws {
      let watch = try Watch(notifiers: [
        ("desk", Inbox { _, _ throws(PluginError) in throw PluginError(.transient, "down") })
      ])
      watch.put("T-1", opened: "08:00")
      try await watch.run { service in
        try await until { try await service.counts().nextDue != nil }
        watch.clock.advance(2 * .hour)
        try await until { watch.inbox.calls >= 1 }
        watch.put("T-1", opened: "08:00", done: "10:00")
        try await until { try await service.counts().outbox.isEmpty }
      }
      #expect(watch.events.contains(.withdrawn(1)))
    }

    @Test("forgets a ticket that is gone")
    func vanished() async throws {
      let watch = try Watch()
      watch.put("T-1", opened: "08:00")
      try await watch.run { service in
        try await until { try await service.counts().nextDue != nil }
        watch.store.put("T-1", nil)
        watch.clock.advance(2 * .hour)
        try await until { try await service.counts() == StateCounts(tickets: 0, outbox: [:], nextDue: nil) }
      }
      #expect(watch.inbox.keys.isEmpty)
    }

    @Test("writes decisions back, and decides anew where the ticket changed meanwhile")
    func decisions() async throws {
      let watch = try Watch()
      watch.store.changeBeforeWrite("T-1", #"{"id": "T-1", "opened_at": "2026-03-02T07:00:00Z"}"#)
      watch.put("T-1", opened: "08:00")
      try await watch.run { _ in
        try await until { watch.events.contains(.decisions(written: 0, conflicts: 1)) }
        watch.clock.advance(1_000)
        try await until { !watch.store.written.isEmpty }
      }
      let written = String(decoding: try #require(watch.store.written.first).json, as: UTF8.self)
      #expect(written.contains("2026-03-02T11:00:00Z"))
      #expect(!written.hasSuffix("\n"))
    }

    @Test("sends though the store takes no decisions, and writes them when it does again")
    func writeFailure() async throws {
      let watch = try Watch()
      watch.store.failWriting(PluginError(.transient, "the table is locked"))
      watch.put("T-1", opened: "08:00")
      try await watch.run { service in
        try await until { try await service.counts().tickets == 1 }
        watch.clock.advance(2 * .hour)
        try await until { watch.inbox.keys == [warning] }
        watch.store.failWriting(nil)
        watch.clock.advance(5 * .minute)
        try await until { !watch.store.written.isEmpty }
      }
      #expect(watch.problems.first?.source == .decisions)
      #expect(watch.events.contains(.recovered(.decisions)))
    }

    @Test("reads again, with waits, where the store fails; what waits goes out meanwhile")
    func storeFailure() async throws {
      let inbox = Inbox { _, attempt in attempt == 1 ? .retry(afterMilliseconds: 60_000) : .delivered }
      let watch = try Watch(notifiers: [("desk", inbox)])
      watch.put("T-1", opened: "08:00")
      try await watch.run { service in
        try await until { try await service.counts().nextDue != nil }
        watch.clock.advance(2 * .hour)
        try await until { watch.events.contains(.postponed(notifier: "desk", count: 1)) }
        watch.store.fail(PluginError(.transient, "the server is away"))
        watch.put("T-2", opened: "09:00")
        try await until { !watch.problems.isEmpty }
        watch.clock.advance(.minute)
        try await until { inbox.calls == 2 }
        watch.store.fail(nil)
        try await until {
          watch.clock.advance(1_000)
          return try await service.counts().tickets == 2
        }
      }
      #expect(watch.problems[0].message == "the server is away")
      #expect(watch.events.contains(.recovered(.store)))
    }

    @Test(
      "polls a store that tells nothing of changes, and decides only what is new",
      arguments: [
        StoreCapabilities.incremental, [],
      ])
    func polling(capabilities: StoreCapabilities) async throws {
      let watch = try Watch(store: WorldStore(capabilities))
      watch.put("T-1", opened: "08:00")
      try await watch.run { service in
        try await until { try await service.counts().tickets == 1 }
        watch.put("T-2", opened: "08:00")
        try await until {
          watch.clock.advance(1_000)
          return try await service.counts().tickets == 2
        }
      }
      let unchanged = capabilities.isEmpty ? 1 : 0
      #expect(watch.events.contains(.evaluated(tickets: 1 + unchanged, unchanged: unchanged)))
    }

    @Test("refuses a state that another service has")
    func locked() async throws {
      let watch = try Watch()
      try await watch.run { service in
        try await until { watch.events.contains { if case .started = $0 { true } else { false } } }
        let second = SQLiteState(path: watch.path)
        await #expect(throws: StateError(.locked, path: watch.path)) {
          try await second.begin(
            rulebook: "x", notifiers: [], watchingSince: watch.clock.now(), at: watch.clock.now())
        }
      }
      #expect(
        StateError(.locked, path: "s.db").message == "the state file 's.db' is used by another process")
    }
  }
#endif
