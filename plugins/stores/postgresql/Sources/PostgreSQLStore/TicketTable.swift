#if PostgreSQL
  import Diagnostics
  import PluginAPI

  /// Where tickets are read from: Docket's own table, or a table or view that was there before.
  struct TicketTable: Hashable, Sendable {
    /// The longest ticket in bytes (8 MiB).
    static let recordLimit = 8 << 20

    private let source: Settings.Source
    /// The table's number in the catalog, by which its notifications are known.
    let number: String
    /// Whether decisions can be written.
    let isWritable: Bool
    /// Rows of a table come in the order in which they lie; those of views have none of their own.
    private let isOrdered: Bool

    /// Finds the table, and what may be done with it.
    init(_ source: Settings.Source, _ connection: Connection) throws(PluginError) {
      self.source = source
      switch source {
      case .own(let schema):
        let tables = schema.quotedName
        let rows = try connection.query(
          """
          SELECT to_regclass($1)::oid, has_table_privilege($2, 'INSERT') AND has_table_privilege($2, 'UPDATE')
          """, [Array("\(tables).tickets".utf8), Array("\(tables).decisions".utf8)])
        number = rows.text(0, 0) ?? ""
        isWritable = rows.text(0, 1) == "t"
        isOrdered = true
      case .existing(let names):
        let rows = try connection.query(
          """
          SELECT c.oid, c.relkind IN ('r', 'p', 'm') FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('r', 'p', 'm', 'v', 'f')
          """, [Array(names.schema.utf8), Array(names.table.utf8)])
        guard let found = rows.text(0, 0) else { throw try Self.noTable(names, connection) }
        number = found
        isWritable = false
        isOrdered = rows.text(0, 1) == "t"
        try Self.requireColumns(names, found, connection)
      }
    }

    private static func noTable(
      _ names: Settings.Existing, _ connection: Connection
    ) throws(PluginError) -> PluginError {
      let schemas = try connection.query("SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_'").texts
      guard schemas.contains(names.schema) else {
        return PluginError(
          .configuration, Messages.noSchema(names.schema), pointer: "/schema",
          hint: suggestion(for: names.schema, among: schemas))
      }
      let tables = try connection.query(
        """
        SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = $1 AND c.relkind IN ('r', 'p', 'm', 'v', 'f') ORDER BY 1
        """, [Array(names.schema.utf8)]
      ).texts
      return PluginError(
        .configuration, Messages.noTable(names.table, in: names.schema), pointer: "/table",
        hint: suggestion(for: names.table, among: tables))
    }

    private static func requireColumns(
      _ names: Settings.Existing, _ table: String, _ connection: Connection
    ) throws(PluginError) {
      let columns = try connection.query(
        "SELECT attname FROM pg_attribute WHERE attrelid = $1::oid AND attnum > 0 AND NOT attisdropped",
        [Array(table.utf8)]
      ).texts
      for (key, column) in [("id_column", names.idColumn), ("json_column", names.jsonColumn)]
      where !columns.contains(column) {
        throw PluginError(
          .configuration, Messages.noColumn(column, of: names.table), pointer: "/\(key)",
          hint: suggestion(for: column, among: columns))
      }
    }

    var isOwn: Bool { if case .own = source { true } else { false } }

    /// For messages: the place that a ticket came from.
    var name: String {
      switch source {
      case .own(let schema): "\(schema).tickets"
      case .existing(let names): "\(names.schema).\(names.table)"
      }
    }

    // MARK: Statements

    /// The tickets, or those that `moment` did not see yet: JSON and, in the own table, version.
    func copy(since moment: Moment?) -> String {
      let rows =
        switch source {
        case .own(let schema):
          "SELECT json, version FROM \(schema.quotedName).tickets"
            + (moment.map { " WHERE \($0.condition) ORDER BY version, id" } ?? "")
        case .existing(let names):
          "SELECT \(names.jsonColumn.quotedName)::text FROM \(names.qualified)"
            + (isOrdered ? "" : " ORDER BY \(names.idColumn.quotedName)")
        }
      return "COPY (\(rows)) TO STDOUT (FORMAT binary)"
    }

    /// The tickets whose ids stand in the array that is the only argument: id, JSON and, in the own table, version.
    var lookup: String {
      switch source {
      case .own(let schema):
        return
          "SELECT id, json, version FROM \(schema.quotedName).tickets WHERE id = ANY ($1::text[]) ORDER BY id"
      case .existing(let names):
        let id = "\(names.idColumn.quotedName)::text"
        return "SELECT \(id), \(names.jsonColumn.quotedName)::text FROM \(names.qualified) "
          + "WHERE \(id) = ANY ($1::text[]) ORDER BY 1"
      }
    }

    /// Judges the decisions whose tickets, versions and JSON are the three arrays, writes those that fit, and answers with
    /// one word each.
    var decision: String? {
      guard case .own(let schema) = source else { return nil }
      let tables = schema.quotedName
      return """
        WITH judged AS (
          SELECT given.*, tickets.version AS current
          FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS given (ticket, version, json, number)
          LEFT JOIN \(tables).tickets ON tickets.id = given.ticket
        ), written AS (
          INSERT INTO \(tables).decisions (ticket, version, json)
          SELECT DISTINCT ON (ticket) ticket, current, json::json FROM judged
          WHERE version = current::text ORDER BY ticket, number DESC
          ON CONFLICT (ticket) DO UPDATE SET version = excluded.version, json = excluded.json, written = now()
          WHERE decisions.version <> excluded.version OR decisions.json::text <> excluded.json::text
        )
        SELECT CASE WHEN current IS NULL THEN 'missing' WHEN version = current::text THEN 'written' ELSE 'conflict' END
        FROM judged ORDER BY number
        """
    }
  }

  extension Settings.Existing {
    fileprivate var qualified: String { "\(schema.quotedName).\(table.quotedName)" }
  }
#endif
