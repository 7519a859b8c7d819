#if SQLite
  import PluginAPI
  import Testing

  @testable import SQLiteStore

  @Suite("Decisions that the sqlite store takes")
  struct WritingTests {
    let folder: TemporaryFolder
    let store: SQLiteStore

    init() async throws {
      folder = try TemporaryFolder()
      store = try await folder.store()
      try folder.put(("1", "{}"), ("2", "{}"), ("3", "{}"))
    }

    private func decisions() throws -> [String] {
      try folder.strings("SELECT ticket || ' ' || version || ' ' || json FROM decisions ORDER BY ticket")
    }

    @Test("are kept where the ticket has the version that they are about")
    func outcomes() async throws {
      try folder.put(("2", "{\"changed\":true}"))
      try folder.execute("DELETE FROM tickets WHERE id = '3'")
      let results = try await store.write([
        DecisionRecord("3", "3"), DecisionRecord("1", "1"), DecisionRecord("2", "2"),
        DecisionRecord("x", "1"),
        DecisionRecord("1", ""), DecisionRecord("1", "01"), DecisionRecord("2", "4", "{\"问\":\"\\u0000\"}"),
      ])
      let noVersion = WriteResult.Status.rejected(
        reason: "the decision does not say which version of the ticket it is about")
      #expect(results.map(\.ticket) == ["3", "1", "2", "x", "1", "1", "2"])
      #expect(
        results.map(\.status)
          == [.missing, .written, .conflict, .missing, noVersion, .conflict, .written])
      #expect(try decisions() == [#"1 1 {"priority":"P1"}"#, #"2 4 {"问":"\u0000"}"#])
    }

    @Test("are written once where they come twice, and replace the one before where they differ")
    func repeated() async throws {
      for json in ["{\"n\":1}", "{\"n\":1}", "{\"n\":2}"] {
        let results = try await store.write([DecisionRecord("1", "1", json), DecisionRecord("1", "1", json)])
        #expect(results.map(\.status) == [.written, .written])
        #expect(try decisions() == ["1 1 \(json)"])
        // Whoever writes a row anew would leave a later time in it.
        if json == "{\"n\":1}" {
          try folder.execute("UPDATE decisions SET written = written || '!' WHERE written NOT LIKE '%!'")
        }
        let times = try folder.strings("SELECT written FROM decisions")
        #expect(times.map { $0.hasSuffix("!") } == [json == "{\"n\":1}"])
      }
    }

    @Test("change no ticket: the next reading hands over nothing, and decisions fit the same version")
    func unversioned() async throws {
      let watermark = try await Reading(store).watermark
      _ = try await store.write([DecisionRecord("1", "1")])
      #expect(try await Reading(store, since: watermark).tickets == [])
      #expect(try await store.write([DecisionRecord("1", "1", "{}")]).map(\.status) == [.written])
    }

    @Test("conflict with a ticket that was replaced, or deleted and made again")
    func replaced() async throws {
      try folder.execute(
        """
        INSERT OR REPLACE INTO tickets (id, json) VALUES ('1', '{}');
        DELETE FROM tickets WHERE id = '2';
        INSERT INTO tickets (id, json) VALUES ('2', '{}');
        """)
      let results = try await store.write([DecisionRecord("1", "1"), DecisionRecord("2", "2")])
      #expect(results.map(\.status) == [.conflict, .conflict])
    }

    @Test("go with their tickets")
    func deleted() async throws {
      _ = try await store.write([DecisionRecord("1", "1"), DecisionRecord("2", "2")])
      try folder.execute("DELETE FROM tickets WHERE id = '1'")
      #expect(try decisions().count == 1)
    }

    @Test("are kept by several writers at once, each of them once")
    func concurrent() async throws {
      try await withThrowingTaskGroup { group in
        for writer in 0..<4 {
          group.addTask { [folder] in
            let store = try await folder.open(limits: Limits(lockWait: .seconds(120)))
            for round in 0..<10 {
              let results = try await store.write([
                DecisionRecord("1", "1", "{\"n\":\(round)}"), DecisionRecord("2", "\(writer)"),
              ])
              #expect(results.map(\.status) == [.written, writer == 2 ? .written : .conflict])
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(try decisions() == [#"1 1 {"n":9}"#, #"2 2 {"priority":"P1"}"#])
    }
  }

  @Suite("The sqlite store tells of changes", .serialized)
  struct ChangeTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("that another program makes, and ends the stream when it is closed")
    func changes() async throws {
      let store = try await folder.store(limits: Limits(watch: .milliseconds(5)))
      var hints = try await store.changes().makeAsyncIterator()
      for number in 1...3 {
        try folder.put(("1", "{\"n\":\(number)}"))
        #expect(await hints.next() != nil)
      }
      store.close()
      while await hints.next() != nil {}
    }

    @Test("of a table that was there before")
    func existing() async throws {
      try folder.execute("CREATE TABLE source (id TEXT, json TEXT)")
      let store = try await folder.open(["table": .text("source")], limits: Limits(watch: .milliseconds(5)))
      var hints = try await store.changes().makeAsyncIterator()
      try folder.execute("INSERT INTO source VALUES ('1', '{}')")
      #expect(await hints.next() != nil)
      store.close()
    }

    @Test("but not of the decisions that it takes itself")
    func decisions() async throws {
      let store = try await folder.store(limits: Limits(watch: .milliseconds(5)))
      try folder.put(("1", "{}"))
      let hints = try await store.changes()
      _ = try await store.write([DecisionRecord("1", "1")])
      try await Task.sleep(for: .milliseconds(100))
      store.close()
      var count = 0
      for await _ in hints { count += 1 }
      #expect(count == 0)
    }
  }
#endif
