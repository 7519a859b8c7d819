#if Service
  import Engine
  import PluginAPI
  import Synchronization
  import Testing

  @Suite("A batch of the service that was handed over")
  struct BatchTests {
    /// What becomes of one of its tickets before it is handed over again.
    enum Meanwhile: CaseIterable, CustomTestStringConvertible {
      case nothing, ended, wentOn, gone

      var testDescription: String {
        switch self {
        case .nothing: "nothing happens"
        case .ended: "a window ends"
        case .wentOn: "a window ends and goes on"
        case .gone: "a ticket goes"
        }
      }
    }

    /// Runs until the batch of T-1 and T-2 has been handed over for the first time, and then `body`.
    private func hand(to inbox: Inbox, _ watch: Watch, _ body: (Service) async throws -> Void) async throws {
      for id in ["T-1", "T-2"] { watch.put(id, opened: "08:00") }
      try await watch.run(rules: Watch.batches) { service in
        try await until { watch.store.written.count == 2 }
        watch.clock.advance(2 * .hour)
        try await until { try await service.counts().outbox == ["desk": 2] }
        watch.clock.advance(5 * .minute)
        try await until { inbox.calls == 1 }
        try await body(service)
      }
    }

    private func change(_ watch: Watch, _ meanwhile: Meanwhile) async throws {
      switch meanwhile {
      case .nothing: return
      case .gone: return watch.store.put("T-1", nil)
      case .ended, .wentOn: watch.put("T-1", opened: "08:00", done: "10:00")
      }
      try await until { watch.events.contains(.withdrawn(1)) }
      if meanwhile == .ended { return }
      watch.put("T-1", opened: "08:00")
      try await until { watch.events.contains(.queued(1)) }
    }

    @Test(
      "stays the same under its key where it may have arrived, and nothing of it goes out under another",
      arguments: Meanwhile.allCases)
    func mayHaveArrived(meanwhile: Meanwhile) async throws {
      let inbox = Inbox { _, attempt throws(PluginError) in
        if attempt == 1 { throw PluginError(.transient, "the line broke") }
        return .delivered
      }
      let watch = try Watch(notifiers: [("desk", inbox)])
      try await hand(to: inbox, watch) { service in
        try await until { watch.problems.map(\.source) == [.notifier("desk")] }
        try await change(watch, meanwhile)
        watch.clock.advance(meanwhile == .gone ? 2 * .hour : .minute)
        try await until { inbox.calls == 2 }
        watch.clock.advance(10 * .minute)
        try await watch.settle(service)
        try await until { try await service.counts().outbox.isEmpty }
      }
      #expect(inbox.calls == 2)
      #expect(Set(inbox.keys).count == 1)
      for batch in inbox.received {
        #expect(batch.body.contains("- T-1 soon") && batch.body.contains("- T-2 soon"))
      }
    }

    @Test("goes on without what is needed no more where it was refused", arguments: [false, true])
    func refused(isChangedBefore: Bool) async throws {
      let isOpen = Mutex(!isChangedBefore)
      let inbox = Inbox { _, attempt in
        if attempt > 1 { return .delivered }
        while !isOpen.withLock({ $0 }), !Task.isCancelled { try? await Task.sleep(for: .milliseconds(2)) }
        return .retry(afterMilliseconds: 60_000)
      }
      let watch = try Watch(notifiers: [("desk", inbox)])
      try await hand(to: inbox, watch) { service in
        if !isChangedBefore {
          try await until { watch.events.contains(.postponed(notifier: "desk", count: 2)) }
        }
        try await change(watch, .ended)
        if isChangedBefore { #expect(try await service.counts().outbox == ["desk": 2]) }
        isOpen.withLock { $0 = true }
        try await until { try await service.counts().outbox == ["desk": 1] }
        watch.clock.advance(.minute)
        try await until { inbox.calls == 2 }
      }
      #expect(inbox.received.map(\.title) == ["2 notices: T-1 soon, …", "T-2 soon"])
    }
  }
#endif
