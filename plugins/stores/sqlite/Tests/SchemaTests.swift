#if SQLite
  import GRDB
  import PluginAPI
  import Testing

  @testable import SQLiteStore

  @Suite("The sqlite store's tables")
  struct SchemaTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("are made once, in WAL mode, and kept by later openings")
    func created() async throws {
      let store = try await folder.store()
      try folder.put(("1", "{}"))
      #expect(try await store.check() == [])
      #expect(store.capabilities == [.write, .changes, .incremental])
      store.close()
      for create in [true, false] {
        let store = try await folder.open(["create": .boolean(create)])
        #expect(try await Reading(store).tickets == ["{}"])
        store.close()
      }
      #expect(try folder.strings("PRAGMA journal_mode") == ["wal"])
    }

    @Test("are made once by many that open the database at the same time")
    func concurrent() async throws {
      try await withThrowingTaskGroup { group in
        for _ in 0..<8 { group.addTask { [folder] in _ = try await folder.store() } }
        try await group.waitForAll()
      }
      #expect(try folder.strings("SELECT identity FROM sequence").count == 1)
    }

    @Test("are made beside those of others")
    func beside() async throws {
      try folder.execute("CREATE TABLE source (id TEXT)")
      _ = try await folder.store()
      #expect(
        try folder.strings("SELECT name FROM pragma_table_list WHERE name IN ('source', 'tickets')").count
          == 2)
    }

    @Test("of an older version become new ones, with what they hold")
    func older() async throws {
      let old = try folder.connect()
      try Schema.migrator.migrate(old, upTo: "docket.1 tickets")
      try await old.write { try $0.execute(sql: "INSERT INTO tickets (id, json) VALUES ('1', '{}')") }
      let store = try await folder.open()
      #expect(try await Reading(store).tickets == ["{}"])
      #expect(try await store.write([DecisionRecord("1", "1")]).map(\.status) == [.written])
    }

    @Test("of a newer version are refused")
    func newer() async throws {
      try await folder.store().close()
      try folder.execute("INSERT INTO grdb_migrations VALUES ('docket.9 future')")
      await #expect(
        throws: PluginError(
          .configuration, "the database '\(folder.database)' was made by a newer version of Docket",
          pointer: "/path", hint: "use that version, or a copy of the database made by this one")
      ) { try await folder.open() }
    }

    @Test("may stand beside the migrations of another program that uses GRDB")
    func otherMigrations() async throws {
      try await folder.store().close()
      try folder.execute("INSERT INTO grdb_migrations VALUES ('createBooks')")
      _ = try await folder.open()
    }

    @Test("are not made where another table has their name")
    func taken() async throws {
      try folder.execute("CREATE TABLE tickets (id TEXT)")
      let expected = PluginError(
        .configuration, "the database '\(folder.database)' has a table 'tickets' that is not Docket's",
        pointer: "/path", hint: "read it with table: tickets, or take another database")
      await #expect(throws: expected) { try await folder.store() }
      await #expect(throws: expected) { try await folder.open() }
    }
  }
#endif
