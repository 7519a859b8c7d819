#if Service
  import Engine
  import PluginAPI
  import TestSupport
  import Testing
  import WorkingTime

  @Suite("The lanes of the pipeline")
  struct LaneTests {
    @Test("decide a long page in halves, each of its tickets once", arguments: [99, 100, 451, 1_001])
    func halves(_ count: Int) async throws {
      let watch = try Watch()
      let ids = (0..<count).map { "T-\($0)" }
      for id in ids { watch.put(id, opened: "08:00") }
      try await watch.run { service in
        try await until { try await service.counts().tickets == count }
        watch.clock.advance(2 * .hour)
        try await until { watch.inbox.keys.count == count }
      }
      #expect(Set(watch.inbox.keys) == Set(ids.map { "\($0)/answer/answer/0/50%" }))
      // Once when it was read, once when it was warned; a decision is that of the ticket under whose name it is written.
      let written = Dictionary(grouping: watch.store.written, by: \.ticket)
      #expect(written.count == count && written.values.allSatisfy { $0.count == 2 })
      #expect(
        watch.store.written.allSatisfy {
          String(decoding: $0.json, as: UTF8.self).hasPrefix("{\"ticket\":\"\($0.ticket)\"")
        })
    }

    @Test("go on reading while due tickets are on their way, and ask for these once")
    func due() async throws {
      let watch = try Watch()
      try await whileDue(watch) { service in
        try await read("T-2", opened: "09:00", watch)
        #expect(watch.inbox.keys.isEmpty)
        watch.store.allowWrites(.max)
        try await until { try await service.counts().tickets == 2 }
        try await until { watch.inbox.keys.count == 1 }
      }
      #expect(watch.store.asked == [["T-1"]])
    }

    @Test("decide a ticket anew only once what was decided before is kept")
    func shared() async throws {
      let watch = try Watch()
      try await whileDue(watch) { service in
        // Overdue at once: both decisions call for the warning, and the second must know that it was sent.
        try await read("T-1", opened: "05:00", watch)
        try await Task.sleep(for: .milliseconds(100))
        watch.store.allowWrites(1)
        try await until { watch.inbox.keys.count == 1 }
        try await until { try await service.counts().outbox.isEmpty }
        watch.store.allowWrites(.max)
        try await until { watch.inbox.keys.contains("T-1/answer/answer/0/due") }
        try await until { try await service.counts().outbox.isEmpty }
      }
      #expect(watch.inbox.keys == ["T-1/answer/answer/0/50%", "T-1/answer/answer/0/due"])
    }

    /// Runs a service whose ticket `T-1` is due and has been fetched for that, while its decision waits to be written.
    private func whileDue(_ watch: Watch, _ body: (Service) async throws -> Void) async throws {
      watch.put("T-1", opened: "08:00")
      try await watch.run { service in
        try await until { try await service.counts().nextDue != nil }
        watch.store.allowWrites(0)
        watch.clock.advance(2 * .hour)
        try await until { watch.store.asked == [["T-1"]] }
        // Time for whatever else there is to do at this instant.
        try await Task.sleep(for: .milliseconds(100))
        try await body(service)
      }
    }

    /// Changes a ticket, and waits until the service has read that.
    private func read(_ id: String, opened: String, _ watch: Watch) async throws {
      let before = watch.store.read
      watch.put(id, opened: opened)
      try await until { watch.store.read > before }
    }
  }
#endif
