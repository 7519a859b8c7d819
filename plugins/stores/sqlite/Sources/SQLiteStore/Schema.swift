#if SQLite
  import GRDB
  import PluginAPI

  /// Docket's own tables, and how older ones become what they are now. A migration that was released is never changed.
  ///
  /// `sequence.value` counts changes of tickets; triggers stamp each ticket with it, whoever writes. The stamp is the ticket's
  /// version, and since it only grows, a watermark as well. SQLite has one writer at a time, so stamps become visible in order.
  /// The index leaves out what has no stamp yet, which makes inserting almost twice as fast.
  enum Schema {
    private static let prefix = "docket."

    static let migrator: DatabaseMigrator = {
      var migrator = DatabaseMigrator()
      migrator.registerMigration(prefix + "1 tickets") { try $0.execute(sql: tickets) }
      migrator.registerMigration(prefix + "2 decisions") { try $0.execute(sql: decisions) }
      return migrator
    }()

    private static let tickets = """
      CREATE TABLE tickets (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        json TEXT NOT NULL,
        version INTEGER NOT NULL DEFAULT 0
      );
      CREATE INDEX tickets_by_version ON tickets (version) WHERE version > 0;
      CREATE TABLE sequence (identity TEXT NOT NULL, value INTEGER NOT NULL);
      INSERT INTO sequence VALUES (lower(hex(randomblob(8))), 0);
      CREATE TRIGGER ticket_inserted AFTER INSERT ON tickets BEGIN
        UPDATE sequence SET value = value + 1;
        UPDATE tickets SET version = (SELECT value FROM sequence) WHERE number = NEW.number;
      END;
      CREATE TRIGGER ticket_updated AFTER UPDATE OF id, json ON tickets
      WHEN NEW.json IS NOT OLD.json OR NEW.id IS NOT OLD.id BEGIN
        UPDATE sequence SET value = value + 1;
        UPDATE tickets SET version = (SELECT value FROM sequence) WHERE number = NEW.number;
      END;
      """

    private static let decisions = """
      CREATE TABLE decisions (
        ticket TEXT PRIMARY KEY NOT NULL,
        version INTEGER NOT NULL,
        json TEXT NOT NULL,
        written TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ'))
      );
      CREATE TRIGGER ticket_deleted AFTER DELETE ON tickets BEGIN
        DELETE FROM decisions WHERE ticket = OLD.id;
      END;
      """

    /// In bytes, of a new file. A decision takes some 2,000: of SQLite's usual 4,096 it would leave almost half unused.
    private static let pageSize = 8192

    enum State: Sendable { case missing, taken, older, current, newer }

    static func state(_ database: Database) throws -> State {
      let applied = try applied(database)
      if !applied.isSubset(of: migrator.migrations) { return .newer }
      if applied.count == migrator.migrations.count { return .current }
      if !applied.isEmpty { return .older }
      return try database.tableExists("tickets") || database.tableExists("decisions") ? .taken : .missing
    }

    /// Asks first whether there is the table of migrations: where another program makes it just then, the migrator alone would
    /// fail, since it asks afterwards.
    private static func applied(_ database: Database) throws -> Set<String> {
      guard try database.tableExists("grdb_migrations") else { return [] }
      return try migrator.appliedIdentifiers(database).filter { $0.hasPrefix(prefix) }
    }

    /// Makes or completes the tables where that is allowed; throws where they cannot be used afterwards.
    ///
    /// Where several programs do this at once, one of them does each step, and the others find it done after they were
    /// refused: they look again until `patience` is over.
    static func prepare(
      _ connection: Connection, creates: Bool, patience: Duration
    ) async throws(PluginError) {
      let end = ContinuousClock.now + patience
      while true {
        do { return try await attempt(connection, creates: creates) } catch {
          guard ContinuousClock.now < end, await mayBeDoneByOthers(connection, error) else { throw error }
          try? await Task.sleep(for: .milliseconds(20))
        }
      }
    }

    private static func attempt(_ connection: Connection, creates: Bool) async throws(PluginError) {
      let path = connection.path
      let found = try await connection.perform { try state($0) }
      let isWriteProtected = try await connection.perform { $0.isWriteProtected }
      switch found {
      case .current: return
      case .newer: throw Failure.wrongFile(Messages.newerSchema(path), hint: Messages.newerSchemaHint)
      case .taken: throw Failure.wrongFile(Messages.foreignTickets(path), hint: Messages.foreignTicketsHint)
      case .older where isWriteProtected:
        throw Failure.wrongFile(Messages.olderSchema(path), hint: Messages.olderSchemaHint)
      case .missing where !creates:
        throw Failure.wrongFile(Messages.notOurs(path), hint: Messages.notOursHint)
      case .missing:
        try await connection.perform { database in
          try database.execute(sql: "PRAGMA page_size = \(pageSize)")
          _ = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
        }
        try await connection.migrate(migrator)
      case .older: try await connection.migrate(migrator)
      }
    }

    /// Whether the next attempt may find what this one did not get: a lock that is given back, or a step that another did.
    private static func mayBeDoneByOthers(_ connection: Connection, _ error: PluginError) async -> Bool {
      if error.kind == .transient { return true }
      guard error.kind == .permanent else { return false }
      let found = try? await connection.perform { try state($0) }
      return found == .older || found == .current
    }
  }
#endif
