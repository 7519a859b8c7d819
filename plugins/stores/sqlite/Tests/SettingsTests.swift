#if SQLite
  import PluginAPI
  import PluginConformance
  import Testing

  @testable import SQLiteStore

  @Suite("The sqlite store's settings")
  struct SettingsTests {
    struct Refusal: Sendable, CustomTestStringConvertible {
      var values: [String: PluginConfiguration.Value]
      var pointer: String
      var message: String
      var hint: String?

      var testDescription: String { message }
    }

    static let refusals = [
      Refusal(
        values: ["path": .text("")], pointer: "/path",
        message: "'path' of sqlite is missing: it says where the database is",
        hint: "write the path of an SQLite file, such as tickets.db"),
      Refusal(
        values: ["path": .number(1)], pointer: "/path", message: "'path' of sqlite must be a text"),
      Refusal(
        values: ["path": .text("$/no.db")], pointer: "/path", message: "no database '$/no.db' exists",
        hint: "mend the path, or set create: true to have it made"),
      Refusal(
        values: ["path": .text("$")], pointer: "/path", message: "'$' is a folder, not a database"),
      Refusal(
        values: ["path": .text("$/no/t.db"), "create": .boolean(true)], pointer: "/path",
        message: "the database '$/no/t.db' cannot be opened",
        hint: "let Docket read the file and, in WAL mode, make files beside it; the folder must exist"),
      Refusal(
        values: ["create": .text("yes")], pointer: "/create",
        message: "'create' of sqlite must be true or false"),
      Refusal(
        values: ["create": .boolean(true), "table": .text("source")], pointer: "/create",
        message: "'create' of sqlite is for Docket's own tables, and 'table' names one that is there"),
      Refusal(
        values: ["id_column": .text("a")], pointer: "/id_column",
        message: "'id_column' of sqlite says which column of 'table' to read, and 'table' is missing"),
      Refusal(
        values: ["json_column": .text("a")], pointer: "/json_column",
        message: "'json_column' of sqlite says which column of 'table' to read, and 'table' is missing"),
      Refusal(
        values: ["table": .text("sources")], pointer: "/table",
        message: "the database has no table or view 'sources'", hint: "did you mean 'source'?"),
      Refusal(
        values: ["table": .text("source"), "id_column": .text("numbr")], pointer: "/id_column",
        message: "'source' has no column 'numbr'", hint: "did you mean 'number'?"),
      Refusal(
        values: ["table": .text("source"), "id_column": .text("number")], pointer: "/json_column",
        message: "'source' has no column 'json'"),
      Refusal(
        values: ["tables": .text("source")], pointer: "/tables",
        message: "'tables' is not a setting of sqlite",
        hint: "the settings are path, create, table, id_column, json_column"),
      Refusal(
        values: [:], pointer: "/path", message: "the database '$/tickets.db' has no tables of Docket",
        hint: "set create: true to have them made, or name a table that is there with 'table'"),
    ]

    let folder: TemporaryFolder

    init() throws {
      folder = try TemporaryFolder()
      try folder.execute("CREATE TABLE source (number TEXT, payload TEXT)")
    }

    @Test("that are wrong are refused with the pointer, the reason and the way out", arguments: refusals)
    func refused(refusal: Refusal) async throws {
      let configuration = folder.configuration(
        refusal.values.mapValues { value in
          if case .text(let text) = value { return .text(text.replacing("$", with: folder.path)) }
          return value
        })
      let expected = PluginError(
        .configuration, refusal.message.replacing("$", with: folder.path), pointer: refusal.pointer,
        hint: refusal.hint)
      await #expect(throws: expected) { try await SQLiteStore().open(configuration) }
      let conformance = StoreConformance(configuration) { SQLiteStore() }
      #expect(await conformance.violations(refusing: configuration, at: refusal.pointer) == [])
    }

    @Test("must name a path")
    func path() async throws {
      await #expect(
        throws: PluginError(
          .configuration, "'path' of sqlite is missing: it says where the database is", pointer: "/path",
          hint: "write the path of an SQLite file, such as tickets.db")
      ) { try await SQLiteStore().open(PluginConfiguration(instance: "sqlite")) }
    }

    @Test("must come before the first use, and end with close")
    func notOpen() async throws {
      let store = try await folder.store()
      store.close()
      let expected = PluginError(.internal, "the store was used before it was opened")
      for store in [store, SQLiteStore()] {
        await #expect(throws: expected) { try await Reading(store) }
        await #expect(throws: expected) { try await store.get(["1"]) }
        await #expect(throws: expected) { try await store.check() }
        await #expect(throws: expected) { try await store.write([]) }
        await #expect(throws: expected) { try await store.changes() }
        store.close()
      }
    }
  }
#endif
