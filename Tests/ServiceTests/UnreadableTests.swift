#if Service
  import Engine
  import PluginAPI
  import TestSupport
  import Testing
  import WorkingTime

  @Suite("Of records that it cannot decide the service")
  struct UnreadableTests {
    private static let rules =
      Watch.fields + """
          cause: {type: string}
        required_fields: [{id: F-1, fields: [cause]}]
        notifications: [{id: N-1, on: finding, to: boss}]
        """

    private func unreadable(_ watch: Watch) -> [ServiceEvent] {
      watch.events.filter { if case .unreadable = $0 { true } else { false } }
    }

    /// Lets the store be read so many times more.
    private func poll(_ watch: Watch, times: Int) async throws {
      let readings = watch.store.readings.count
      try await until {
        watch.clock.advance(1_000)
        return watch.store.readings.count >= readings + times
      }
    }

    @Test("takes the first of an id that stands twice, tells its notice once, and reports the other once")
    func twice() async throws {
      let watch = try Watch(store: WorldStore([]))
      watch.store.put("T-1", #"{"id": "T-1"}"#)
      watch.store.put("the other", #"{"id": "T-1", "cause": "x"}"#)
      try await watch.run(rules: Self.rules) { _ in
        try await until { watch.inbox.keys.count == 1 }
        try await poll(watch, times: 5)
      }
      #expect(watch.inbox.keys == ["T-1/F-1/cause/N-1"])
      let message = "the id 'T-1' stands twice; the first one is decided, this one is not"
      #expect(unreadable(watch) == [.unreadable(source: "world", line: 0, message: message)])
    }

    @Test("reports each once while it stays, and again where it changes")
    func once() async throws {
      let watch = try Watch(store: WorldStore([]))
      watch.store.put("T-1", #"{"id": "#)
      watch.store.put("T-2", #"{"cause": "x"}"#)
      watch.store.put("T-3", #"{"cause": "y"}"#)
      try await watch.run(rules: Self.rules) { _ in
        try await until { unreadable(watch).count == 3 }
        try await poll(watch, times: 5)
        #expect(unreadable(watch).count == 3)
        watch.store.put("T-3", #"{"cause": "z"}"#)
        try await until {
          watch.clock.advance(1_000)
          return unreadable(watch).count == 4
        }
      }
      let message = "the ticket has no id"
      #expect(unreadable(watch).last == .unreadable(source: "world", line: 0, message: message))
    }

    @Test("forgets what it reported where that is too much, and so repeats itself")
    func bounded() {
      var reports = RecentReports(capacity: 2)
      #expect(reports.insert(1) && reports.insert(2) && !reports.insert(1) && !reports.insert(2))
      #expect(reports.insert(3) && !reports.insert(3) && reports.insert(1))
    }
  }
#endif
