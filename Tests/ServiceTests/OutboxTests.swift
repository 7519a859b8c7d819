#if Service
  import Engine
  import PluginAPI
  import SQLiteState
  import Testing
  import WorkingTime

  /// What the lanes and the intake do to the outbox between each other's calls.
  @Suite("The outbox")
  struct OutboxTests {
    private let name = DeliveryName("T-1/due", "desk")
    private let watch: Watch
    private let state: SQLiteState
    private let now: Instant

    init() async throws {
      watch = try Watch()
      now = watch.clock.now()
      state = SQLiteState(path: watch.path)
      _ = try await state.begin(rulebook: "x", notifiers: ["desk"], watchingSince: now, at: now)
    }

    private func delivery(of batch: String?) -> PendingDelivery {
      let words = Delivery(
        key: name.key, notice: "window.breached", ticket: "T-1", rule: "answer", place: "rules.yaml:1",
        to: [],
        title: "late", body: "", severity: .error)
      return PendingDelivery(
        words, notifier: name.notifier, due: now, planned: now,
        batch: batch.map { .init(group: "g", key: $0, from: now) })
    }

    private func keep(_ change: (inout PageChanges) -> Void) async throws {
      var changes = PageChanges(now: now)
      changes.tickets = [
        TicketMemory(id: "T-1", generation: 1, digest: 1, evaluatedAt: now, nextDue: nil)
      ]
      change(&changes)
      try await state.keep(changes)
    }

    private func take() async throws -> [String] {
      try await state.take(notifier: "desk", by: now, limit: 100).map { $0.batch?.key ?? $0.delivery.key }
    }

    private func isWaiting() async throws -> Bool { try await !state.counts().outbox.isEmpty }

    @Test("keeps what its batch needs and nobody else, and takes it for news where it is called for again")
    func unneeded() async throws {
      try await keep { $0.pending = [delivery(of: "B")] }
      #expect(try await take() == ["B"])
      try await keep { $0.withdrawn = [name] }
      #expect(try await isWaiting())
      let known = try await state.recall(["T-1"])
      #expect(known["T-1"]?.pending == [])
      state.close()
    }

    @Test(
      "loses nothing that is called for again, whether its batch is refused before that is kept or after",
      arguments: [false, true])
    func calledForAgain(isRefusedBefore: Bool) async throws {
      try await keep { $0.pending = [delivery(of: "B")] }
      #expect(try await take() == ["B"])
      try await keep { $0.withdrawn = [name] }
      let refused = [name: Postponement(until: now, isRefused: true)]
      if isRefusedBefore {
        try await state.postpone(refused, at: now)
        #expect(try await !isWaiting())
      }
      try await keep { $0.pending = [delivery(of: "C")] }
      if !isRefusedBefore { try await state.postpone(refused, at: now) }
      #expect(try await take() == [isRefusedBefore ? "C" : "B"])
      state.close()
    }

    @Test("takes nothing in that was delivered since it was asked for", arguments: [nil, "B"])
    func deliveredMeanwhile(batch: String?) async throws {
      try await keep { $0.pending = [delivery(of: batch)] }
      _ = try await take()
      try await keep { $0.withdrawn = [name] }
      #expect(try await state.settled(among: [name]) == [])
      try await state.settle([Settlement(name, .delivered)], at: now)
      try await keep { $0.pending = [delivery(of: batch.map { _ in "C" })] }
      #expect(try await !isWaiting())
      state.close()
    }

    @Test("hands over whole batches, and no more of them than were asked for")
    func limit() async throws {
      try await keep { changes in
        changes.pending = (0..<6).map { number in
          var item = delivery(of: "B-\(number % 3)")
          item.delivery.key = "T-1/\(number)"
          item.batch?.group = "g-\(number % 3)"
          return item
        }
      }
      let taken = try await state.take(notifier: "desk", by: now, limit: 3)
      #expect(taken.map { $0.batch?.key } == ["B-0", "B-0", "B-1", "B-1"])
      state.close()
    }
  }
#endif
