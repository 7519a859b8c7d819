#if SQLite
  import GRDB
  import PluginAPI

  /// One reading, page by page: each page goes on behind the key of the one before it.
  ///
  /// In WAL mode one transaction holds the moment of the first page, which keeps no writer waiting; since the log grows
  /// meanwhile, it ends after `Limits.moment`, and the next page begins another. That loses nothing: the watermark is the one of
  /// the first moment, so what changed since comes again. Once decisions are written during the reading, each page is a moment of
  /// its own: else a reading of a million tickets would let the log grow to the size of all their decisions. In other modes
  /// a transaction would keep writers waiting, and each page is a moment of its own as well.
  actor TableReading {
    /// How far a reading has come.
    private struct Progress: Sendable {
      var connection: Connection
      var holdsMoment: Bool
      var sql: String
      var isUTF8: Bool
      /// The key of the last row that was handed over.
      var key: Int64
      /// About where the reading began, and where it will end.
      var first: Int64
      var last: Int64
      var watermark: Watermark?
      /// The size of the last page, so that the next buffer need not grow.
      var pageSize = 0

      var fraction: Double {
        last > first ? min(1, max(0, (Double(key) - Double(first)) / (Double(last) - Double(first)))) : 1
      }
    }

    private enum Phase { case waiting, reading(Progress), over }

    private let path: String
    private let table: TicketTable
    private let since: Watermark?
    private let limit: Int
    private let limits: Limits
    private let writes: WriteCount
    private let writesBefore: Int
    private var phase = Phase.waiting
    private var momentEnd: Task<Void, Never>?

    /// - Parameter writes: of decisions, into the same file.
    init(
      _ path: String, _ table: TicketTable, since: Watermark?, limit: Int, _ limits: Limits,
      writes: WriteCount = WriteCount()
    ) {
      self.path = path
      self.table = table
      self.since = since
      self.limit = max(1, limit)
      self.limits = limits
      self.writes = writes
      writesBefore = writes.value
    }

    deinit { momentEnd?.cancel() }

    func next() async throws(PluginError) -> TicketPage? {
      let before = phase
      // Over, unless a page comes: also after an error.
      phase = .over
      switch before {
      case .over: return nil
      case .waiting: return try read(try await begin())
      case .reading(let progress): return try read(progress)
      }
    }

    private func begin() async throws(PluginError) -> Progress {
      let connection = try await Connection.open(path, isReadOnly: true, limits)
      let (table, since) = (table, since)
      return try await connection.perform { database in
        if let preparation = table.preparation { try database.execute(sql: preparation) }
        let holdsMoment = try table.preparation == nil && database.usesWriteAheadLog
        if holdsMoment { try database.beginTransaction(.deferred) }
        let count = table == .own ? try ChangeCount(database) : nil
        let version = since.flatMap { count?.version(of: $0) }
        let last = try Int64.fetchOne(database, sql: table.lastKey(since: version)) ?? 0
        return Progress(
          connection: connection, holdsMoment: holdsMoment, sql: table.pages(since: version),
          isUTF8: try RowReader.isUTF8(database),
          key: version ?? .min, first: version ?? 0, last: last, watermark: count?.watermark)
      }
    }

    private func read(_ progress: Progress) throws(PluginError) -> TicketPage {
      var progress = progress
      if progress.holdsMoment, writes.value != writesBefore { try endMoment(&progress) }
      if progress.holdsMoment, momentEnd == nil { endMomentLater(progress.connection) }
      var (page, key) = try page(progress)
      if let key {
        progress.key = key
        progress.pageSize = page.buffer.count
        page.fraction = progress.fraction
        phase = .reading(progress)
      } else {
        page.fraction = 1
        page.watermark = progress.watermark
        momentEnd?.cancel()
      }
      return page
    }

    /// The rows behind the last one, and the key of the last of them; nil for it where none follows.
    private func page(_ progress: Progress) throws(PluginError) -> (TicketPage, Int64?) {
      try progress.connection.performHere { database in
        if progress.holdsMoment, !database.isInsideTransaction { try database.beginTransaction(.deferred) }
        var page = TicketPage(source: path, buffer: [], records: [])
        page.buffer.reserveCapacity(progress.pageSize)
        var rows = try RowReader(
          database, progress.sql, arguments: [progress.key], isUTF8: progress.isUTF8)
        var key: Int64?
        while !page.isFull(limit) {
          guard try rows.advance() else { return (page, nil) }
          key = rows.key
          rows.append(to: &page)
        }
        return (page, key)
      }
    }

    /// Ends the moment for good.
    private func endMoment(_ progress: inout Progress) throws(PluginError) {
      progress.holdsMoment = false
      momentEnd?.cancel()
      try progress.connection.performHere { if $0.isInsideTransaction { try $0.commit() } }
    }

    private func endMomentLater(_ connection: Connection) {
      momentEnd = Task { [weak self, limits] in
        try? await Task.sleep(for: limits.moment)
        if Task.isCancelled { return }
        await self?.momentHasEnded()
        try? await connection.perform { if $0.isInsideTransaction { try $0.commit() } }
      }
    }

    private func momentHasEnded() { momentEnd = nil }
  }
#endif
