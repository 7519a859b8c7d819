#if Service
  import Engine
  import Foundation
  import PluginAPI
  import TestSupport
  import Testing
  import WorkingTime

  private let warning = "T-1/answer/answer/0/50%"

  @Suite("The service's deliveries")
  struct DeliveryTests {
    /// Runs until the warning of one ticket is due, and then `body`.
    private func warn(
      _ notifiers: [(String, Inbox)], isPatient: Bool = true,
      _ body: (Watch, Service) async throws -> Void
    ) async throws {
      let watch = try Watch(notifiers: notifiers)
      watch.put("T-1", opened: "08:00")
      try await watch.run(isPatient: isPatient) { service in
        try await until { try await service.counts().nextDue != nil }
        watch.clock.advance(2 * .hour)
        try await body(watch, service)
      }
    }

    @Test("are tried again after what the notifier asks for, or longer and longer")
    func retry() async throws {
      let inbox = Inbox { _, attempt in
        attempt < 4 ? .retry(afterMilliseconds: attempt == 1 ? 3_000 : 0) : .delivered
      }
      try await warn([("desk", inbox)]) { watch, service in
        // The second attempt after three seconds, the third after two, the fourth after four.
        for (attempt, wait) in [(1, 3_000), (2, 2_000), (3, 4_000)] as [(Int, Int64)] {
          try await until {
            watch.events.count { $0 == .postponed(notifier: "desk", count: 1) } == attempt
          }
          watch.clock.advance(wait - 1)
          try await Task.sleep(for: .milliseconds(50))
          #expect(inbox.calls == attempt)
          watch.clock.advance(1)
        }
        try await until { try await service.counts().outbox.isEmpty }
      }
      #expect(inbox.keys == Array(repeating: warning, count: 4))
    }

    @Test("are recorded and reported where they are rejected, and not tried again")
    func rejection() async throws {
      let inbox = Inbox { _, _ in .rejected(reason: "no such room") }
      try await warn([("desk", inbox)]) { watch, service in
        try await until {
          watch.events.contains(.rejected(notifier: "desk", key: warning, reason: "no such room"))
        }
        watch.put("T-1", opened: "08:00", kind: "y")
        try await until { watch.store.written.count == 3 }
        try await until { try await service.counts().outbox.isEmpty }
      }
      #expect(inbox.keys == [warning])
    }

    @Test("wait where their notifier fails, while another's arrive")
    func breaker() async throws {
      let broken = Inbox { _, attempt throws(PluginError) in
        if attempt < 3 { throw PluginError(.transient, "the line is down", hint: "plug it in") }
        return .delivered
      }
      let fine = Inbox()
      try await warn([("desk", broken), ("audit", fine)]) { watch, service in
        try await until { fine.keys == [warning] }
        for call in 1...2 {
          try await until { watch.problems.count == call }
          watch.clock.advance(2_000)
        }
        try await until { try await service.counts().outbox.isEmpty }
        #expect(
          watch.problems.first
            == ServiceProblem(.notifier("desk"), "the line is down", hint: "plug it in", retryAfter: 1_000))
        #expect(watch.events.contains(.recovered(.notifier("desk"))))
      }
    }

    @Test("do not wait for a notifier that gives no answer, nor hold up another")
    func hanging() async throws {
      let hanging = Inbox { _, attempt in
        if attempt == 1 { try? await Task.sleep(for: .seconds(600)) }
        return .delivered
      }
      let fine = Inbox()
      try await warn([("desk", hanging), ("audit", fine)], isPatient: false) { watch, service in
        try await until { fine.keys == [warning] }
        try await until { hanging.calls == 1 }
        // Its time may begin later than the test sees the call.
        try await until {
          watch.clock.advance(10_000)
          return !watch.problems.isEmpty
        }
        #expect(watch.problems[0].message == "it gave no answer within 30000 ms")
        watch.clock.advance(1_000)
        try await until { try await service.counts().outbox.isEmpty }
      }
    }

    @Test("are tried one by one where a call fails for good")
    func permanent() async throws {
      let inbox = Inbox { delivery, _ throws(PluginError) in
        if delivery.ticket == "T-2" { throw PluginError(.permanent, "T-2 is too long") }
        return .delivered
      }
      let watch = try Watch(notifiers: [("desk", inbox)])
      for number in 1...3 { watch.put("T-\(number)", opened: "08:00") }
      try await watch.run { service in
        try await until { try await service.counts().tickets == 3 }
        watch.clock.advance(2 * .hour)
        try await until { watch.events.contains { if case .queued = $0 { true } else { false } } }
        try await until { try await service.counts().outbox.isEmpty }
      }
      let rejected = watch.events.filter { if case .rejected = $0 { true } else { false } }
      #expect(
        rejected == [.rejected(notifier: "desk", key: "T-2/answer/answer/0/50%", reason: "T-2 is too long")])
    }

    @Test("without a receipt come again")
    func lost() async throws {
      let inbox = Inbox { _, attempt in attempt == 1 ? nil : .delivered }
      try await warn([("desk", inbox)]) { watch, service in
        try await until { !watch.problems.isEmpty }
        watch.clock.advance(1_000)
        try await until { inbox.calls == 2 }
        #expect(watch.problems[0].message == "it gave no receipt for 1 of its notices")
      }
    }

    @Test("begin with what falls due after a notifier was added")
    func newNotifier() async throws {
      let watch = try Watch(notifiers: [("desk", Inbox())])
      watch.put("T-1", opened: "08:00")
      try await watch.run { service in
        try await until { try await service.counts().nextDue != nil }
        watch.clock.advance(2 * .hour)
        try await until { watch.inbox.keys.count == 1 }
      }
      watch.clock.advance(.minute)
      let more = try Watch(copying: watch, notifiers: [("desk", Inbox()), ("chat", Inbox())])
      more.put("T-1", opened: "08:00", kind: "y")
      try await more.run { _ in
        try await until { more.events.contains { if case .started = $0 { true } else { false } } }
        more.clock.advance(2 * .hour + 1)
        try await until { more.notifiers.allSatisfy { !$0.inbox.keys.isEmpty } }
      }
      #expect(more.notifiers.map(\.inbox.keys) == [["T-1/answer/answer/0/due"], ["T-1/answer/answer/0/due"]])
    }
  }

  @Suite("The service's groups")
  struct GroupTests {
    @Test("wait for each other from the first on, over a restart, and go out as one")
    func group() async throws {
      let watch = try Watch()
      watch.put("T-1", opened: "08:00", kind: "disk")
      watch.put("T-2", opened: "08:02", kind: "disk")
      watch.put("T-3", opened: "08:03", kind: "net")
      watch.put("T-4", opened: "08:06", kind: "disk")
      try await watch.run(rules: Watch.batches) { service in
        try await until { try await service.counts().tickets == 4 }
        watch.clock.advance(2 * .hour)
        try await until { try await service.counts().outbox == ["desk": 1] }
      }
      try await watch.run(rules: Watch.batches) { service in
        watch.clock.advance(3 * .minute)
        try await until { try await service.counts().outbox == ["desk": 3] }
        watch.clock.advance(2 * .minute - 1)
        try await Task.sleep(for: .milliseconds(50))
        #expect(watch.inbox.keys.isEmpty)
        watch.clock.advance(1)
        try await until { watch.inbox.keys.count == 1 }
        watch.clock.advance(.minute)
        try await until { try await service.counts().outbox == ["desk": 2] }
        watch.clock.advance(2 * .minute)
        try await until { watch.inbox.keys.count == 2 }
        watch.clock.advance(3 * .minute)
        try await until { watch.inbox.keys.count == 3 }
        try await until { try await service.counts().outbox.isEmpty }
      }
      let first = try #require(watch.inbox.received.first)
      #expect(first.title == "2 notices: T-1 soon, …")
      #expect(first.body.contains("- T-1 soon\n") && first.body.contains("- T-2 soon\n"))
      #expect(first.key.hasPrefix("T-1/answer/answer/0/50%/N-1+"))
      #expect(Set(watch.inbox.received.dropFirst().map(\.title)) == ["T-3 soon", "T-4 soon"])
    }

    @Test("are those of one notifier, also where another has the same and fails")
    func notifiers() async throws {
      let failing = Inbox { _, attempt throws(PluginError) in
        if attempt == 1 { throw PluginError(.transient, "the line is busy") }
        return .delivered
      }
      let watch = try Watch(notifiers: [("chat", failing), ("audit", Inbox())])
      for id in ["T-1", "T-2"] { watch.put(id, opened: "08:00") }
      try await watch.run(rules: Watch.batches) { service in
        try await until { try await service.counts().tickets == 2 }
        watch.clock.advance(2 * .hour)
        try await until { try await service.counts().outbox == ["audit": 2, "chat": 2] }
        watch.clock.advance(5 * .minute)
        try await until { !watch.problems.isEmpty }
        try await until { try await service.counts().outbox == ["chat": 2] }
        watch.clock.advance(1_000)
        try await until { try await service.counts().outbox.isEmpty }
      }
      #expect(watch.notifiers.map(\.inbox.calls) == [2, 1])
      for batch in watch.notifiers.flatMap(\.inbox.received) {
        #expect(batch.title == "2 notices: T-1 soon, …")
        #expect(batch.body.components(separatedBy: "T-1 soon").count == 2)
        #expect(batch.body.components(separatedBy: "T-2 soon").count == 2)
      }
    }

    @Test("go without those that are needed by nobody any more")
    func member() async throws {
      let watch = try Watch()
      watch.put("T-1", opened: "08:00")
      watch.put("T-2", opened: "08:00")
      try await watch.run(rules: Watch.batches) { service in
        try await until { try await service.counts().tickets == 2 }
        watch.clock.advance(2 * .hour)
        try await until { try await service.counts().outbox == ["desk": 2] }
        watch.put("T-1", opened: "08:00", done: "10:00")
        try await until { try await service.counts().outbox == ["desk": 1] }
        watch.clock.advance(5 * .minute)
        try await until { watch.inbox.keys.count == 1 }
      }
      #expect(watch.inbox.received[0].title == "T-2 soon")
    }
  }
#endif
