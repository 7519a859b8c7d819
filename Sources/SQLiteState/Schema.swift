#if Service
  import GRDB

  /// The tables of the state, and how older ones become what they are now. A migration that was released is never changed.
  ///
  /// Instants are milliseconds since 1970. Hashes are 64 bits, stored as signed integers.
  enum Schema {
    private static let prefix = "docket-state."

    static let migrator: DatabaseMigrator = {
      var migrator = DatabaseMigrator()
      migrator.registerMigration(prefix + "1") { try $0.execute(sql: first) }
      migrator.registerMigration(prefix + "2") { try $0.execute(sql: turnsAndReviews) }
      migrator.registerMigration(prefix + "3") { try $0.execute(sql: resolutions) }
      migrator.registerMigration(prefix + "4") { try $0.execute(sql: forgetting) }
      migrator.registerMigration(prefix + "5", migrate: NumberedGroups.migrate)
      migrator.registerMigration(prefix + "6") { try $0.execute(sql: targets) }
      return migrator
    }()

    /// What there is in a file that should be a state.
    enum Condition { case empty, foreign, older, current, newer }

    static func condition(_ database: Database) throws -> Condition {
      let applied = try migrator.appliedIdentifiers(database)
      if applied.contains(where: { !$0.hasPrefix(prefix) }) { return .foreign }
      if !applied.isSubset(of: migrator.migrations) { return .newer }
      if applied.count == migrator.migrations.count { return .current }
      if !applied.isEmpty { return .older }
      let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
      return tables == 0 ? .empty : .foreign
    }

    /// `ticket.next_due` has an index of those that are set: what is due is found without looking at what is open.
    /// `delivered` is looked up by its key alone and has no row numbers.
    private static let first = """
      CREATE TABLE meta (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        watching_since INTEGER NOT NULL,
        watched_until INTEGER NOT NULL,
        watermark TEXT,
        swept INTEGER NOT NULL DEFAULT 0
      );
      CREATE TABLE rules (
        generation INTEGER PRIMARY KEY,
        identity TEXT NOT NULL,
        boundary INTEGER NOT NULL
      );
      CREATE TABLE notifier (name TEXT PRIMARY KEY NOT NULL, since INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE ticket (
        id TEXT PRIMARY KEY NOT NULL,
        generation INTEGER NOT NULL,
        digest INTEGER NOT NULL,
        evaluated_at INTEGER NOT NULL,
        next_due INTEGER,
        known TEXT,
        findings TEXT
      ) WITHOUT ROWID;
      CREATE INDEX ticket_by_next_due ON ticket (next_due) WHERE next_due IS NOT NULL;
      CREATE TABLE outbox (
        number INTEGER PRIMARY KEY,
        key TEXT NOT NULL,
        notifier TEXT NOT NULL,
        ticket TEXT NOT NULL,
        due INTEGER NOT NULL,
        planned INTEGER NOT NULL,
        not_before INTEGER NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        batch_group TEXT,
        batch TEXT,
        notice TEXT NOT NULL,
        rule TEXT NOT NULL,
        place TEXT NOT NULL,
        recipients TEXT NOT NULL,
        title TEXT NOT NULL,
        body TEXT NOT NULL,
        severity TEXT NOT NULL,
        UNIQUE (key, notifier)
      );
      CREATE INDEX outbox_by_time ON outbox (notifier, not_before);
      CREATE INDEX outbox_by_ticket ON outbox (ticket);
      CREATE INDEX outbox_by_group ON outbox (batch_group, not_before) WHERE batch_group IS NOT NULL;
      CREATE INDEX outbox_by_batch ON outbox (batch) WHERE batch IS NOT NULL;
      CREATE TABLE delivered (
        key TEXT NOT NULL,
        notifier TEXT NOT NULL,
        at INTEGER NOT NULL,
        outcome TEXT NOT NULL,
        PRIMARY KEY (key, notifier)
      ) WITHOUT ROWID;
      """

    /// Who got which ticket by a team's turns, and which tickets a review counts together.
    ///
    /// `recurrence_held` finds the last ticket that holds a review; `review_group.touched` is null where nothing has changed.
    private static let turnsAndReviews = """
      ALTER TABLE ticket ADD COLUMN team TEXT;
      ALTER TABLE ticket ADD COLUMN assignee TEXT;
      ALTER TABLE ticket ADD COLUMN is_open INTEGER;
      CREATE INDEX ticket_by_assignee ON ticket (assignee) WHERE is_open = 1;
      CREATE TABLE turn (team TEXT PRIMARY KEY NOT NULL, member TEXT NOT NULL) WITHOUT ROWID;
      CREATE TABLE recurrence (
        review TEXT NOT NULL,
        members TEXT NOT NULL,
        at INTEGER NOT NULL,
        ticket TEXT NOT NULL,
        missing INTEGER NOT NULL,
        PRIMARY KEY (review, members, at, ticket)
      ) WITHOUT ROWID;
      CREATE INDEX recurrence_by_ticket ON recurrence (ticket);
      CREATE INDEX recurrence_held ON recurrence (review, members, at, ticket) WHERE missing = 0;
      CREATE TABLE review_group (
        review TEXT NOT NULL,
        members TEXT NOT NULL,
        touched INTEGER,
        told TEXT,
        PRIMARY KEY (review, members)
      ) WITHOUT ROWID;
      CREATE INDEX review_group_touched ON review_group (review) WHERE touched IS NOT NULL;
      ALTER TABLE outbox ADD COLUMN review TEXT;
      ALTER TABLE outbox ADD COLUMN members TEXT;
      CREATE INDEX outbox_by_review ON outbox (review, members) WHERE review IS NOT NULL;
      """

    /// Which ticket a key is about, so that it can be forgotten; null where that is about a group of tickets, and of what was
    /// delivered before there was this column. Which tickets are gone, and since when.
    private static let forgetting = """
      ALTER TABLE delivered ADD COLUMN ticket TEXT;
      CREATE INDEX delivered_by_ticket ON delivered (ticket) WHERE ticket IS NOT NULL;
      CREATE TABLE gone (ticket TEXT PRIMARY KEY NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
      CREATE INDEX gone_by_time ON gone (at);
      ALTER TABLE meta ADD COLUMN forgotten_until INTEGER;
      """

    /// Which targets a ticket's windows had under earlier rules: a `TargetMemory` as text, null where nothing is kept.
    private static let targets = "ALTER TABLE ticket ADD COLUMN targets TEXT"

    /// What notifiers that take back were given, until it ends, and what they are to take back. `parcel` is the key under which
    /// it was delivered: its own, or that of a batch.
    ///
    /// `outbox.handed`, of batches and of what may be taken back: 0 not handed over, 1 handed over and nothing said of it, 2 handed
    /// over before and nothing said then. `outbox.is_over` is an `OutboxRows.Fate`.
    private static let resolutions = """
      CREATE TABLE told (
        key TEXT NOT NULL,
        notifier TEXT NOT NULL,
        ticket TEXT NOT NULL,
        parcel TEXT NOT NULL,
        review TEXT,
        members TEXT,
        PRIMARY KEY (key, notifier)
      ) WITHOUT ROWID;
      CREATE INDEX told_by_ticket ON told (ticket);
      CREATE INDEX told_by_parcel ON told (notifier, parcel);
      CREATE INDEX told_by_review ON told (review, members) WHERE review IS NOT NULL;
      CREATE TABLE resolution (
        notifier TEXT NOT NULL,
        key TEXT NOT NULL,
        not_before INTEGER NOT NULL,
        attempts INTEGER NOT NULL,
        PRIMARY KEY (notifier, key)
      ) WITHOUT ROWID;
      CREATE INDEX resolution_by_time ON resolution (notifier, not_before);
      ALTER TABLE outbox ADD COLUMN handed INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE outbox ADD COLUMN is_over INTEGER NOT NULL DEFAULT 0;
      """
  }
#endif
