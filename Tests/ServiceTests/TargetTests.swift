#if Service
  import Engine
  import RuleEvaluator
  import TestSupport
  import Testing
  import WorkingTime

  @Suite("A window that runs when other rules give it another target")
  struct TargetTests {
    enum Mode: String, CaseIterable, CustomTestStringConvertible {
      case fromStart = "from-start"
      case fromChange = "from-change"
      case keep

      var testDescription: String { rawValue }
    }

    private static func rules(_ mode: Mode, _ target: String) -> String {
      Watch.fields + """
        windows:
          answer: {start: opened_at, stop: done_at, target: \(target), on_target_change: \(mode.rawValue)}
        """
    }

    /// Waits until the ticket's window is due then.
    private func due(_ time: String, _ service: Service) async throws {
      try await until { try await service.counts().nextDue == instant("2026-03-02T\(time):00.001Z") }
    }

    @Test(
      "counts from its start, from the change, or keeps what it had, also over a restart and further rules",
      arguments: [
        (.fromStart, "09:00", "10:00", "T-1/answer/answer/0/due"),
        (.fromChange, "10:00", "11:30", "T-1/answer/answer/2/due"),
        (.keep, "11:00", "11:00", "T-1/answer/answer/0/due"),
      ] as [(Mode, String, String, String)])
    func follows(mode: Mode, second: String, third: String, key: String) async throws {
      let watch = try Watch()
      watch.put("T-1", opened: "07:00")
      let rules = ["4 hours", "2 hours", "3 hours"].map { Self.rules(mode, $0) }
      func adopt(_ text: String, _ service: Service) async throws {
        let rulebook = try compile(text)
        service.replaceRulebook(rulebook)
        try await until { watch.events.contains(.swept(rulebook: rulebook.identity)) }
      }
      try await watch.run(rules: rules[0]) { service in
        try await due("11:00", service)
        try await adopt(rules[1], service)
        try await due(second, service)
      }
      watch.clock.advance(30 * .minute)
      try await watch.run(rules: rules[1]) { service in
        let written = watch.store.written.count
        watch.put("T-1", opened: "07:00", kind: "y")
        try await until { watch.store.written.count > written }
        try await due(second, service)
        try await adopt(rules[2], service)
        try await due(third, service)
        // A ticket that no other rules have seen counts by these alone.
        watch.put("T-2", opened: "06:45")
        try await due("09:45", service)
        watch.put("T-2", opened: "06:45", done: "08:00")
        try await due(third, service)
        watch.clock.advance(3 * .hour + 1)
        try await until { watch.inbox.keys.contains(key) }
      }
      #expect(watch.inbox.keys == [key])
    }

    @Test("is kept as text, and what is no line of it is passed over")
    func text() throws {
      let eras = [
        TargetEra(since: nil, target: .elapsed(milliseconds: 5_400_000)),
        TargetEra(since: try instant("2026-03-02T08:00:00Z"), target: .workingDays(3)),
        TargetEra(since: try instant("2026-03-02T09:00:00Z"), target: .endOfNextWorkingDay),
      ]
      let memory = TargetMemory(
        earlier: ["answer": [eras[0]]], last: ["answer": eras, "solve": [eras[1]]])
      #expect(TargetMemory(text: memory.text) == memory)
      #expect(TargetMemory(text: "x\n\(memory.text)\nl\tanswer\t-\tsoon") == memory)
      #expect(TargetMemory(text: "") == TargetMemory())
    }
  }
#endif
