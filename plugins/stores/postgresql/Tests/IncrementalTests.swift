#if PostgreSQL
  import PluginAPI
  import Testing

  @testable import PostgreSQLStore

  @Suite("A reading of the postgresql store that goes on where another one ended", .needsServer)
  struct IncrementalTests {
    let schema: TemporarySchema

    init() throws { schema = try TemporarySchema() }

    @Test("hands over what changed since, whatever statement changed it")
    func changes() async throws {
      let store = try await schema.store()
      try schema.put(("1", "{\"n\":1}"), ("2", "{\"n\":2}"), ("3", "{\"n\":3}"), ("4", "{\"n\":4}"))
      let first = try await Reading(store)
      #expect(try await Reading(store, since: first.watermark).tickets == [])

      try schema.execute("UPDATE $s.tickets SET json = '{\"n\":40}' WHERE id = '4'")
      try schema.put(("2", "{\"n\":20}"), ("5", "{\"n\":5}"))
      try schema.execute("DELETE FROM $s.tickets WHERE id = '3'")
      try schema.execute("COPY $s.tickets (id, json) FROM PROGRAM 'echo 6,{}' WITH (FORMAT csv)")
      for limit in [1, 2, 500] {
        let second = try await Reading(store, since: first.watermark, limit: limit)
        #expect(second.tickets == ["{\"n\":40}", "{\"n\":20}", "{\"n\":5}", "{}"])
        #expect(
          second.versions == [
            try schema.version("4"), try schema.version("2"), try schema.version("5"),
            try schema.version("6"),
          ])
        #expect(try await Reading(store, since: second.watermark).tickets == [])
      }
    }

    @Test("leaves out tickets that were written without a change")
    func unchanged() async throws {
      let store = try await schema.store()
      try schema.put(("1", "{}"))
      let first = try await Reading(store)
      try schema.put(("1", "{}"))
      try schema.execute("UPDATE $s.tickets SET json = json, id = id")
      #expect(try await Reading(store, since: first.watermark).tickets == [])
    }

    @Test("stamps what is written with a version of its own, too")
    func forged() async throws {
      let store = try await schema.store()
      let first = try await Reading(store)
      try schema.execute("INSERT INTO $s.tickets VALUES ('1', '{}', '3')")
      let second = try await Reading(store, since: first.watermark)
      #expect(second.tickets == ["{}"])
      try schema.execute("UPDATE $s.tickets SET version = '3'")
      #expect(try await Reading(store, since: second.watermark).tickets == ["{}"])
    }

    @Test("hands over a transaction once that began early and committed late")
    func lateCommit() async throws {
      let store = try await schema.store()
      let (early, late) = (try schema.server.connect(), try schema.server.connect())
      try early.execute("BEGIN")
      try schema.put(("early", "{\"n\":1}"), on: early)
      try late.execute("BEGIN")
      try schema.put(("late", "{\"n\":2}"), on: late)
      try late.execute("COMMIT")

      let first = try await Reading(store)
      #expect(first.tickets == ["{\"n\":2}"])
      #expect(try await Reading(store, since: first.watermark).tickets == [])
      try early.execute("COMMIT")
      let second = try await Reading(store, since: first.watermark)
      #expect(second.tickets == ["{\"n\":1}"])
      #expect(try await Reading(store, since: second.watermark).tickets == [])
    }

    @Test("hands over a prepared transaction once it is committed, and a rolled back one never")
    func prepared() async throws {
      let store = try await schema.store()
      // A transaction that has notified cannot be prepared.
      try schema.execute("ALTER TABLE $s.tickets DISABLE TRIGGER tickets_changed")
      let writer = try schema.server.connect()
      try writer.execute("BEGIN")
      try schema.put(("1", "{\"n\":1}"), on: writer)
      try writer.execute("PREPARE TRANSACTION '\(schema.name)'")
      try writer.execute("BEGIN")
      try schema.put(("2", "{\"n\":2}"), on: writer)
      let first = try await Reading(store)
      try writer.execute("ROLLBACK")
      try writer.execute("COMMIT PREPARED '\(schema.name)'")
      #expect(first.tickets == [])
      #expect(try await Reading(store, since: first.watermark).tickets == ["{\"n\":1}"])
    }

    @Test("loses nothing on a standby, which does not know what is under way")
    func standby() async throws {
      // A server of its own, since a standby follows all of it.
      let server = try PostgreSQLServer("--no-tls")
      let primary = PostgreSQLStore()
      let values = server.values(["create": .boolean(true)])
      try await primary.open(PluginConfiguration(instance: "primary", values: values))
      let standby = PostgreSQLStore()
      let place = try server.command("standby")
      try await standby.open(
        PluginConfiguration(instance: "standby", values: server.values(place)))
      #expect(standby.capabilities.contains(.incremental))
      let early = try server.connect()
      try early.execute("BEGIN; INSERT INTO docket.tickets VALUES ('early', '{\"n\":1}')")
      try server.execute("INSERT INTO docket.tickets VALUES ('late', '{\"n\":2}')")
      var first = Reading()
      try await waitUntil {
        first = try await Reading(standby)
        return first.tickets == ["{\"n\":2}"]
      }
      try early.execute("COMMIT")
      var found = Set<String>()
      try await waitUntil {
        found.formUnion(try await Reading(standby, since: first.watermark).tickets)
        return found.contains("{\"n\":1}")
      }
      // The watermark of one server holds on the other: they have one history.
      #expect(try await Reading(primary, since: first.watermark).tickets.contains("{\"n\":1}"))
      await primary.close()
      await standby.close()
    }

    @Test("reads everything where the watermark is not of this table, or of a later state of it")
    func foreignWatermark() async throws {
      let store = try await schema.store()
      try schema.put(("1", "{\"n\":1}"))
      let own = try #require(try await Reading(store).watermark).text
      let place = own.split(separator: "/").dropLast().joined(separator: "/")
      for text in [
        "", "/", "x", "\(place)/", "\(place)/1:2", "\(place)/1:99999999999:", "\(place)/5:4:",
        "\(place)/0:4:",
        "\(place)/1:2:'; DROP TABLE tickets", "1\(own)", "\(own):1", "1/1/1/1:1:",
      ] {
        #expect(try await Reading(store, since: Watermark(text)).tickets == ["{\"n\":1}"], "\(text)")
      }
    }

    @Test("hands over one moment, and what changed meanwhile comes next time")
    func moment() async throws {
      let store = try await schema.store()
      try schema.put(("1", "{\"n\":1}"), ("2", "{\"n\":2}"), ("3", "{\"n\":3}"))
      var reading = Reading()
      for try await page in store.pages(since: nil, limit: 1) {
        if reading.pageSizes.isEmpty {
          try schema.put(("2", "{\"n\":20}"), ("4", "{\"n\":4}"))
          try schema.execute("DELETE FROM $s.tickets WHERE id = '3'")
        }
        reading.add(page)
      }
      #expect(reading.tickets == ["{\"n\":1}", "{\"n\":2}", "{\"n\":3}"])
      #expect(try await Reading(store, since: reading.watermark).tickets == ["{\"n\":20}", "{\"n\":4}"])
    }

    @Test("meets every commit of writers that overlap, each version once")
    func concurrentWriters() async throws {
      let store = try await schema.store()
      let (writers, changes) = (6, 30)
      var found: [String: String] = [:]
      var versions: [String] = []
      try await withThrowingTaskGroup { group in
        for writer in 0..<writers {
          group.addTask { [schema] in
            for change in 0..<changes {
              try schema.write(writer, change)
              try await Task.sleep(for: .milliseconds(Int.random(in: 0...3)))
            }
          }
        }
        var watermark: Watermark?
        var isLast = false
        repeat {
          isLast = try schema.texts("SELECT id FROM $s.tickets WHERE id LIKE 'end%'").count == writers
          let reading = try await Reading(store, since: watermark, limit: 7)
          watermark = reading.watermark
          for (ticket, version) in zip(reading.tickets, reading.versions) { found[version + ticket] = ticket }
          versions += zip(reading.versions, reading.tickets).map { $0 + $1 }
        } while !isLast
        try await group.waitForAll()
      }
      #expect(versions.count == Set(versions).count, "a version came twice")
      let last = Set(try schema.texts("SELECT version || json::text FROM $s.tickets"))
      #expect(last.count == writers * 6 && last.isSubset(of: versions))
    }
  }

  extension TemporarySchema {
    /// One transaction of one writer, some of which last a while and some of which are rolled back.
    fileprivate func write(_ writer: Int, _ change: Int) throws {
      let connection = try server.connect()
      try connection.execute("BEGIN")
      let id = change == 29 ? "end-\(writer)" : "\(writer)-\(change % 5)"
      try put((id, "{\"w\":\(writer),\"c\":\(change)}"), on: connection)
      if change % 3 == 0 { try connection.execute("SELECT pg_sleep(0.005)") }
      try connection.execute(change % 7 == 6 ? "ROLLBACK" : "COMMIT")
    }
  }
#endif
