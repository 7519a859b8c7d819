#if SQLite
  import GRDB
  import PluginAPI
  import Testing

  @testable import SQLiteStore

  @Suite("A reading of the sqlite store that goes on where another one ended")
  struct IncrementalTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("hands over what changed since, whatever statement changed it, in the order of the changes")
    func changes() async throws {
      let store = try await folder.store()
      try folder.put(("1", "{\"n\":1}"), ("2", "{\"n\":2}"), ("3", "{\"n\":3}"), ("4", "{\"n\":4}"))
      let first = try await Reading(store)
      #expect(try await Reading(store, since: first.watermark).tickets == [])

      try folder.execute(
        """
        UPDATE tickets SET json = '{"n":40}' WHERE id = '4';
        INSERT INTO tickets (id, json) VALUES ('2', '{"n":20}') ON CONFLICT (id) DO UPDATE SET json = excluded.json;
        INSERT OR REPLACE INTO tickets (id, json) VALUES ('1', '{"n":10}');
        INSERT INTO tickets (id, json) VALUES ('5', '{"n":5}');
        DELETE FROM tickets WHERE id = '3';
        """)
      for limit in [1, 2, 500] {
        let second = try await Reading(store, since: first.watermark, limit: limit)
        #expect(second.tickets == ["{\"n\":40}", "{\"n\":20}", "{\"n\":10}", "{\"n\":5}"])
        #expect(second.versions == ["5", "6", "7", "8"])
        #expect(try await Reading(store, since: second.watermark).tickets == [])
      }
    }

    @Test("leaves out tickets that were written without a change")
    func unchanged() async throws {
      let store = try await folder.store()
      try folder.put(("1", "{}"))
      let first = try await Reading(store)
      try folder.put(("1", "{}"))
      try folder.execute("UPDATE tickets SET json = json, id = id")
      let second = try await Reading(store, since: first.watermark)
      #expect(second.tickets == [] && second.watermark == first.watermark)
    }

    @Test("sees a ticket that took the place of the newest one")
    func reused() async throws {
      let store = try await folder.store()
      try folder.put(("1", "{\"n\":1}"), ("2", "{\"n\":2}"))
      let first = try await Reading(store)
      try folder.execute("DELETE FROM tickets WHERE id = '2'")
      try folder.put(("3", "{\"n\":3}"))
      #expect(try await Reading(store, since: first.watermark).tickets == ["{\"n\":3}"])
    }

    @Test("reads everything where the watermark is not of this database, or of a later state of it")
    func foreignWatermark() async throws {
      let store = try await folder.store()
      try folder.put(("1", "{\"n\":1}"))
      let own = try #require(try await Reading(store).watermark)
      let identity = try #require(own.text.split(separator: ":").first)
      for text in [
        "", "x", "0123456789abcdef:1", "\(identity):2", "\(identity):-1", "\(identity):x", "\(own.text):1",
      ] {
        let reading = try await Reading(store, since: Watermark(text))
        #expect(reading.tickets == ["{\"n\":1}"] && reading.watermark == own, "\(text)")
      }
    }

    @Test("hands over one moment in WAL mode, and what changed meanwhile comes next time")
    func moment() async throws {
      let store = try await folder.store()
      try folder.put(("1", "{\"n\":1}"), ("2", "{\"n\":2}"), ("3", "{\"n\":3}"))
      var reading = Reading()
      for try await page in store.pages(since: nil, limit: 1) {
        if reading.pageSizes.isEmpty {
          try folder.put(("2", "{\"n\":20}"), ("4", "{\"n\":4}"))
          try folder.execute("DELETE FROM tickets WHERE id = '3'")
        }
        reading.add(page)
      }
      #expect(reading.tickets == ["{\"n\":1}", "{\"n\":2}", "{\"n\":3}"])
      #expect(try await Reading(store, since: reading.watermark).tickets == ["{\"n\":20}", "{\"n\":4}"])
    }

    @Test("takes another moment where the reader is slow, and loses nothing")
    func renewedMoment() async throws {
      let store = try await folder.store(limits: Limits(moment: .milliseconds(1)))
      try folder.put(("1", "{\"n\":1}"), ("2", "{\"n\":2}"), ("3", "{\"n\":3}"))
      var reading = Reading()
      for try await page in store.pages(since: nil, limit: 1) {
        reading.add(page)
        if reading.pageSizes.count == 1 {
          try folder.put(("2", "{\"n\":20}"))
          try await waitUntil { try folder.isCheckpointed() }
        }
      }
      #expect(reading.tickets == ["{\"n\":1}", "{\"n\":20}", "{\"n\":3}"])
      #expect(try await Reading(store, since: reading.watermark).tickets == ["{\"n\":20}"])
    }

    @Test("keeps no moment once decisions are written, so that the log can be put into the file")
    func decisionsMeanwhile() async throws {
      let store = try await folder.store()
      try folder.put(("1", "{\"n\":1}"), ("2", "{\"n\":2}"), ("3", "{\"n\":3}"))
      var reading = Reading()
      for try await page in store.pages(since: nil, limit: 1) {
        reading.add(page)
        if reading.pageSizes.count == 1 {
          let decision = DecisionRecord(ticket: "1", version: reading.versions[0], json: Array("{}".utf8))
          #expect(try await store.write([decision]).map(\.status) == [.written])
          try folder.put(("3", "{\"n\":30}"))
          #expect(try !folder.isCheckpointed())
        } else {
          #expect(try folder.isCheckpointed())
        }
      }
      #expect(reading.tickets == ["{\"n\":1}", "{\"n\":2}", "{\"n\":30}"])
      #expect(try await Reading(store, since: reading.watermark).tickets == ["{\"n\":30}"])
    }

    @Test("ends its transaction when it is given up")
    func abandoned() async throws {
      let store = try await folder.store()
      try folder.put(("1", "{}"), ("2", "{}"))
      do {
        var pages = store.pages(since: nil, limit: 1).makeAsyncIterator()
        #expect(try await pages.next() != nil)
        try folder.put(("1", "[]"))
        #expect(try !folder.isCheckpointed())
        withExtendedLifetime(pages) {}
      }
      try await waitUntil { try folder.isCheckpointed() }
    }

    @Test("meets every ticket of writers that go on meanwhile")
    func concurrentWriters() async throws {
      let store = try await folder.store()
      let (writers, changes) = (4, 50)
      try await withThrowingTaskGroup { group in
        for writer in 0..<writers {
          group.addTask { [folder] in
            for change in 0..<changes {
              try folder.put(("\(writer)-\(change % 7)", "{\"w\":\(writer),\"c\":\(change)}"))
              await Task.yield()
            }
          }
        }
        var found = Set<String>()
        var watermark: Watermark?
        for round in 0..<200 {
          let reading = try await Reading(store, since: watermark, limit: 3)
          watermark = reading.watermark
          found.formUnion(reading.tickets)
          if round == 20 { try await group.waitForAll() }
          if round > 20, reading.tickets.isEmpty { break }
        }
        let last = Set(try folder.strings("SELECT json FROM tickets"))
        #expect(last.count == writers * 7 && last.isSubset(of: found))
      }
    }
  }

  extension Reading {
    fileprivate init() {}
  }

  extension TemporaryFolder {
    /// Whether nobody reads an older state any more: a checkpoint then writes back the whole log and empties it.
    fileprivate func isCheckpointed() throws -> Bool {
      var configuration = Configuration()
      configuration.busyMode = .immediateError
      return try DatabaseQueue(path: database, configuration: configuration).inDatabase {
        try Int.fetchOne($0, sql: "PRAGMA wal_checkpoint(TRUNCATE)") == 0
      }
    }
  }
#endif
