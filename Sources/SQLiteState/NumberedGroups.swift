#if Service
  import GRDB
  import GRDBSQLite

  /// The step to the state's fifth form: groups of like tickets have numbers, so that what is counted repeats no text, and each
  /// ticket's row says where it is counted, in place of an index.
  ///
  /// A ticket that was gone may be counted still. Nobody would find that again: it is left out, and its group looked at.
  enum NumberedGroups {
    /// `review_group` and `recurrence` are as they were, with a number. Left to itself SQLite copies in the order of tickets, and
    /// each row comes from another page and goes to another one.
    private static let copying = """
      ALTER TABLE ticket ADD COLUMN counted BLOB;
      CREATE TABLE numbered_group (
        number INTEGER PRIMARY KEY,
        review TEXT NOT NULL,
        members TEXT NOT NULL,
        touched INTEGER,
        told TEXT,
        UNIQUE (review, members)
      );
      INSERT INTO numbered_group (review, members, touched, told)
      SELECT review, members, touched, told FROM review_group ORDER BY review, members;
      INSERT OR IGNORE INTO numbered_group (review, members) SELECT DISTINCT review, members FROM recurrence;
      CREATE TABLE numbered_recurrence (
        review_group INTEGER NOT NULL,
        at INTEGER NOT NULL,
        ticket TEXT NOT NULL,
        missing INTEGER NOT NULL,
        PRIMARY KEY (review_group, at, ticket)
      ) WITHOUT ROWID;
      INSERT INTO numbered_recurrence (review_group, at, ticket, missing)
      SELECT number, at, ticket, missing
      FROM numbered_group CROSS JOIN recurrence USING (review, members) ORDER BY number, at, ticket;
      """
    private static let counted = """
      SELECT ticket, number, at FROM recurrence CROSS JOIN numbered_group USING (review, members) ORDER BY ticket
      """
    /// The index of touched groups is one of numbers, which never change.
    private static let exchange = """
      DROP TABLE recurrence;
      DROP TABLE review_group;
      ALTER TABLE numbered_group RENAME TO review_group;
      ALTER TABLE numbered_recurrence RENAME TO recurrence;
      CREATE INDEX recurrence_held ON recurrence (review_group, at, ticket) WHERE missing = 0;
      CREATE INDEX review_group_touched ON review_group (number) WHERE touched IS NOT NULL;
      """

    static func migrate(_ database: Database) throws {
      try database.execute(sql: copying)
      try noteWhatTicketsCountFor(database)
      try database.execute(sql: exchange)
    }

    private static func noteWhatTicketsCountFor(_ database: Database) throws {
      let update = try RowStatement("UPDATE ticket SET counted = ? WHERE id = ?", in: database)
      let rows = try Row.fetchCursor(database, sql: counted)
      var (ticket, places) = ("", [CountedPlace]())
      while let row = try rows.next() {
        let next: String = row[0]
        if next != ticket {
          try keep(places, of: ticket, update, database)
          (ticket, places) = (next, [])
        }
        places.append(CountedPlace(group: row[1], at: row[2]))
      }
      try keep(places, of: ticket, update, database)
    }

    private static func keep(
      _ places: [CountedPlace], of ticket: String, _ update: RowStatement, _ database: Database
    ) throws {
      if places.isEmpty { return }
      update.bind(places.countedBytes, at: 1)
      update.bind(ticket, at: 2)
      try update.run()
      if database.changesCount > 0 { return }
      for place in places {
        try database.execute(
          sql: "DELETE FROM numbered_recurrence WHERE review_group = ? AND at = ? AND ticket = ?",
          arguments: [place.group, place.at, ticket])
        try database.execute(
          sql: "UPDATE numbered_group SET touched = coalesce(touched, ?) WHERE number = ?",
          arguments: [Int64.max, place.group])
      }
    }
  }
#endif
