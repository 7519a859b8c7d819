#if Service
  public import Engine
  import GRDB
  import PluginAPI
  public import RuleEvaluator
  import Synchronization
  public import WorkingTime

  /// The service's state in one SQLite file.
  public final class SQLiteState: ServiceState {
    private let file: StateFile
    /// The notifiers that take back.
    private let resolving = Mutex<Set<String>>([])
    /// How far the state was tidied in this pass.
    private let tidiedTo = Mutex("")

    /// - Parameter path: of the file, which is made where it does not exist; its folder must.
    public init(path: String) { file = StateFile(path: path) }

    public func begin(
      rulebook identity: String, notifiers: [String], watchingSince: Instant, at now: Instant
    ) async throws(StateError) -> ServiceBeginning {
      try await file.migrate()
      return try await file.write { try Beginning.read($0, identity, notifiers, watchingSince, now) }
    }

    public func setResolving(_ notifiers: Set<String>) async throws(StateError) {
      resolving.withLock { $0 = notifiers }
      try await file.write { try ToldRows.keepOnly(notifiers, in: $0) }
    }

    public func adopt(
      rulebook identity: String, since boundary: Instant
    ) async throws(StateError) -> Int {
      try await file.write { try Beginning.adopt(identity, since: boundary, in: $0) }
    }

    // MARK: - Tickets

    public func recall(_ tickets: [String]) async throws(StateError) -> [String: RememberedTicket] {
      try await file.perform { try TicketRows.recall(tickets, $0) }
    }

    public func settled(among names: [DeliveryName]) async throws(StateError) -> Set<DeliveryName> {
      try await file.perform { try DeliveredRows.settled(among: names, $0) }
    }

    public func keep(_ changes: PageChanges) async throws(StateError) {
      // What nobody is told of may be lost with the power: it would be read and decided again, and come to the same.
      try await file.write(isLasting: !changes.pending.isEmpty) { database in
        try TicketRows.keep(changes, in: database)
        try RecurrenceRows.keep(changes.reviewed, at: changes.now, in: database)
        try OutboxRows.insert(changes.pending, at: changes.now, in: database)
        try OutboxRows.note(over: changes.ended, standing: changes.standing, in: database)
        try OutboxRows.withdraw(changes.withdrawn, at: changes.now, in: database)
        try ToldRows.end(changes.ended, at: changes.now, in: database)
        try Beginning.keep(changes, in: database)
      }
    }

    public func touchedGroups(limit: Int) async throws(StateError) -> [TouchedGroup] {
      try await file.perform { try RecurrenceRows.touched(limit: limit, $0) }
    }

    public func dueReview(
      of group: RecurrenceGroup, _ recurrence: Review.Recurrence
    ) async throws(StateError) -> RecurrenceCount.Member? {
      try await file.perform { try RecurrenceRows.due(group, recurrence, $0) }
    }

    public func dueTickets(by now: Instant, limit: Int) async throws(StateError) -> [String] {
      try await file.perform { try TicketRows.due(by: now, limit: limit, $0) }
    }

    public func nextDue() async throws(StateError) -> Instant? {
      try await file.perform { try TicketRows.nextDue($0) }
    }

    // MARK: - The outbox

    public func take(
      notifier: String, by now: Instant, limit: Int
    ) async throws(StateError) -> [PendingDelivery] {
      let resolves = resolving.withLock { $0.contains(notifier) }
      return try await file.perform { database in
        let taken = try OutboxRows.take(notifier, by: now, limit: limit, database)
        if resolves { try OutboxRows.note(handed: taken.map(\.name), in: database) }
        return taken
      }
    }

    public func takeResolutions(
      notifier: String, by now: Instant, limit: Int
    ) async throws(StateError) -> [PendingResolution] {
      try await file.perform { try ToldRows.take(notifier, by: now, limit: limit, $0) }
    }

    public func nextDelivery(of notifier: String) async throws(StateError) -> Instant? {
      try await file.perform { try OutboxRows.next(of: notifier, $0) }
    }

    public func settle(_ settlements: [Settlement], at now: Instant) async throws(StateError) {
      let resolving = resolving.withLock { $0 }
      try await file.write { try OutboxRows.settle(settlements, resolving, at: now, in: $0) }
    }

    public func postpone(
      _ deliveries: [DeliveryName: Postponement], at now: Instant
    ) async throws(StateError) {
      try await file.write { try OutboxRows.postpone(deliveries, at: now, in: $0) }
    }

    public func settle(resolutions: [DeliveryName]) async throws(StateError) {
      try await file.write { try ToldRows.settle(resolutions, in: $0) }
    }

    public func postpone(resolutions: [DeliveryName: Instant]) async throws(StateError) {
      try await file.write { try ToldRows.postpone(resolutions, in: $0) }
    }

    public func hasten(_ notifier: String, to now: Instant, longest: Int64) async throws(StateError) {
      try await file.write { try OutboxRows.hasten(notifier, to: now, longest: longest, in: $0) }
    }

    public func tidy(quietSince: Instant, limit: Int) async throws(StateError) -> Tidied {
      let cursor = tidiedTo.withLock { $0 }
      // What is lost with the power is done again.
      let step = try await file.write(isLasting: false) {
        try TidyRows.step(cursor, quietSince: quietSince, limit: limit, $0)
      }
      tidiedTo.withLock { $0 = step.cursor }
      return step.tidied
    }

    public func counts() async throws(StateError) -> StateCounts {
      try await file.perform { database in
        StateCounts(
          tickets: try Int.fetchOne(database, sql: "SELECT count(*) FROM ticket") ?? 0,
          outbox: try OutboxRows.counts(database), nextDue: try TicketRows.nextDue(database))
      }
    }

    public func close() { file.close() }
  }
#endif
