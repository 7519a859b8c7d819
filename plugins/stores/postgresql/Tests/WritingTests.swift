#if PostgreSQL
  import PluginAPI
  import Testing

  @testable import PostgreSQLStore

  @Suite("Decisions that the postgresql store takes", .needsServer)
  struct WritingTests {
    let schema: TemporarySchema
    let store: PostgreSQLStore

    init() async throws {
      schema = try TemporarySchema()
      store = try await schema.store()
      try schema.put(("1", "{}"), ("2", "{}"), ("3", "{}"))
    }

    private func decisions() throws -> [String] {
      try schema.texts(
        """
        SELECT ticket || CASE WHEN d.version = t.version THEN ' = ' ELSE ' <> ' END || d.json
        FROM $s.decisions d JOIN $s.tickets t ON t.id = ticket ORDER BY ticket
        """)
    }

    @Test("are kept where the ticket has the version that they are about")
    func outcomes() async throws {
      let (first, second) = (try schema.version("1"), try schema.version("2"))
      try schema.put(("2", "{\"changed\":true}"))
      try schema.execute("DELETE FROM $s.tickets WHERE id = '3'")
      let results = try await store.write([
        DecisionRecord("3", second), DecisionRecord("1", first), DecisionRecord("2", second),
        DecisionRecord("x", "1"), DecisionRecord("1", ""), DecisionRecord("1", "0\(first)"),
        DecisionRecord("2", try schema.version("2"), "{\"问\":\"\\u0000\\\\\"}"), DecisionRecord("1\0", first),
      ])
      let noVersion = WriteResult.Status.rejected(
        reason: "the decision does not say which version of the ticket it is about")
      #expect(results.map(\.ticket) == ["3", "1", "2", "x", "1", "1", "2", "1\0"])
      #expect(
        results.map(\.status)
          == [.missing, .written, .conflict, .missing, noVersion, .conflict, .written, .missing])
      #expect(try decisions() == [#"1 = {"priority":"P1"}"#, #"2 = {"问":"\u0000\\"}"#])
    }

    @Test("are written once where they come twice, and replace the one before where they differ")
    func repeated() async throws {
      let version = try schema.version("1")
      var times: [String] = []
      for json in ["{\"n\":1}", "{\"n\":1}", "{\"n\":2}"] {
        let results = try await store.write([
          DecisionRecord("1", version, "[]"), DecisionRecord("1", version, json),
          DecisionRecord("1", version, json),
        ])
        #expect(results.map(\.status) == [.written, .written, .written])
        #expect(try decisions() == ["1 = \(json)"])
        times += try schema.texts("SELECT written::text FROM $s.decisions")
      }
      #expect(times[0] == times[1] && times[1] != times[2])
    }

    @Test("that the server cannot keep are rejected one by one")
    func unreadable() async throws {
      let version = try schema.version("1")
      let bad = [Array("{".utf8), [UInt8(ascii: "\""), 0xFF, UInt8(ascii: "\"")], Array("{\"a\0\":1}".utf8)]
      let records = bad.map { DecisionRecord(ticket: "1", version: version, json: $0) }
      let results = try await store.write(
        [DecisionRecord("2", try schema.version("2"))] + records + [DecisionRecord("1", version)])
      let rejected = WriteResult.Status.rejected(reason: "the decision is not JSON that PostgreSQL can keep")
      #expect(results.map(\.status) == [.written, rejected, rejected, rejected, .written])
      #expect(try decisions().count == 2)
    }

    @Test("change no ticket: the next reading hands over nothing, and decisions fit the same version")
    func unversioned() async throws {
      let watermark = try await Reading(store).watermark
      let version = try schema.version("1")
      _ = try await store.write([DecisionRecord("1", version)])
      #expect(try await Reading(store, since: watermark).tickets == [])
      #expect(try await store.write([DecisionRecord("1", version, "{}")]).map(\.status) == [.written])
    }

    @Test("conflict with a ticket that was deleted and made again, and go with their tickets")
    func replaced() async throws {
      let version = try schema.version("1")
      _ = try await store.write([DecisionRecord("1", version)])
      try schema.execute("DELETE FROM $s.tickets WHERE id = '1'")
      #expect(try decisions() == [])
      try schema.put(("1", "{}"))
      #expect(try await store.write([DecisionRecord("1", version)]).map(\.status) == [.conflict])
    }

    @Test("are judged after those that another writer has under way")
    func serialized() async throws {
      let (store, schema) = (store, schema)
      let before = try schema.version("1")
      let other = try schema.server.connect()
      let table = try schema.texts("SELECT '$s.tickets'::regclass::oid::text")[0]
      try other.execute("BEGIN; SELECT pg_advisory_xact_lock(hashtextextended('docket \(table)', 0))")
      let late = Task { try await store.write([DecisionRecord("1", before, "{\"old\":true}")]).map(\.status) }
      try await waitUntil {
        try schema.texts("SELECT 1::text FROM pg_locks WHERE locktype = 'advisory' AND NOT granted").count > 0
      }
      try schema.put(("1", "{\"changed\":true}"), on: other)
      try other.execute("COMMIT")
      #expect(try await late.value == [.conflict])
      #expect(try decisions() == [])
    }

    @Test("are kept by several writers at once, each of them once")
    func concurrent() async throws {
      let (first, second) = (try schema.version("1"), try schema.version("2"))
      try await withThrowingTaskGroup { group in
        for _ in 0..<4 {
          group.addTask { [schema] in
            let store = try await schema.open()
            for round in 0..<10 {
              let results = try await store.write([
                DecisionRecord("1", first, "{\"n\":\(round)}"), DecisionRecord("2", second),
              ])
              #expect(results.map(\.status) == [.written, .written])
            }
            await store.close()
          }
        }
        try await group.waitForAll()
      }
      #expect(try decisions() == [#"1 = {"n":9}"#, #"2 = {"priority":"P1"}"#])
    }
  }

  @Suite("The postgresql store's tables", .needsServer)
  struct SchemaTests {
    let schema: TemporarySchema

    init() throws { schema = try TemporarySchema() }

    private func wrong(_ message: String, hint: String) -> PluginError {
      PluginError(.configuration, message, pointer: "/schema", hint: hint)
    }

    @Test("are made once, and kept by later openings")
    func created() async throws {
      let store = try await schema.store()
      try schema.put(("1", "{}"))
      #expect(store.capabilities == [.write, .changes, .incremental])
      #expect(try await store.check() == [])
      for create in [true, false] {
        let store = try await schema.open(["create": .boolean(create)])
        #expect(try await Reading(store).tickets == ["{}"])
        await store.close()
      }
    }

    @Test("are made once by many that open the database at the same time")
    func concurrent() async throws {
      try await withThrowingTaskGroup { group in
        for _ in 0..<8 { group.addTask { [schema] in await (try await schema.store()).close() } }
        try await group.waitForAll()
      }
      #expect(try schema.texts("SELECT number::text FROM $s.migrations ORDER BY 1") == ["1", "2"])
    }

    @Test("of an older version become new ones where that is allowed, with what they hold")
    func older() async throws {
      try Schema(schema.name, try schema.server.connect()).migrate(upTo: 1)
      try schema.put(("1", "{}"))
      await #expect(
        throws: wrong(
          "the tables in schema '\(schema.name)' were made by an older version of Docket",
          hint: "set create: true once to have them brought up to date")
      ) { try await schema.open() }
      let store = try await schema.store()
      #expect(try await Reading(store).tickets == ["{}"])
      #expect(
        try await store.write([DecisionRecord("1", try schema.version("1"))]).map(\.status) == [.written])
    }

    @Test("of a newer version are refused", arguments: [true, false])
    func newer(create: Bool) async throws {
      await (try await schema.store()).close()
      try schema.execute("INSERT INTO $s.migrations VALUES (9)")
      await #expect(
        throws: wrong(
          "the tables in schema '\(schema.name)' were made by a newer version of Docket",
          hint: "use that version, or another schema")
      ) { try await schema.open(["create": .boolean(create)]) }
    }

    @Test("are not made where another table has their name")
    func taken() async throws {
      try schema.execute("CREATE SCHEMA $s; CREATE TABLE $s.tickets (id text)")
      await #expect(
        throws: wrong(
          "the schema '\(schema.name)' has a table 'tickets' that is not Docket's",
          hint: "read it with table: tickets, or take another schema")
      ) { try await schema.store() }
    }
  }
#endif
