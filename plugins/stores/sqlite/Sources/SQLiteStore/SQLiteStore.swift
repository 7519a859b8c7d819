#if SQLite
  import FileAccess
  import GRDB
  public import PluginAPI
  import Synchronization

  /// Supplies tickets from an SQLite database and keeps decisions beside them.
  ///
  /// The tickets stand in a table of Docket's own, which any program may fill, or in a table or view that was there before,
  /// which is only read. Each reading has a connection of its own; memory is one page.
  public final class SQLiteStore: TicketStore {
    public static let description = PluginDescription(
      name: "sqlite", version: "1.0.0", role: .store,
      summary: "tickets from an SQLite database, which keeps the decisions as well", settings: Settings.keys)

    private struct Open {
      var table: TicketTable
      /// For everything but readings.
      var connection: Connection
      var isWritable: Bool
      var watches: [Task<Void, Never>] = []
    }

    private let state = Mutex<Open?>(nil)
    private let limits: Limits
    private let writes = WriteCount()

    public init() { limits = Limits() }

    init(limits: Limits) { self.limits = limits }

    public func open(_ configuration: PluginConfiguration) async throws(PluginError) {
      let settings = try Settings(configuration)
      switch kindOfFile(settings.path) {
      case .folder: throw Failure.wrongFile(Messages.folder(settings.path))
      case nil where !settings.creates:
        throw Failure.wrongFile(Messages.noFile(settings.path), hint: Messages.noFileHint)
      default: break
      }
      let connection = try await Connection.open(
        settings.path, isReadOnly: settings.existing != nil, limits)
      let open = try await Self.open(connection, settings, limits)
      state.withLock { $0 = open }
    }

    private static func open(
      _ connection: Connection, _ settings: Settings, _ limits: Limits
    ) async throws(PluginError) -> Open {
      if let existing = settings.existing {
        let table = try await connection.perform { try TicketTable(existing, in: $0) }
        return Open(table: table, connection: connection, isWritable: false)
      }
      try await Schema.prepare(connection, creates: settings.creates, patience: limits.lockWait)
      let isWriteProtected = try await connection.perform { $0.isWriteProtected }
      return Open(table: .own, connection: connection, isWritable: !isWriteProtected)
    }

    public func check() async throws(PluginError) -> [PluginProblem] {
      let open = try opened()
      let path = open.connection.path
      var problems = [PluginProblem]()
      if open.table == .own, !open.isWritable {
        problems.append(
          PluginProblem(Messages.notWritable(path), pointer: "/path", hint: Messages.readOnlyHint))
      }
      if try await !open.connection.perform({ try $0.usesWriteAheadLog }) {
        problems.append(PluginProblem(Messages.journal, pointer: "/path", hint: Messages.journalHint))
      }
      // The first page shows whether the table can be read.
      _ = try await TableReading(path, open.table, since: nil, limit: 1, limits).next()
      return problems
    }

    /// The database does not know what stands in the tickets' JSON.
    public func describe() -> [StoreField] { [] }

    public var capabilities: StoreCapabilities {
      state.withLock { open in
        guard let open, open.table == .own else { return [.changes] }
        return open.isWritable ? [.write, .changes, .incremental] : [.changes, .incremental]
      }
    }

    public func pages(since watermark: Watermark?, limit: Int) -> TicketPages {
      TicketPages { [self] in
        let open = state.withLock { $0 }
        let reading = open.map {
          TableReading(
            $0.connection.path, $0.table, since: watermark, limit: limit, limits, writes: writes)
        }
        return { () async throws(PluginError) -> TicketPage? in
          guard let reading else { throw PluginError(.internal, Messages.notOpen) }
          return try await reading.next()
        }
      }
    }

    public func get(_ ids: [String]) async throws(PluginError) -> (tickets: [TicketPage], missing: [String]) {
      let open = try opened()
      let (sql, path) = (open.table.lookup, open.connection.path)
      return try await open.connection.perform { database in
        var missing = Set(ids)
        let wanted = missing
        var pages = [TicketPage]()
        var rows = try RowReader(
          database, sql, arguments: [ids.json], isUTF8: RowReader.isUTF8(database))
        while try rows.advance() {
          let id = rows.id
          guard wanted.contains(id) else { continue }
          missing.remove(id)
          if pages.last?.isFull(500) ?? true {
            pages.append(TicketPage(source: path, buffer: [], records: []))
          }
          rows.append(to: &pages[pages.count - 1])
        }
        return (pages, ids.filter { missing.remove($0) != nil })
      }
    }

    public func write(_ decisions: [DecisionRecord]) async throws(PluginError) -> [WriteResult] {
      let open = try opened()
      guard open.isWritable else {
        throw Failure.wrongFile(Messages.readOnly(open.connection.path), hint: Messages.readOnlyHint)
      }
      writes.increment()
      return try await open.connection.write { try DecisionWriting.write(decisions, to: $0) }
    }

    public func changes() async throws(PluginError) -> AsyncStream<Void> {
      let open = try opened()
      let (stream, task) = try await ChangeWatch.start(open.connection.path, open.table, limits)
      state.withLock { $0?.watches.append(task) }
      return stream
    }

    public func close() {
      let open = state.withLock { state in
        defer { state = nil }
        return state
      }
      open?.watches.forEach { $0.cancel() }
    }

    private func opened() throws(PluginError) -> Open {
      guard let open = state.withLock({ $0 }) else { throw PluginError(.internal, Messages.notOpen) }
      return open
    }
  }

  extension [String] {
    /// As a JSON array.
    fileprivate var json: String {
      var bytes: [UInt8] = [UInt8(ascii: "[")]
      for (index, text) in enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes.appendJSONString(text)
      }
      bytes.append(UInt8(ascii: "]"))
      return String(decoding: bytes, as: UTF8.self)
    }
  }
#endif
