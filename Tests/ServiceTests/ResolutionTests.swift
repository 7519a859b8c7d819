#if Service
  import Engine
  import PluginAPI
  import TestSupport
  import Testing
  import WorkingTime

  private let warning = "T-1/answer/answer/0/50%"
  private let breach = "T-1/answer/answer/0/due"

  @Suite("The service takes back")
  struct ResolutionTests {
    private static let findings =
      Watch.fields + """
          cause: {type: string}
        required_fields: [{id: F-1, fields: [cause]}]
        notifications: [{id: N-1, on: finding, to: boss}]
        """

    private static let reviews =
      Watch.fields + """
          cause: {type: string}
        reviews: [{id: V-1, group_by: [kind], count: 2, within: 10 days, at: opened_at, require: [cause]}]
        notifications: [{id: N-1, on: review, to: boss}]
        """

    private func put(_ id: String, cause: String? = nil, _ watch: Watch) {
      let held = cause.map { #", "cause": "\#($0)""# } ?? ""
      watch.store.put(id, #"{"id": "\#(id)"\#(held)}"#)
    }

    /// Runs until the warning of one ticket has arrived, and then `body`.
    private func warn(
      _ inbox: Inbox, rules: String = Watch.rules, _ body: (Watch, Service) async throws -> Void
    ) async throws -> Watch {
      let watch = try Watch(notifiers: [("alerts", inbox)])
      watch.put("T-1", opened: "08:00")
      try await watch.run(rules: rules) { service in
        try await until { try await service.counts().nextDue != nil }
        watch.clock.advance(2 * .hour)
        try await until { inbox.calls == 1 }
        try await body(watch, service)
      }
      return watch
    }

    /// Runs until the review of two tickets has been told, and then `body`.
    private func tellReview(
      _ inbox: Inbox, _ body: (Watch, Service) async throws -> Void
    ) async throws {
      let watch = try Watch(notifiers: [("alerts", inbox)])
      try await watch.run(rules: Self.reviews) { service in
        try await until { watch.events.contains { if case .swept = $0 { true } else { false } } }
        watch.clock.advance(.hour)
        for number in 1...2 { watch.put("T-\(number)", opened: "08:1\(number)") }
        try await until { inbox.keys == ["T-2/V-1/review/N-1"] }
        try await body(watch, service)
      }
    }

    /// Lets everything that is there be decided and sent.
    private func quiet(_ watch: Watch, _ service: Service) async throws {
      try await watch.settle(service)
      try await until { try await service.counts().outbox.isEmpty }
    }

    @Test("a warning and a breach when their window ends, once, also over a restart")
    func window() async throws {
      let inbox = Inbox(resolves: true)
      let watch = try await warn(inbox) { watch, service in
        watch.clock.advance(2 * .hour + 1)
        try await until { inbox.keys == [warning, breach] }
        try await quiet(watch, service)
        #expect(inbox.resolved.isEmpty)
      }
      watch.put("T-1", opened: "08:00", done: "12:00")
      try await watch.run { service in
        try await until { inbox.resolved.count == 2 }
        try await quiet(watch, service)
        watch.put("T-1", opened: "08:00", done: "12:00", kind: "y")
        try await until { watch.store.written.count == 5 }
        try await quiet(watch, service)
      }
      #expect(inbox.resolved.sorted() == [warning, breach])
      #expect(watch.events.contains(.resolved(notifier: "alerts", count: 2)))
    }

    @Test("nothing while a window goes on, and nothing that other rules call for, too")
    func goesOn() async throws {
      let inbox = Inbox(resolves: true)
      _ = try await warn(inbox) { watch, service in
        watch.put("T-1", opened: "08:00", kind: "y")
        try await until { watch.store.written.count == 3 }
        service.replaceRulebook(
          try compile(Watch.rules.replacing("warn: [50%]", with: "warn: [50%, 75%]")))
        try await until { watch.store.written.count == 4 }
        try await quiet(watch, service)
      }
      #expect(inbox.resolved.isEmpty)
    }

    @Test("what new rules do not call for any more")
    func rules() async throws {
      let inbox = Inbox(resolves: true)
      _ = try await warn(inbox) { _, service in
        service.replaceRulebook(try compile(Watch.rules.replacing("warn: [50%]", with: "warn: [75%]")))
        try await until { inbox.resolved == [warning] }
      }
    }

    @Test("each repetition, but not before their window ends")
    func repetitions() async throws {
      let rules =
        Watch.rules + "\nnotifications: [{id: N-1, on: window.breached, repeat: 1 hour}]"
      let inbox = Inbox(resolves: true)
      let watch = try Watch(notifiers: [("alerts", inbox)])
      watch.put("T-1", opened: "08:00")
      try await watch.run(rules: rules) { service in
        try await until { try await service.counts().nextDue != nil }
        watch.clock.advance(4 * .hour + 1)
        try await until { inbox.keys.count == 1 }
        watch.clock.advance(.hour)
        try await until { inbox.keys.count == 2 }
        try await quiet(watch, service)
        #expect(inbox.resolved.isEmpty)
        watch.put("T-1", opened: "08:00", done: "13:00")
        try await until { inbox.resolved.count == 2 }
      }
      #expect(inbox.resolved.sorted() == ["\(breach)/N-1", "\(breach)/N-1/1"])
    }

    @Test("a finding when it is gone, and its next cycle as another")
    func finding() async throws {
      let inbox = Inbox(resolves: true)
      let watch = try Watch(notifiers: [("alerts", inbox)])
      put("T-1", watch)
      try await watch.run(rules: Self.findings) { service in
        for cycle in 1...2 {
          put("T-1", watch)
          try await until { inbox.keys.count == cycle }
          put("T-1", cause: "worn out", watch)
          try await until { inbox.resolved.count == cycle }
        }
        try await quiet(watch, service)
      }
      #expect(inbox.keys == ["T-1/F-1/cause/N-1", "T-1/F-1/cause/N-1~1"])
      #expect(inbox.resolved == inbox.keys)
    }

    @Test("what was told of a ticket that is gone")
    func vanished() async throws {
      let inbox = Inbox(resolves: true)
      _ = try await warn(inbox) { watch, service in
        watch.store.put("T-1", nil)
        watch.clock.advance(2 * .hour + 1)
        try await until { inbox.resolved == [warning] }
        try await until { try await service.counts() == StateCounts(tickets: 0, outbox: [:], nextDue: nil) }
      }
    }

    @Test("a batch once all that it told of has ended")
    func batch() async throws {
      let rules =
        Watch.rules
        + "\nnotifications: [{id: N-1, on: window.warning, group_by: [kind], group_wait: 1 minute}]"
      let inbox = Inbox(resolves: true)
      let watch = try Watch(notifiers: [("alerts", inbox)])
      for number in 1...2 { watch.put("T-\(number)", opened: "08:00") }
      try await watch.run(rules: rules) { service in
        try await until { try await service.counts().tickets == 2 }
        watch.clock.advance(2 * .hour)
        try await until { try await service.counts().outbox == ["alerts": 2] }
        watch.clock.advance(.minute)
        try await until { inbox.keys.count == 1 }
        watch.put("T-1", opened: "08:00", done: "10:00")
        try await until { watch.store.written.count == 5 }
        try await quiet(watch, service)
        #expect(inbox.resolved.isEmpty)
        watch.put("T-2", opened: "08:00", done: "10:00")
        try await until { inbox.resolved.count == 1 }
      }
      #expect(inbox.resolved == inbox.keys)
    }

    @Test("a review of frequent problems when it is held")
    func review() async throws {
      let inbox = Inbox(resolves: true)
      try await tellReview(inbox) { watch, service in
        // Decided again, the ticket keeps what was told of its group.
        watch.store.put(
          "T-2", #"{"id": "T-2", "opened_at": "2026-03-02T08:12:00Z", "kind": "x", "cause": ""}"#)
        try await until { watch.store.written.count == 3 }
        try await quiet(watch, service)
        #expect(inbox.resolved.isEmpty)
        watch.store.put(
          "T-2", #"{"id": "T-2", "opened_at": "2026-03-02T08:12:00Z", "kind": "x", "cause": "old"}"#)
        try await until { inbox.resolved == inbox.keys }
      }
    }

    @Test("a review that the rules do not know any more")
    func removedReview() async throws {
      let inbox = Inbox(resolves: true)
      try await tellReview(inbox) { watch, service in
        try await quiet(watch, service)
        service.replaceRulebook(try compile(Watch.rules))
        try await until { inbox.resolved == inbox.keys }
      }
    }

    @Test("what was refused for good, where it may have arrived before")
    func refusedAfterDoubt() async throws {
      let inbox = Inbox(resolves: true) { _, attempt throws(PluginError) in
        if attempt == 1 { throw PluginError(.transient, "the line broke") }
        return .rejected(reason: "known already")
      }
      _ = try await warn(inbox) { watch, service in
        try await until { !watch.problems.isEmpty }
        watch.clock.advance(1_000)
        try await quiet(watch, service)
        #expect(inbox.resolved.isEmpty)
        watch.put("T-1", opened: "08:00", done: "10:00")
        try await until { inbox.resolved == [warning] }
      }
    }

    @Test("nothing that was refused and waits: that is withdrawn")
    func waiting() async throws {
      let inbox = Inbox(resolves: true) { _, _ in .retry(afterMilliseconds: 60_000) }
      let watch = try await warn(inbox) { watch, service in
        try await until { watch.events.contains(.postponed(notifier: "alerts", count: 1)) }
        watch.put("T-1", opened: "08:00", done: "10:00")
        try await quiet(watch, service)
        try await until { watch.events.contains(.withdrawn(1)) }
        watch.clock.advance(.minute)
      }
      #expect(inbox.resolved.isEmpty)
      #expect(watch.events.contains(.withdrawn(1)))
    }

    @Test("what may have arrived though the call failed, after the withdrawal")
    func doubtful() async throws {
      let inbox = Inbox(resolves: true) { _, _ throws(PluginError) in
        throw PluginError(.transient, "the line broke")
      }
      _ = try await warn(inbox) { watch, service in
        try await until { !watch.problems.isEmpty }
        watch.put("T-1", opened: "08:00", done: "10:00")
        try await until { watch.events.contains(.withdrawn(1)) }
        #expect(inbox.resolved.isEmpty)
        try await until {
          watch.clock.advance(1_000)
          return inbox.resolved == [warning]
        }
      }
    }

    @Test("nothing that is called for again before its turn comes")
    func again() async throws {
      let inbox = Inbox(resolves: true) { _, attempt throws(PluginError) in
        if attempt == 1 { throw PluginError(.transient, "the line broke") }
        return .delivered
      }
      _ = try await warn(inbox) { watch, service in
        try await until { !watch.problems.isEmpty }
        watch.put("T-1", opened: "08:00", done: "10:00")
        try await until { watch.events.contains(.withdrawn(1)) }
        watch.put("T-1", opened: "08:00")
        try await until { watch.store.written.count == 4 }
        try await until { watch.events.count { $0 == .queued(1) } == 2 }
        try await until {
          watch.clock.advance(1_000)
          return inbox.calls >= 2
        }
        try await quiet(watch, service)
      }
      #expect(inbox.resolved.isEmpty)
    }

    @Test("with further attempts, and what is refused for ever not again")
    func attempts() async throws {
      let inbox = Inbox.resolving { _, attempt throws(PluginError) in
        switch attempt {
        case 1: throw PluginError(.transient, "the line broke")
        case 2: return .retry(afterMilliseconds: 3_000)
        case 3: return nil
        case 4: throw PluginError(.permanent, "no such alert")
        default: return .delivered
        }
      }
      let watch = try await warn(inbox) { watch, service in
        watch.put("T-1", opened: "08:00", done: "10:00")
        for attempt in 1...4 {
          try await until {
            watch.clock.advance(1_000)
            return inbox.resolved.count == attempt
          }
        }
        try await quiet(watch, service)
      }
      #expect(inbox.resolved == Array(repeating: warning, count: 4))
      #expect(
        watch.events.contains(
          .resolutionRejected(notifier: "alerts", key: warning, reason: "no such alert")))
    }

    @Test("a breach that is told when its window has ended, right after it")
    func over() async throws {
      let inbox = Inbox(resolves: true)
      let watch = try Watch("2026-03-02T11:00:00Z", notifiers: [("alerts", inbox)])
      watch.put("T-1", opened: "08:00")
      try await watch.run { service in
        try await until { try await service.counts().nextDue != nil }
      }
      watch.clock.advance(2 * .hour)
      watch.put("T-1", opened: "08:00", done: "12:30")
      try await watch.run { service in
        try await until { inbox.resolved == [breach] }
        try await quiet(watch, service)
      }
      #expect(inbox.keys == [breach])
    }

    @Test("a breach that waited while its window ended, but not where that was opened anew meanwhile")
    func waited() async throws {
      for isReopened in [false, true] {
        let inbox = Inbox(resolves: true) { _, attempt in
          attempt < 3 ? .retry(afterMilliseconds: 60_000) : .delivered
        }
        let watch = try Watch("2026-03-02T11:00:00Z", notifiers: [("alerts", inbox)])
        watch.put("T-1", opened: "08:00")
        try await watch.run { service in
          try await until { try await service.counts().nextDue != nil }
          watch.clock.advance(.hour + 2 * .minute)
          try await until { inbox.calls == 1 }
          watch.put("T-1", opened: "08:00", done: "12:01", kind: "y")
          try await until { watch.store.written.count == 3 }
          if isReopened {
            watch.put("T-1", opened: "08:00")
            try await until { watch.store.written.count == 4 }
          }
          try await until {
            watch.clock.advance(30_000)
            return inbox.calls == 3
          }
          try await quiet(watch, service)
        }
        #expect(inbox.resolved == (isReopened ? [] : [breach]))
      }
    }

    @Test("nothing by a notifier that cannot")
    func incapable() async throws {
      let inbox = Inbox()
      _ = try await warn(inbox) { watch, service in
        watch.put("T-1", opened: "08:00", done: "10:00")
        try await until { watch.store.written.count == 3 }
        try await quiet(watch, service)
      }
      #expect(inbox.resolved.isEmpty)
    }
  }
#endif
