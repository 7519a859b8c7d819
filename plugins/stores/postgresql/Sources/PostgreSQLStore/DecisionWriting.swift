#if PostgreSQL
  import PluginAPI

  /// Keeps decisions in the table beside the tickets: the last one of each ticket.
  struct DecisionWriting: Sendable {
    let session: Session
    let table: TicketTable
    let statement: String

    /// One result a decision, in the same order.
    func write(_ decisions: [DecisionRecord]) async throws(PluginError) -> [WriteResult] {
      // A C string ends at a zero byte, and no text of PostgreSQL has one.
      let sound = decisions.filter {
        !$0.version.isEmpty && !$0.ticket.utf8.contains(0) && !$0.json.contains(0)
      }
      var statuses = try await judge(sound)[...]
      return decisions.map { decision in
        let status: WriteResult.Status =
          if decision.version.isEmpty {
            .rejected(reason: Messages.noVersion)
          } else if decision.ticket.utf8.contains(0) {
            .missing
          } else if decision.json.contains(0) {
            .rejected(reason: Messages.noDecision)
          } else {
            statuses.popFirst() ?? .rejected(reason: Messages.noDecision)
          }
        return WriteResult(ticket: decision.ticket, status: status)
      }
    }

    /// All at once; where the server cannot read one of them, in halves until that one is found.
    private func judge(_ decisions: [DecisionRecord]) async throws(PluginError) -> [WriteResult.Status] {
      if decisions.isEmpty { return [] }
      if let statuses = try await judgeAll(decisions) { return statuses }
      if decisions.count == 1 { return [.rejected(reason: Messages.noDecision)] }
      let half = decisions.count / 2
      return try await judge(Array(decisions[..<half])) + judge(Array(decisions[half...]))
    }

    /// Nil where the server cannot read one of them; then none is written.
    ///
    /// One writer at a time: the second one must see what the first one judged, or an older decision could replace a newer one.
    private func judgeAll(_ decisions: [DecisionRecord]) async throws(PluginError) -> [WriteResult.Status]? {
      let arguments = [
        decisions.map { Array($0.ticket.utf8) }.arrayText, decisions.map { Array($0.version.utf8) }.arrayText,
        decisions.map(\.json).arrayText,
      ]
      return try await session.perform {
        [begin = session.begin, statement, table] (connection) throws(PluginError) in
        do throws(PluginError) {
          return try connection.transaction(begin) { () throws(PluginError) in
            _ = try connection.query(
              "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [Array("docket \(table.number)".utf8)])
            return try connection.query(statement, arguments).texts.map(Self.status)
          }
        } catch {
          if connection.lastState.hasPrefix(Self.dataException) { return nil }
          throw error
        }
      }
    }

    /// The class of all errors about what a value holds.
    private static let dataException = "22"

    private static func status(_ word: String) -> WriteResult.Status {
      switch word {
      case "written": .written
      case "missing": .missing
      default: .conflict
      }
    }
  }
#endif
