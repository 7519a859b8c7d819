#if PostgreSQL
  public import PluginAPI
  import Synchronization

  /// Supplies tickets from a PostgreSQL database and keeps decisions beside them.
  ///
  /// The tickets stand in a table of Docket's own, which any program may fill, or in a table or view that was there before,
  /// which is only read. Each reading has a connection of its own; memory is one page.
  public final class PostgreSQLStore: TicketStore {
    public static let description = PluginDescription(
      name: "postgresql", version: "1.0.0", role: .store,
      summary: "tickets from a PostgreSQL database, which keeps the decisions as well",
      settings: Settings.keys)

    private struct Open {
      var parameters: ConnectionParameters
      var table: TicketTable
      var session: Session
      var watches: [Task<Void, Never>] = []
    }

    private let state = Mutex<Open?>(nil)
    private let limits: Limits

    public init() { limits = Limits() }

    init(limits: Limits) { self.limits = limits }

    public func open(_ configuration: PluginConfiguration) async throws(PluginError) {
      let settings = try Settings(configuration)
      let session = Session(settings.connection, limits)
      let table = try await session.perform { (connection) throws(PluginError) in
        if case .own(let schema) = settings.source {
          try Schema(schema, connection).prepare(creates: settings.creates)
        }
        return try TicketTable(settings.source, connection)
      }
      state.withLock { $0 = Open(parameters: settings.connection, table: table, session: session) }
    }

    public func check() async throws(PluginError) -> [PluginProblem] {
      let open = try opened()
      var problems = [PluginProblem]()
      let isEncrypted = try await open.session.perform { $0.isEncrypted }
      if !isEncrypted, !ConnectionParameters.isLocal(open.parameters.host) {
        problems.append(
          PluginProblem(Messages.notEncrypted, pointer: "/sslmode", hint: Messages.notEncryptedHint))
      }
      if open.table.isOwn, !open.table.isWritable {
        problems.append(PluginProblem(Messages.notWritable, pointer: "/user", hint: Messages.notWritableHint))
      }
      // The first page shows whether the table can be read.
      _ = try await CopyReading(open.parameters, open.table, since: nil, limit: 1, limits).next()
      return problems
    }

    /// The database does not know what stands in the tickets' JSON.
    public func describe() -> [StoreField] { [] }

    public var capabilities: StoreCapabilities {
      state.withLock { open in
        guard let table = open?.table, table.isOwn else { return [] }
        return table.isWritable ? [.write, .changes, .incremental] : [.changes, .incremental]
      }
    }

    public func pages(since watermark: Watermark?, limit: Int) -> TicketPages {
      TicketPages { [self] in
        let open = state.withLock { $0 }
        let reading = open.map {
          CopyReading($0.parameters, $0.table, since: watermark, limit: limit, limits)
        }
        return { () async throws(PluginError) -> TicketPage? in
          guard let reading else { throw PluginError(.internal, Messages.notOpen) }
          return try await reading.next()
        }
      }
    }

    public func get(_ ids: [String]) async throws(PluginError) -> (tickets: [TicketPage], missing: [String]) {
      let open = try opened()
      let (table, argument) = (
        open.table, ids.filter { !$0.utf8.contains(0) }.map { Array($0.utf8) }.arrayText
      )
      return try await open.session.transaction { (connection) throws(PluginError) in
        let rows = try connection.query(table.lookup, [argument])
        var missing = Set(ids)
        var pages = [TicketPage]()
        for row in 0..<rows.count {
          missing.remove(rows.text(row, 0) ?? "")
          if pages.last?.isFull(500) ?? true {
            pages.append(TicketPage(source: table.name, buffer: [], records: []))
          }
          if pages[pages.count - 1].append(rows.bytes(row, 1)), table.isOwn {
            pages[pages.count - 1].versions.append(rows.text(row, 2) ?? "")
          }
        }
        return (pages, ids.filter { missing.remove($0) != nil })
      }
    }

    public func write(_ decisions: [DecisionRecord]) async throws(PluginError) -> [WriteResult] {
      let open = try opened()
      guard open.table.isWritable, let statement = open.table.decision else {
        throw PluginError(
          .authorization, Messages.notWritable, pointer: "/user", hint: Messages.notWritableHint)
      }
      return try await DecisionWriting(session: open.session, table: open.table, statement: statement)
        .write(decisions)
    }

    public func changes() async throws(PluginError) -> AsyncStream<Void> {
      let open = try opened()
      guard open.table.isOwn else { throw PluginError(.permanent, Messages.noChanges) }
      let (stream, task) = try await ChangeWatch(open.parameters, open.table, limits).start()
      state.withLock { $0?.watches.append(task) }
      return stream
    }

    public func close() async {
      let open = state.withLock { state in
        defer { state = nil }
        return state
      }
      open?.watches.forEach { $0.cancel() }
      await open?.session.close()
    }

    private func opened() throws(PluginError) -> Open {
      guard let open = state.withLock({ $0 }) else { throw PluginError(.internal, Messages.notOpen) }
      return open
    }
  }
#endif
