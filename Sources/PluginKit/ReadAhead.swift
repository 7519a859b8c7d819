import PluginAPI

/// What one reading gives, item by item: the next one is made while the last one is on its way, and no more than that.
///
/// With SQLite and PostgreSQL reading a page takes about as long as sending it.
actor ReadAhead<Item: Sendable> {
  private typealias Outcome = Result<Item?, PluginError>

  private let pull: @Sendable () async throws(PluginError) -> Item?
  private let isLast: @Sendable (Item) -> Bool
  private var ahead: Task<Outcome, Never>?

  /// - Parameters:
  ///   - isLast: whether nothing is asked for behind an item.
  ///   - pull: the next item, nil behind the last one; called for one item after the other.
  init(
    isLast: @escaping @Sendable (Item) -> Bool,
    _ pull: @escaping @Sendable () async throws(PluginError) -> Item?
  ) {
    self.isLast = isLast
    self.pull = pull
  }

  deinit { ahead?.cancel() }

  func next() async throws(PluginError) -> Item? {
    let task = ahead ?? fetch()
    ahead = nil
    let outcome = await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      task.cancel()
    }
    let item = try outcome.get()
    if let item, !isLast(item) { ahead = fetch() }
    return item
  }

  private func fetch() -> Task<Outcome, Never> {
    Task { [pull] in
      do throws(PluginError) { return .success(try await pull()) } catch { return .failure(error) }
    }
  }
}

extension ReadAhead<TicketPage> {
  /// Behind a page with a watermark there is nothing.
  init(_ pages: TicketPages) {
    let iterator = pages.makeAsyncIterator()
    self.init(isLast: { $0.watermark != nil }) { () async throws(PluginError) in
      var iterator = iterator
      return try await iterator.next(isolation: nil)
    }
  }
}
