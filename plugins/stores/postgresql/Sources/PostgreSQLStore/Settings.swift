#if PostgreSQL
  import PluginAPI

  /// The settings of one instance, read and checked as far as that goes without the server.
  struct Settings: Sendable {
    static let keys = [
      "host", "port", "database", "user", "password", "sslmode", "sslrootcert", "sslcert", "sslkey", "create",
      "schema", "table", "id_column", "json_column",
    ]

    /// A table or view that Docket did not make.
    struct Existing: Hashable, Sendable {
      var schema: String
      var table: String
      var idColumn: String
      var jsonColumn: String
    }

    enum Source: Hashable, Sendable {
      /// Docket's own tables, in a schema.
      case own(schema: String)
      case existing(Existing)
    }

    let connection: ConnectionParameters
    /// Whether Docket's schema and tables are made, or brought up to date, where they are not.
    let creates: Bool
    let source: Source

    init(_ configuration: PluginConfiguration) throws(PluginError) {
      try configuration.requireKnownKeys(Self.keys)
      connection = try ConnectionParameters(configuration)
      creates = try configuration.boolean("create") ?? false
      source = try Self.source(configuration)
      if creates, case .existing = source { throw configuration.wrong("create", Messages.createsExisting) }
    }

    private static func source(_ configuration: PluginConfiguration) throws(PluginError) -> Source {
      let schema = try configuration.name("schema")
      let columns = (id: try configuration.name("id_column"), json: try configuration.name("json_column"))
      guard let table = try configuration.name("table") else {
        if columns.id != nil { throw configuration.wrong("id_column", Messages.columnWithoutTable) }
        if columns.json != nil { throw configuration.wrong("json_column", Messages.columnWithoutTable) }
        return .own(schema: schema ?? "docket")
      }
      return .existing(
        Existing(
          schema: schema ?? "public", table: table, idColumn: columns.id ?? "id",
          jsonColumn: columns.json ?? "json"))
    }
  }

  extension PluginConfiguration {
    /// The text under `key`, which must not be empty and must fit into a C string.
    func name(_ key: String) throws(PluginError) -> String? {
      guard let text = try text(key) else { return nil }
      if text.isEmpty { throw wrong(key, Messages.empty) }
      if text.utf8.contains(0) { throw wrong(key, Messages.zeroByte) }
      return text
    }
  }
#endif
