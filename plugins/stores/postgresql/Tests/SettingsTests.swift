#if PostgreSQL
  import PluginAPI
  import PluginConformance
  import Testing

  @testable import PostgreSQLStore

  @Suite("The postgresql store's settings")
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
        values: [:], pointer: "/database",
        message: "'database' of postgresql is missing: it names the database on the server",
        hint: "write its name, such as tickets"),
      Refusal(
        values: ["database": .text("")], pointer: "/database", message: "'database' of postgresql is empty"),
      Refusal(
        values: ["database": .text("a\0b")], pointer: "/database",
        message: "'database' of postgresql holds a zero character"),
      Refusal(
        values: ["database": .text("d"), "port": .number(0)], pointer: "/port",
        message: "'port' of postgresql must be a whole number from 1 to 65535"),
      Refusal(
        values: ["database": .text("d"), "sslmode": .text("allow")], pointer: "/sslmode",
        message: "'sslmode' of postgresql is 'allow'",
        hint: "write one of disable, prefer, require, verify-ca, verify-full"),
      Refusal(
        values: ["database": .text("d"), "password": .number(1)], pointer: "/password",
        message: "'password' of postgresql must be a text"),
      Refusal(
        values: ["database": .text("d"), "create": .boolean(true), "table": .text("t")], pointer: "/create",
        message: "'create' of postgresql is for Docket's own tables, and 'table' names one that is there"),
      Refusal(
        values: ["database": .text("d"), "id_column": .text("t")], pointer: "/id_column",
        message: "'id_column' of postgresql says which column of 'table' to read, and 'table' is missing"),
      Refusal(
        values: ["database": .text("d"), "json_column": .text("t")], pointer: "/json_column",
        message: "'json_column' of postgresql says which column of 'table' to read, and 'table' is missing"),
      Refusal(
        values: ["url": .text("x")], pointer: "/url", message: "'url' is not a setting of postgresql",
        hint:
          "the settings are host, port, database, user, password, sslmode, sslrootcert, sslcert, sslkey, create, schema, table, id_column, json_column"
      ),
    ]

    @Test("that are wrong are refused before any server is asked", arguments: refusals)
    func refused(refusal: Refusal) async throws {
      let configuration = PluginConfiguration(instance: "postgresql", values: refusal.values)
      let expected = PluginError(
        .configuration, refusal.message, pointer: refusal.pointer, hint: refusal.hint)
      await #expect(throws: expected) { try await PostgreSQLStore().open(configuration) }
      let conformance = StoreConformance(configuration) { PostgreSQLStore() }
      #expect(await conformance.violations(refusing: configuration, at: refusal.pointer) == [])
    }

    @Test("are those of the manifest and the sample")
    func manifest() {
      let folder = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
      let manifest = ManifestConformance(folder: "/" + folder)
      #expect(manifest.violations(against: PostgreSQLStore.description) == [])
    }

    @Test(
      "have a server prove who it is, unless it is on this machine",
      arguments: [
        (nil, "prefer"), ("/var/run/postgresql", "prefer"), ("@socket", "prefer"), ("localhost", "prefer"),
        ("127.0.0.2", "prefer"), ("::1", "prefer"), ("db.example.com", "verify-full"),
        ("localhost.example.com", "verify-full"), ("10.0.0.1", "verify-full"),
      ])
    func encryption(host: String?, mode: String) throws {
      var values: [String: PluginConfiguration.Value] = ["database": .text("d")]
      values["host"] = host.map { .text($0) }
      let parameters = try ConnectionParameters(PluginConfiguration(instance: "p", values: values))
      #expect(parameters.keywords.first { $0.key == "sslmode" }?.value == mode)
      let root = parameters.keywords.first { $0.key == "sslrootcert" }?.value
      #expect(mode == "verify-full" || root == nil)
    }

    @Test("must come before the first use")
    func notOpen() async {
      let store = PostgreSQLStore()
      let expected = PluginError(.internal, "the store was used before it was opened")
      await #expect(throws: expected) { try await Reading(store) }
      await #expect(throws: expected) { try await store.get(["1"]) }
      await #expect(throws: expected) { try await store.check() }
      await #expect(throws: expected) { try await store.write([]) }
      await #expect(throws: expected) { try await store.changes() }
      await store.close()
    }
  }

  @Suite("The postgresql store's settings, against a server,", .needsServer)
  struct ServerSettingsTests {
    static let refusals = [
      SettingsTests.Refusal(
        values: ["schema": .text("$1"), "table": .text("t")], pointer: "/schema",
        message: "the database has no schema '$1'", hint: "did you mean '$'?"),
      SettingsTests.Refusal(
        values: ["table": .text("sources")], pointer: "/table",
        message: "the schema '$' has no table or view 'sources'", hint: "did you mean 'source'?"),
      SettingsTests.Refusal(
        values: ["table": .text("source"), "id_column": .text("numbr")], pointer: "/id_column",
        message: "'source' has no column 'numbr'", hint: "did you mean 'number'?"),
      SettingsTests.Refusal(
        values: ["table": .text("source"), "id_column": .text("number")], pointer: "/json_column",
        message: "'source' has no column 'json'"),
      SettingsTests.Refusal(
        values: [:], pointer: "/schema", message: "the schema '$' has no tables of Docket",
        hint: "set create: true to have them made, or name a table that is there with 'table'"),
    ]

    let schema: TemporarySchema

    init() throws {
      schema = try TemporarySchema()
      try schema.execute("CREATE SCHEMA $s; CREATE TABLE $s.source (number text, payload text)")
    }

    @Test("that name what is not there are refused with what might be meant", arguments: refusals)
    func refused(refusal: SettingsTests.Refusal) async throws {
      func named(_ text: String) -> String { text.replacing("$", with: schema.name) }
      let values = refusal.values.mapValues { value in
        if case .text(let text) = value { return PluginConfiguration.Value.text(named(text)) }
        return value
      }
      let expected = PluginError(
        .configuration, named(refusal.message), pointer: refusal.pointer, hint: refusal.hint.map(named))
      await #expect(throws: expected) { try await schema.open(values) }
    }
  }
#endif
