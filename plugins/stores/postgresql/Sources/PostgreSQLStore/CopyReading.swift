#if PostgreSQL
  import PluginAPI

  /// One reading: a COPY in a transaction of its own, of which each page takes some rows.
  ///
  /// The server sends no faster than pages are taken, and holds the moment meanwhile. It keeps no writer waiting, but nothing
  /// that was deleted since can be cleaned up, so a reading that stands still for `Limits.standstill` is given up.
  actor CopyReading {
    private enum Phase {
      case waiting, copying(Connection, CopyRows, Watermark?), given(up: PluginError), over
    }

    private nonisolated let executor = QueueExecutor()
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let parameters: ConnectionParameters
    private let table: TicketTable
    private let since: Watermark?
    private let limit: Int
    private let limits: Limits
    private var phase = Phase.waiting
    /// How many pages were asked for, by which a standstill shows.
    private var pulls = 0
    private var guardian: Task<Void, Never>?
    /// About the size of a page, so that a buffer need not grow.
    private var capacity = 0

    init(
      _ parameters: ConnectionParameters, _ table: TicketTable, since: Watermark?, limit: Int,
      _ limits: Limits
    ) {
      self.parameters = parameters
      self.table = table
      self.since = since
      self.limit = max(1, limit)
      self.limits = limits
    }

    deinit { guardian?.cancel() }

    func next() throws(PluginError) -> TicketPage? {
      pulls += 1
      let before = phase
      // Over, unless a page comes: also after an error.
      phase = .over
      switch before {
      case .over: return nil
      case .given(let error): throw error
      case .waiting:
        let connection = try Connection(parameters)
        let watermark = try begin(connection)
        watch()
        return try read(connection, CopyRows(), watermark)
      case .copying(let connection, let rows, let watermark): return try read(connection, rows, watermark)
      }
    }

    private func begin(_ connection: Connection) throws(PluginError) -> Watermark? {
      try connection.execute(
        """
        BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
        SET LOCAL statement_timeout = 0;
        SET LOCAL lock_timeout = '\(limits.lock.milliseconds)ms';
        SET LOCAL synchronize_seqscans = off;
        SET LOCAL max_parallel_workers_per_gather = 0
        """)
      let moment = table.isOwn ? try Moment(table, connection) : nil
      let before = moment.flatMap { now in since.flatMap { Moment($0, before: now) } }
      try connection.beginCopy(table.copy(since: before))
      return moment?.watermark
    }

    private func read(
      _ connection: Connection, _ rows: CopyRows, _ watermark: Watermark?
    ) throws(PluginError) -> TicketPage {
      var page = TicketPage(source: table.name, buffer: [], records: [])
      page.buffer.reserveCapacity(capacity)
      var rows = rows
      while !page.isFull(limit) {
        let hasMore = try connection.nextCopyData { (message) throws(PluginError) in
          try rows.append(message, to: &page)
        }
        guard hasMore else {
          page.watermark = watermark
          guardian?.cancel()
          return page
        }
      }
      capacity = page.buffer.count
      phase = .copying(connection, rows, watermark)
      return page
    }

    private func watch() {
      guardian = Task { [weak self, limits] in
        var seen = 0
        while (try? await Task.sleep(for: limits.standstill)) != nil, let pulls = await self?.pulls {
          if pulls == seen { await self?.giveUp() }
          seen = pulls
        }
      }
    }

    private func giveUp() {
      guard case .copying = phase else { return }
      phase = .given(up: PluginError(.transient, Messages.standstill))
    }
  }
#endif
