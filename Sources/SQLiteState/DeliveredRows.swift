#if Service
  import Engine
  import GRDB
  import WorkingTime

  /// The table `delivered`: what was sent, or never will be.
  enum DeliveredRows {
    static let withdrawn = "withdrawn"

    static func settled(among names: [DeliveryName], _ database: Database) throws -> Set<DeliveryName> {
      let statement = try database.cachedStatement(
        sql: "SELECT 1 FROM delivered WHERE key = ? AND notifier = ? AND outcome <> '\(withdrawn)'")
      return try Set(
        names.filter { try Int.fetchOne(statement, arguments: [$0.key, $0.notifier]) != nil })
    }

    /// What was withdrawn is replaced when it is sent after all, and replaces nothing.
    ///
    /// - Parameter ticket: the one that it is about; nil for a group of them, or where it had left the outbox before.
    static func insert(
      _ settlement: Settlement, ticket: String?, at now: Instant, in database: Database
    ) throws {
      let conflict =
        settlement.outcome == .withdrawn
        ? "NOTHING"
        : "UPDATE SET at = excluded.at, outcome = excluded.outcome, ticket = coalesce(excluded.ticket, ticket)"
      let statement = try database.cachedStatement(
        sql: """
          INSERT INTO delivered (key, notifier, at, outcome, ticket) VALUES (?, ?, ?, ?, ?)
          ON CONFLICT DO \(conflict)
          """)
      try statement.execute(arguments: [
        settlement.name.key, settlement.name.notifier, now.milliseconds, settlement.outcome.text, ticket,
      ])
    }
  }

  extension Settlement.Outcome {
    fileprivate var text: String {
      switch self {
      case .delivered: "delivered"
      case .rejected(let reason): "rejected: \(reason)"
      case .withdrawn: "withdrawn"
      }
    }
  }
#endif
