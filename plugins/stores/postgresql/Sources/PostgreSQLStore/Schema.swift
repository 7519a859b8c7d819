#if PostgreSQL
  import PluginAPI

  /// Docket's own tables, and how older ones become what they are now. A migration that was released is never changed.
  ///
  /// Triggers stamp each ticket with the number of the transaction that changed it, whoever writes; a stamp is the ticket's
  /// version. Transactions do not end in the order of their numbers, so a watermark is a whole snapshot: see `Moment`.
  struct Schema {
    private let name: String
    private let connection: Connection

    init(_ name: String, _ connection: Connection) {
      self.name = name
      self.connection = connection
    }

    /// By their numbers, from 1; `$s` stands for the schema.
    static let migrations = [
      """
      CREATE TABLE $s.tickets (
        id text PRIMARY KEY,
        json json NOT NULL,
        version xid8 NOT NULL DEFAULT pg_current_xact_id()
      );
      CREATE INDEX tickets_by_version ON $s.tickets (version);
      CREATE FUNCTION $s.stamp_ticket() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN NEW.version := pg_current_xact_id(); RETURN NEW; END $body$;
      CREATE TRIGGER ticket_inserted BEFORE INSERT ON $s.tickets FOR EACH ROW EXECUTE FUNCTION $s.stamp_ticket();
      CREATE TRIGGER ticket_updated BEFORE UPDATE ON $s.tickets FOR EACH ROW
        WHEN (NEW.json::text <> OLD.json::text OR NEW.id <> OLD.id OR NEW.version <> OLD.version)
        EXECUTE FUNCTION $s.stamp_ticket();
      CREATE FUNCTION $s.tell_of_tickets() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN PERFORM pg_notify('docket.' || TG_RELID, ''); RETURN NULL; END $body$;
      CREATE TRIGGER tickets_changed AFTER INSERT OR UPDATE OR DELETE ON $s.tickets
        FOR EACH STATEMENT EXECUTE FUNCTION $s.tell_of_tickets();
      """,
      """
      CREATE TABLE $s.decisions (
        ticket text PRIMARY KEY REFERENCES $s.tickets (id) ON UPDATE CASCADE ON DELETE CASCADE,
        version xid8 NOT NULL,
        json json NOT NULL,
        written timestamptz NOT NULL DEFAULT now()
      );
      """,
    ]

    /// Makes or completes the tables where that is allowed; throws where they cannot be used afterwards.
    func prepare(creates: Bool) throws(PluginError) {
      if creates {
        let begin = "BEGIN; SET LOCAL lock_timeout = '10s'; SET LOCAL client_min_messages = error"
        try connection.transaction(begin) { () throws(PluginError) in
          // Where two programs do this at once, the second one finds the work done.
          _ = try connection.query(
            "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [Array("docket \(name)".utf8)])
          try migrate(upTo: Self.migrations.count)
        }
      }
      switch try state() {
      case Self.migrations.count?: return
      case let version? where version > Self.migrations.count: throw newer
      case nil, 0: throw wrong(Messages.notOurs(name), hint: Messages.notOursHint)
      default: throw wrong(Messages.olderSchema(name), hint: Messages.olderSchemaHint)
      }
    }

    /// Brings the tables to the state that the migration of that number left, from whichever they are in.
    func migrate(upTo target: Int) throws(PluginError) {
      let before = try state() ?? 0
      if before > target { throw newer }
      if before == target { return }
      if before == 0 {
        if try hasTable("tickets") {
          throw wrong(Messages.foreignTickets(name), hint: Messages.foreignTicketsHint)
        }
        if try connection.query("SELECT FROM pg_namespace WHERE nspname = $1", [Array(name.utf8)]).count == 0
        {
          try connection.execute("CREATE SCHEMA \(name.quotedName)")
        }
        try connection.execute(
          "CREATE TABLE \(qualified("migrations")) (number int PRIMARY KEY, applied timestamptz NOT NULL DEFAULT now())"
        )
      }
      for number in before + 1...target {
        try connection.execute(Self.migrations[number - 1].replacing("$s", with: name.quotedName))
        try connection.execute("INSERT INTO \(qualified("migrations")) VALUES (\(number))")
      }
    }

    /// The number of the last migration; nil where there are no tables of ours.
    private func state() throws(PluginError) -> Int? {
      guard try hasTable("migrations") else { return nil }
      return try connection.query("SELECT max(number) FROM \(qualified("migrations"))").text(0, 0).flatMap {
        Int($0)
      }
    }

    private func hasTable(_ table: String) throws(PluginError) -> Bool {
      try connection.query("SELECT to_regclass($1)", [Array(qualified(table).utf8)]).text(0, 0) != nil
    }

    private func qualified(_ table: String) -> String { "\(name.quotedName).\(table)" }

    private var newer: PluginError { wrong(Messages.newerSchema(name), hint: Messages.newerSchemaHint) }

    private func wrong(_ message: String, hint: String) -> PluginError {
      PluginError(.configuration, message, pointer: "/schema", hint: hint)
    }
  }
#endif
