#if SQLite
  import PluginAPI

  /// The settings of one instance, read and checked as far as that goes without the database.
  struct Settings: Sendable {
    static let keys = ["path", "create", "table", "id_column", "json_column"]

    /// A table or view that Docket did not make.
    struct Existing: Hashable, Sendable {
      var table: String
      var idColumn: String
      var jsonColumn: String
    }

    let path: String
    /// Whether the database and Docket's tables are made where they are missing.
    let creates: Bool
    /// Nil for Docket's own table.
    let existing: Existing?

    init(_ configuration: PluginConfiguration) throws(PluginError) {
      try configuration.requireKnownKeys(Self.keys)
      guard let path = try configuration.text("path"), !path.isEmpty else {
        throw configuration.wrong("path", Messages.noPath, hint: Messages.noPathHint)
      }
      self.path = path
      creates = try configuration.boolean("create") ?? false
      existing = try Self.existing(configuration)
      if creates, existing != nil { throw configuration.wrong("create", Messages.createsExisting) }
    }

    private static func existing(_ configuration: PluginConfiguration) throws(PluginError) -> Existing? {
      let columns = (id: try configuration.text("id_column"), json: try configuration.text("json_column"))
      guard let table = try configuration.text("table") else {
        if columns.id != nil { throw configuration.wrong("id_column", Messages.columnWithoutTable) }
        if columns.json != nil { throw configuration.wrong("json_column", Messages.columnWithoutTable) }
        return nil
      }
      return Existing(table: table, idColumn: columns.id ?? "id", jsonColumn: columns.json ?? "json")
    }
  }
#endif
