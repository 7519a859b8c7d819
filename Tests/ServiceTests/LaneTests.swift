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
      watch.put("T-1", opened: "08:00")
      try await watch.run { service in
        try await until { try await service.counts().nextDue != nil }
        watch.store.holdWrites(true)
        watch.clock.advance(2 * .hour)
        try await until { watch.store.asked == [["T-1"]] }
        let readings = watch.store.readings.count
        watch.put("T-2", opened: "09:00")
        try await until { watch.store.readings.count > readings }
        #expect(watch.inbox.keys.isEmpty)
        watch.store.holdWrites(false)
        try await until { try await service.counts().tickets == 2 }
        try await until { watch.inbox.keys.count == 1 }
      }
      #expect(watch.store.asked == [["T-1"]])
    }

    @Test("decide a ticket anew only once what was decided before is kept")
    func shared() async throws {
      let watch = try Watch()
      watch.put("T-1", opened: "08:00")
      try await watch.run { service in
        try await until { try await service.counts().nextDue != nil }
        watch.store.holdWrites(true)
        watch.clock.advance(2 * .hour)
        try await until { !watch.store.asked.isEmpty }
        // Overdue at once: both decisions call for the warning, and the second must know of the first.
        watch.put("T-1", opened: "05:00")
        watch.store.holdWrites(false)
        try await until { watch.inbox.keys.count == 2 }
        try await watch.settle(service)
      }
      #expect(watch.inbox.keys.sorted() == ["T-1/answer/answer/0/50%", "T-1/answer/answer/0/due"])
      #expect(watch.inbox.calls == 2)
    }
  }
#endif
