#if SQLite
  import Diagnostics
  import GRDB
  import PluginAPI

  /// Where tickets are read from: Docket's own table, or a table or view that was there before.
  enum TicketTable: Hashable, Sendable {
    /// The longest ticket in bytes (8 MiB).
    static let recordLimit = 8 << 20

    case own
    case existing(Settings.Existing, rowNumber: String?)

    /// Looks up a table or view. A view and a table without row numbers are read through a copy of one moment.
    init(_ names: Settings.Existing, in database: Database) throws {
      let tables = try String.fetchAll(
        database,
        sql:
          "SELECT name FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
      )
      guard let table = tables.first(where: { $0.lowercased() == names.table.lowercased() }) else {
        throw PluginError(
          .configuration, Messages.noTable(names.table), pointer: "/table",
          hint: suggestion(for: names.table, among: tables))
      }
      let columns = try String.fetchAll(
        database, sql: "SELECT name FROM pragma_table_xinfo(?)", arguments: [table])
      for (key, column) in [("id_column", names.idColumn), ("json_column", names.jsonColumn)]
      where !columns.contains(where: { $0.lowercased() == column.lowercased() }) {
        throw PluginError(
          .configuration, Messages.noColumn(column, of: names.table), pointer: "/\(key)",
          hint: suggestion(for: column, among: columns))
      }
      let hasRows = try Bool.fetchOne(
        database,
        sql: "SELECT type = 'table' AND NOT wr FROM pragma_table_list WHERE schema = 'main' AND name = ?",
        arguments: [table])
      let taken = Set(columns.map { $0.lowercased() })
      let rowNumber = ["rowid", "_rowid_", "oid"].first { !taken.contains($0) }
      self = .existing(names, rowNumber: hasRows == true ? rowNumber : nil)
    }

    /// The tickets in order, behind the row or version that is the only argument: key, JSON and, in the own table, version.
    func pages(since version: Int64?) -> String {
      switch self {
      case .own where version == nil:
        "SELECT number, json, version FROM tickets WHERE number > ? ORDER BY number"
      case .own:
        "SELECT version, json, version FROM tickets WHERE version > 0 AND version > ? ORDER BY version"
      case .existing(let names, let row?):
        "SELECT \(row), \(names.jsonColumn.quotedName) FROM main.\(names.table.quotedName) "
          + "WHERE \(row) > ? ORDER BY \(row)"
      case .existing:
        "SELECT rowid, json FROM temp.\(Self.copy) WHERE rowid > ? ORDER BY rowid"
      }
    }

    /// The greatest key of such a reading, to tell how far it has come.
    func lastKey(since version: Int64?) -> String {
      switch self {
      case .own where version == nil: "SELECT max(number) FROM tickets"
      case .own: "SELECT value FROM sequence"
      case .existing(let names, let row?): "SELECT max(\(row)) FROM main.\(names.table.quotedName)"
      case .existing: "SELECT max(rowid) FROM temp.\(Self.copy)"
      }
    }

    /// What is to be run before a reading: nil, but where rows have no numbers by which pages could go on.
    var preparation: String? {
      guard case .existing(let names, rowNumber: nil) = self else { return nil }
      return """
        CREATE TEMP TABLE \(Self.copy) AS SELECT \(names.jsonColumn.quotedName) AS json
        FROM main.\(names.table.quotedName) ORDER BY \(names.idColumn.quotedName)
        """
    }

    /// The tickets whose ids stand in the JSON array that is the only argument: id, JSON and, in the own table, version.
    var lookup: String {
      switch self {
      case .own:
        "SELECT id, json, version FROM tickets WHERE id IN (SELECT value FROM json_each(?)) ORDER BY number"
      case .existing(let names, let row):
        "SELECT CAST(\(names.idColumn.quotedName) AS TEXT), \(names.jsonColumn.quotedName) "
          + "FROM main.\(names.table.quotedName) WHERE \(names.idColumn.quotedName) "
          + "IN (SELECT value FROM json_each(?)) ORDER BY \(row ?? names.idColumn.quotedName)"
      }
    }

    private static let copy = "docket_copy"
  }

  extension String {
    /// As SQL writes a name that may hold anything (https://www.sqlite.org/lang_keywords.html).
    fileprivate var quotedName: String {
      "\"" + split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
  }
#endif
