#if SQLite
  import Foundation
  import GRDB
  import PluginAPI
  import PluginConformance
  import Testing

  @testable import SQLiteStore

  @Suite("The sqlite store reads")
  struct ReadingTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("as every store must")
    func conformance() async throws {
      let store = try await folder.store()
      try folder.execute(
        """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)
        INSERT INTO tickets (id, json) SELECT 'T-' || i, json_object('id', 'T-' || i, 'text', '问题') FROM n
        """)
      store.close()
      let conformance = StoreConformance(folder.configuration()) { SQLiteStore() }
      #expect(try await conformance.violations() == [])
    }

    @Test("what its manifest and its sample settings say")
    func manifest() {
      let folder = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
      let manifest = ManifestConformance(folder: "/" + folder)
      #expect(manifest.violations(against: SQLiteStore.description) == [])
    }

    @Test("a database that is used as its README says")
    func readme() async throws {
      let store = try await folder.store()
      let text = try String(
        contentsOf: URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../README.md"),
        encoding: .utf8)
      let blocks = text.matches(of: #/```sql\n((?:[^`])*)```/#).map { String($0.1) }
      #expect(blocks.count == 3)
      for block in blocks { try folder.execute(block) }
      #expect(try await Reading(store).tickets.count == 1)
      store.close()
      try folder.execute("INSERT INTO incident VALUES ('I-1', '问题')")
      let view = try await folder.open(["table": .text("incident_tickets")])
      #expect(try await Reading(view).tickets == [#"{"id":"I-1","title":"问题"}"#])
    }

    @Test("nothing from a database without tickets, and says where the next reading starts")
    func empty() async throws {
      let store = try await folder.store()
      let reading = try await Reading(store)
      #expect(reading.tickets == [] && reading.watermark != nil && reading.pageSizes == [0])
    }

    @Test("each ticket's bytes as they are, with its version, in the order of insertion")
    func bytes() async throws {
      let store = try await folder.store()
      try folder.put(
        ("b", "{ \"id\" : \"b\" }\n"), ("a", "{\"id\":\"a\",\"t\":\"问\\u0000\"}"), ("c", "not JSON"))
      let reading = try await Reading(store)
      #expect(reading.tickets == ["{ \"id\" : \"b\" }\n", "{\"id\":\"a\",\"t\":\"问\\u0000\"}", "not JSON"])
      #expect(reading.versions == ["1", "2", "3"])
    }

    @Test("pages of no more than was asked for, and smaller ones where tickets are large")
    func pageSizes() async throws {
      let store = try await folder.store()
      try folder.put(("1", "{}"), ("2", "{}"), ("3", "{}"), ("4", "{}"))
      #expect(try await Reading(store, limit: 2).pageSizes == [2, 2, 0])
      #expect(try await Reading(store, limit: 3).pageSizes == [3, 1])
      #expect(try await Reading(store, limit: 0).pageSizes == [1, 1, 1, 1, 0])
      try folder.execute("UPDATE tickets SET json = printf('%.*c', 700000, 'x')")
      #expect(try await Reading(store).pageSizes == [2, 2, 0])
    }

    @Test("a fraction that grows from page to page up to 1")
    func fraction() async throws {
      let store = try await folder.store()
      try folder.put(("1", "{}"), ("2", "{}"), ("3", "{}"), ("4", "{}"))
      var fractions = [Double?]()
      for try await page in store.pages(since: nil, limit: 1) { fractions.append(page.fraction) }
      #expect(fractions == [0.25, 0.5, 0.75, 1, 1])
    }

    @Test("a ticket over 8 MiB as a malformed one, and goes on")
    func tooLong() async throws {
      let store = try await folder.store()
      try folder.put(("1", "{}"), ("2", "{}"), ("3", "{}"))
      try folder.execute("UPDATE tickets SET json = printf('%.*c', 8388609, 'x') WHERE id = '2'")
      let reading = try await Reading(store)
      #expect(reading.tickets == ["{}", "{}"])
      #expect(reading.malformed == ["1: a ticket is 8388609 bytes long, more than the limit of 8388608"])
    }

    @Test("tickets by their ids in the order of the table, and answers which do not exist")
    func lookup() async throws {
      let store = try await folder.store()
      try folder.put(("b", "{\"n\":1}"), ("a\"'", "{\"n\":2}"), ("c", "{\"n\":3}"))
      let (pages, missing) = try await store.get(["x", "c", "a\"'", "y", "b", "x", "c"])
      #expect(pages.flatMap(\.texts) == ["{\"n\":1}", "{\"n\":2}", "{\"n\":3}"])
      #expect(pages.flatMap(\.versions) == ["1", "2", "3"])
      #expect(missing == ["x", "y"])
      let nothing = try await store.get([])
      #expect(nothing.tickets.isEmpty && nothing.missing.isEmpty)
    }

    @Test("tickets by their ids through the index")
    func lookupPlan() async throws {
      let store = try await folder.store()
      try folder.put(("b", "{}"))
      let plan = try folder.connect().inDatabase { database in
        try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN " + TicketTable.own.lookup, arguments: ["[]"])
          .map { $0["detail"] as String }
      }
      #expect(plan.contains { $0.hasPrefix("SEARCH tickets USING INDEX") }, "\(plan)")
      store.close()
    }

    @Test("the newest versions through the index")
    func incrementalPlan() async throws {
      let store = try await folder.store()
      let plan = try folder.connect().inDatabase { database in
        try Row.fetchAll(
          database, sql: "EXPLAIN QUERY PLAN " + TicketTable.own.pages(since: 1), arguments: [1]
        ).map { $0["detail"] as String }
      }
      #expect(plan == ["SEARCH tickets USING INDEX tickets_by_version (version>?)"])
      store.close()
    }
  }

  @Suite("The sqlite store reads tables that others made:")
  struct ExistingTableTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func open(_ table: String, id: String = "id", json: String = "json") async throws -> SQLiteStore {
      try await folder.open([
        "table": .text(table), "id_column": .text(id), "json_column": .text(json),
      ])
    }

    @Test("a table with names that need quotes, row by row, with negative row numbers")
    func table() async throws {
      try folder.execute(
        """
        CREATE TABLE "odd ""table" ("the id" INTEGER, "select" BLOB);
        INSERT INTO "odd ""table" (rowid, "the id", "select") VALUES
          (-5, 17, '{"n":1}'), (0, 18, NULL), (9, 17, x'7B7D'), (10, NULL, '{"n":4}');
        """)
      let store = try await open("ODD \"table", id: "the id", json: "select")
      #expect(store.capabilities == [.changes])
      let reading = try await Reading(store, limit: 1)
      #expect(reading.tickets == ["{\"n\":1}", "{}", "{\"n\":4}"])
      #expect(reading.malformed == ["0: a row has no JSON: the column is NULL"])
      #expect(reading.versions == [] && reading.watermark == nil)
      let (pages, missing) = try await store.get(["17", "017", "x"])
      #expect(pages.flatMap(\.texts) == ["{\"n\":1}", "{}"])
      #expect(missing == ["017", "x"])
    }

    @Test(
      "a view, a table without row numbers, and one whose columns hide them",
      arguments: [
        """
        CREATE TABLE incident (number TEXT, title TEXT);
        INSERT INTO incident VALUES ('I-2', '二'), ('I-1', NULL), ('I-3', 'three'), ('I-3', 'again');
        CREATE VIEW source AS SELECT number AS id, json_object('id', number, 'title', title) AS json FROM incident;
        """,
        """
        CREATE TABLE source (id TEXT, part INTEGER, json TEXT, PRIMARY KEY (id, part)) WITHOUT ROWID;
        INSERT INTO source VALUES ('I-2', 1, '{"id":"I-2","title":"二"}'), ('I-1', 1, '{"id":"I-1","title":null}'),
          ('I-3', 1, '{"id":"I-3","title":"three"}'), ('I-3', 2, '{"id":"I-3","title":"again"}');
        """,
        """
        CREATE TABLE source (id TEXT, rowid TEXT, _rowid_ TEXT, oid TEXT, json TEXT);
        INSERT INTO source (id, json) VALUES ('I-2', '{"id":"I-2","title":"二"}'), ('I-1', '{"id":"I-1","title":null}'),
          ('I-3', '{"id":"I-3","title":"three"}'), ('I-3', '{"id":"I-3","title":"again"}');
        """,
      ])
    func copied(sql: String) async throws {
      try folder.execute(sql)
      let store = try await open("source")
      for limit in [1, 3, 500] {
        let reading = try await Reading(store, limit: limit)
        #expect(
          reading.tickets == [
            #"{"id":"I-1","title":null}"#, #"{"id":"I-2","title":"二"}"#, #"{"id":"I-3","title":"three"}"#,
            #"{"id":"I-3","title":"again"}"#,
          ])
      }
      let (pages, missing) = try await store.get(["I-3", "I-9"])
      #expect(pages.flatMap(\.texts).count == 2 && missing == ["I-9"])
      let conformance = StoreConformance(folder.configuration(["table": .text("source")])) { SQLiteStore() }
      #expect(try await conformance.violations() == [])
    }

    @Test("a database in UTF-16")
    func utf16() async throws {
      try folder.execute(
        """
        PRAGMA encoding = 'UTF-16le';
        CREATE TABLE source (id TEXT, json TEXT);
        INSERT INTO source VALUES ('一', '{"标题":"😀"}');
        """)
      let store = try await open("source")
      #expect(try await Reading(store).tickets == ["{\"标题\":\"😀\"}"])
      #expect(try await store.get(["一"]).tickets.flatMap(\.texts) == ["{\"标题\":\"😀\"}"])
    }

    @Test("and writes nothing to them")
    func unwritable() async throws {
      try folder.execute("CREATE TABLE source (id TEXT, json TEXT)")
      let store = try await open("source")
      await #expect(
        throws: PluginError(
          .configuration, "the database '\(folder.database)' cannot be written", pointer: "/path",
          hint: "let Docket write the file and its folder")
      ) { try await store.write([DecisionRecord("1", "1")]) }
    }

    @Test("without a write-ahead log, keeping no writer waiting between pages, which check tells")
    func rollbackJournal() async throws {
      try folder.execute(
        "CREATE TABLE source (id TEXT, json TEXT); INSERT INTO source VALUES ('1', '{}'), ('2', '{}')")
      let store = try await open("source")
      #expect(
        try await store.check() == [
          PluginProblem(
            "the database is not in WAL mode: a reading is no single moment, one page is", pointer: "/path",
            hint: "run once: sqlite3 FILE 'PRAGMA journal_mode = WAL'")
        ])
      var pages = store.pages(since: nil, limit: 1).makeAsyncIterator()
      #expect(try await pages.next()?.texts == ["{}"])
      try folder.execute("UPDATE source SET json = '[]'")
      #expect(try await pages.next()?.texts == ["[]"])
    }
  }
#endif
