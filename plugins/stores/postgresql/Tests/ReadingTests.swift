#if PostgreSQL
  import Foundation
  import PluginAPI
  import PluginConformance
  import Testing

  @testable import PostgreSQLStore

  @Suite("The postgresql store reads", .needsServer)
  struct ReadingTests {
    let schema: TemporarySchema

    init() throws { schema = try TemporarySchema() }

    @Test("as every store must")
    func conformance() async throws {
      await (try await schema.store()).close()
      try schema.execute(
        """
        INSERT INTO $s.tickets (id, json)
        SELECT 'T-' || i, json_build_object('id', 'T-' || i, 'text', '问题') FROM generate_series(1, 1200) AS i
        """)
      let conformance = StoreConformance(schema.configuration()) { PostgreSQLStore() }
      #expect(try await conformance.violations() == [])
    }

    @Test("a database that is used as its README says")
    func readme() async throws {
      let store = try await schema.store()
      let text = try String(
        contentsOf: URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../README.md"),
        encoding: .utf8)
      let blocks = text.matches(of: #/```sql\n((?:[^`])*)```/#).map { String($0.1) }
      #expect(blocks.count == 4)
      let role = "\(schema.name)_desk"
      defer { try? schema.execute("DROP OWNED BY \(role); DROP ROLE \(role)") }
      for block in blocks + ["UPDATE docket.tickets SET version = '3'"] {
        try schema.execute(
          "SET search_path = $s; "
            + block.replacing("docket", with: schema.name).replacing(" desk", with: " \(role)"))
      }
      let reading = try await Reading(store)
      #expect(reading.tickets.count == 1 && reading.versions != ["3"])
      try schema.execute("INSERT INTO $s.incident VALUES ('I-1', '问题')")
      let view = try await schema.open(["table": .text("incident_tickets")])
      #expect(try await Reading(view).tickets == [#"{"id" : "I-1", "title" : "问题"}"#])
      await store.close()
      await view.close()
    }

    @Test("nothing from a table without tickets, and says where the next reading starts")
    func empty() async throws {
      let reading = try await Reading(try await schema.store())
      #expect(reading.tickets == [] && reading.watermark != nil && reading.pageSizes == [0])
    }

    @Test("each ticket's bytes as they are, with its version, in the order of insertion")
    func bytes() async throws {
      let store = try await schema.store()
      let tickets = ["{ \"id\" : \"b\" }\n", #"{"id":"a","t":"问\u0000\\"}"#, "[]"]
      try schema.put(("b", tickets[0]), ("a", tickets[1]), ("c", tickets[2]))
      let reading = try await Reading(store)
      #expect(reading.tickets == tickets)
      #expect(
        reading.versions == [try schema.version("b"), try schema.version("a"), try schema.version("c")])
      #expect(Set(reading.versions).count == 3)
    }

    @Test("pages of no more than was asked for, and smaller ones where tickets are large")
    func pageSizes() async throws {
      let store = try await schema.store()
      try schema.put(("1", "{}"), ("2", "{}"), ("3", "{}"), ("4", "{}"))
      #expect(try await Reading(store, limit: 2).pageSizes == [2, 2, 0])
      #expect(try await Reading(store, limit: 3).pageSizes == [3, 1])
      #expect(try await Reading(store, limit: 0).pageSizes == [1, 1, 1, 1, 0])
      try schema.execute("UPDATE $s.tickets SET json = to_json(repeat('x', 700000))")
      #expect(try await Reading(store).pageSizes == [2, 2, 0])
    }

    @Test("a ticket over 8 MiB as a malformed one, and goes on")
    func tooLong() async throws {
      let store = try await schema.store()
      try schema.put(("1", "{}"), ("2", "{}"))
      try schema.execute("UPDATE $s.tickets SET json = to_json(repeat('x', 8388607)) WHERE id = '1'")
      let reading = try await Reading(store)
      #expect(reading.tickets == ["{}"] && reading.versions.count == 1)
      #expect(reading.malformed == ["1: a ticket is 8388609 bytes long, more than the limit of 8388608"])
    }

    @Test("tickets by their ids, and answers which do not exist")
    func lookup() async throws {
      let store = try await schema.store()
      try schema.put(("b", "{\"n\":1}"), ("a\"'\\{},", "{\"n\":2}"), ("c", "{\"n\":3}"))
      let (pages, missing) = try await store.get(["x", "c", "a\"'\\{},", "y\0", "b", "x", "c", "NULL", ""])
      #expect(pages.flatMap(\.texts) == ["{\"n\":2}", "{\"n\":1}", "{\"n\":3}"])
      #expect(
        pages.flatMap(\.versions) == [
          try schema.version("a\"''\\{},"), try schema.version("b"), try schema.version("c"),
        ])
      #expect(missing == ["x", "y\0", "NULL", ""])
      let nothing = try await store.get([])
      #expect(nothing.tickets.isEmpty && nothing.missing.isEmpty)
    }

    @Test("from schemas with names that need quotes")
    func quoted() async throws {
      let name = "\(schema.name) \"odd' \\"
      let store = try await schema.open(["schema": .text(name), "create": .boolean(true)])
      defer { try? schema.server.execute("DROP SCHEMA \(name.quotedName) CASCADE") }
      var hints = try await store.changes().makeAsyncIterator()
      try schema.server.execute("INSERT INTO \(name.quotedName).tickets VALUES ('1', '{}')")
      #expect(await hints.next() != nil)
      let reading = try await Reading(store)
      #expect(reading.tickets == ["{}"])
      #expect(try await Reading(store, since: reading.watermark).tickets == [])
      #expect(try await store.write([DecisionRecord("1", reading.versions[0])]).map(\.status) == [.written])
      #expect(try await store.get(["1"]).missing == [])
      #expect(try await store.check() == [])
      await store.close()
    }
  }

  @Suite("The postgresql store reads tables that others made:", .needsServer)
  struct ExistingTableTests {
    let schema: TemporarySchema

    init() throws {
      schema = try TemporarySchema()
      try schema.execute("CREATE SCHEMA $s")
    }

    private func open(_ table: String, id: String = "id", json: String = "json") async throws
      -> PostgreSQLStore
    {
      try await schema.open(["table": .text(table), "id_column": .text(id), "json_column": .text(json)])
    }

    @Test("a table with names that need quotes, with ids that are numbers and JSON in binary form")
    func table() async throws {
      try schema.execute(
        """
        CREATE TABLE $s."odd ""table" ("the id" int, "select" jsonb);
        INSERT INTO $s."odd ""table" VALUES (17, '{"n": 1}'), (18, NULL), (17, '{}'), (NULL, '{"n": 4}');
        """)
      let store = try await open("odd \"table", id: "the id", json: "select")
      #expect(store.capabilities == [])
      let reading = try await Reading(store, limit: 1)
      #expect(reading.tickets == ["{\"n\": 1}", "{}", "{\"n\": 4}"])
      #expect(reading.malformed == ["0: a row has no JSON: the column is NULL"])
      #expect(reading.versions == [] && reading.watermark == nil)
      let (pages, missing) = try await store.get(["17", "017", "x"])
      #expect(pages.flatMap(\.texts).sorted() == ["{\"n\": 1}", "{}"])
      #expect(missing == ["017", "x"])
      #expect(try await store.check() == [])
      await #expect(throws: PluginError(.permanent, "changes of a table that was there before are not told"))
      {
        try await store.changes()
      }
      await #expect(
        throws: PluginError(
          .authorization, "decisions cannot be written to these tables", pointer: "/user",
          hint: "grant INSERT and UPDATE on the table 'decisions'; tables that were there are only read")
      ) { try await store.write([]) }
    }

    @Test("a view, in the order of its ids")
    func view() async throws {
      try schema.execute(
        """
        CREATE TABLE $s.incident (number text, title text);
        INSERT INTO $s.incident VALUES ('I-2', '二'), ('I-1', NULL), ('I-3', 'three');
        CREATE VIEW $s.source AS SELECT number AS id, json_build_object('title', title) AS json FROM $s.incident;
        """)
      let store = try await open("source")
      for limit in [1, 3, 500] {
        #expect(
          try await Reading(store, limit: limit).tickets == [
            "{\"title\" : null}", "{\"title\" : \"二\"}", "{\"title\" : \"three\"}",
          ])
      }
      let values: [String: PluginConfiguration.Value] = ["table": .text("source")]
      let conformance = StoreConformance(schema.configuration(values)) { PostgreSQLStore() }
      #expect(try await conformance.violations() == [])
    }

    @Test("a table that is dropped after the opening is a matter of the settings")
    func dropped() async throws {
      try schema.execute("CREATE TABLE $s.source (id text, json text)")
      let store = try await open("source")
      try schema.execute("DROP TABLE $s.source")
      await #expect(
        throws: PluginError(
          .configuration, "the server refuses a request: relation \"\(schema.name).source\" does not exist",
          pointer: "/table")
      ) { try await Reading(store) }
    }
  }
#endif
