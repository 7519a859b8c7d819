#if Service
  import Engine
  import GRDB
  import WorkingTime

  /// The table `delivered`: what was sent, or never will be.
  enum DeliveredRows {
    private static let withdrawn = "withdrawn"

    static func settled(among names: [DeliveryName], _ database: Database) throws -> Set<DeliveryName> {
      let statement = try database.cachedStatement(
        sql: "SELECT 1 FROM delivered WHERE key = ? AND notifier = ? AND outcome <> '\(withdrawn)'")
      return try Set(
        names.filter { try Int.fetchOne(statement, arguments: [$0.key, $0.notifier]) != nil })
    }

    /// What was withdrawn is replaced when it is sent after all, and replaces nothing.
    static func insert(_ settlement: Settlement, at now: Instant, in database: Database) throws {
      let verb = settlement.outcome == .withdrawn ? "INSERT OR IGNORE" : "INSERT OR REPLACE"
      let statement = try database.cachedStatement(
        sql: "\(verb) INTO delivered (key, notifier, at, outcome) VALUES (?, ?, ?, ?)")
      try statement.execute(arguments: [
        settlement.name.key, settlement.name.notifier, now.milliseconds, settlement.outcome.text,
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
