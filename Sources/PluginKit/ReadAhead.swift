import PluginAPI

/// The pages of one reading, of which the next one is read while the host takes the last one, and no more than that.
///
/// With SQLite and PostgreSQL reading a page takes about as long as sending it.
actor ReadAhead {
  private typealias Outcome = Result<TicketPage?, PluginError>

  private let pull: TicketPages.Pull
  private var ahead: Task<Outcome, Never>?

  init(_ pages: TicketPages) {
    let iterator = pages.makeAsyncIterator()
    pull = { () async throws(PluginError) in
      var iterator = iterator
      return try await iterator.next(isolation: nil)
    }
  }

  deinit { ahead?.cancel() }

  func next() async throws(PluginError) -> TicketPage? {
    let task = ahead ?? fetch()
    ahead = nil
    let outcome = await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      task.cancel()
    }
    let page = try outcome.get()
    // Behind the last page there is nothing.
    if let page, page.watermark == nil { ahead = fetch() }
    return page
  }

  private func fetch() -> Task<Outcome, Never> {
    Task { [pull] in
      do throws(PluginError) { return .success(try await pull()) } catch { return .failure(error) }
    }
  }
}
