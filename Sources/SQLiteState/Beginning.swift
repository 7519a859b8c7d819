#if Service
  import Engine
  import GRDB
  import PluginAPI
  import WorkingTime

  /// What is kept once: since when the service watches, how far it came, which rules held.
  enum Beginning {
    static func read(
      _ database: Database, _ identity: String, _ notifiers: [String], _ watchingSince: Instant,
      _ now: Instant
    ) throws -> ServiceBeginning {
      let isFirst = try Int.fetchOne(database, sql: "SELECT count(*) FROM meta") == 0
      if isFirst {
        try database.execute(
          sql: "INSERT INTO meta (id, watching_since, watched_until) VALUES (1, ?, ?)",
          arguments: [watchingSince.milliseconds, now.milliseconds])
      }
      let meta = try Row.fetchOne(
        database, sql: "SELECT watching_since, watched_until, watermark, swept, forgotten_until FROM meta")
      guard let meta else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
      let watchedUntil = Instant(milliseconds: meta[1])
      let generation = try adopt(identity, since: min(watchedUntil, now), in: database)
      let boundaries = try Row.fetchAll(database, sql: "SELECT generation, boundary FROM rules").map {
        ($0[0] as Int, Instant(milliseconds: $0[1]))
      }
      return ServiceBeginning(
        isFirst: isFirst, watchingSince: Instant(milliseconds: meta[0]),
        watermark: (meta[2] as String?).map { Watermark($0) }, watchedUntil: watchedUntil,
        generation: generation, boundaries: Dictionary(uniqueKeysWithValues: boundaries), swept: meta[3],
        notifiers: try beginnings(of: notifiers, isFirst ? Instant(milliseconds: .min) : now, in: database),
        waitingNotifiers: try String.fetchAll(database, sql: "SELECT DISTINCT notifier FROM outbox"),
        rotation: Rotation(last: try turns(database), load: try TicketRows.load(database)),
        forgottenUntil: Instant(milliseconds: meta[4] as Int64? ?? .min))
    }

    private static func turns(_ database: Database) throws -> [String: String] {
      let rows = try Row.fetchAll(database, sql: "SELECT team, member FROM turn")
      return Dictionary(uniqueKeysWithValues: rows.map { ($0[0] as String, $0[1] as String) })
    }

    /// From when on each notifier sends. One that is gone is forgotten, and begins anew when it comes back.
    private static func beginnings(
      of notifiers: [String], _ since: Instant, in database: Database
    ) throws -> [String: Instant] {
      let rows = try Row.fetchAll(database, sql: "SELECT name, since FROM notifier")
      let before = Dictionary(
        uniqueKeysWithValues: rows.map { ($0[0] as String, Instant(milliseconds: $0[1])) })
      for name in before.keys where !notifiers.contains(name) {
        try database.execute(sql: "DELETE FROM notifier WHERE name = ?", arguments: [name])
      }
      var beginnings: [String: Instant] = [:]
      for name in notifiers {
        beginnings[name] = before[name] ?? since
        try database.execute(
          sql: "INSERT OR IGNORE INTO notifier (name, since) VALUES (?, ?)",
          arguments: [name, since.milliseconds])
      }
      return beginnings
    }

    /// The number of the rules with this identity, where they are the last ones; else the next number.
    static func adopt(_ identity: String, since boundary: Instant, in database: Database) throws -> Int {
      let last = try Row.fetchOne(
        database, sql: "SELECT generation, identity FROM rules ORDER BY generation DESC LIMIT 1")
      if let last, last[1] == identity { return last[0] }
      let generation = (last.map { $0[0] as Int } ?? 0) + 1
      try database.execute(
        sql: "INSERT INTO rules (generation, identity, boundary) VALUES (?, ?, ?)",
        arguments: [generation, identity, boundary.milliseconds])
      return generation
    }

    static func keep(_ changes: PageChanges, in database: Database) throws {
      for (team, member) in changes.turns {
        try database.execute(
          sql: "INSERT OR REPLACE INTO turn (team, member) VALUES (?, ?)", arguments: [team, member])
      }
      if let watermark = changes.watermark {
        try database.execute(sql: "UPDATE meta SET watermark = ?", arguments: [watermark.text])
      }
      if let swept = changes.swept {
        try database.execute(sql: "UPDATE meta SET swept = max(swept, ?)", arguments: [swept])
      }
      if let until = changes.watchedUntil {
        try database.execute(sql: "UPDATE meta SET watched_until = ?", arguments: [until.milliseconds])
      }
    }
  }
#endif
