import PluginAPI

/// The pages of one reading, of which the next two are read while the host takes the last one, and no more than that.
///
/// With SQLite and PostgreSQL reading a page takes about as long as sending it; with one page alone in between, each side
/// waits for the other whenever one of them is held up.
actor ReadAhead {
  private typealias Outcome = Result<TicketPage?, PluginError>

  private static let depth = 2

  private let pull: TicketPages.Pull
  /// In the order of the pages; each begins when the one before it has ended.
  private var ahead: [Task<Outcome, Never>] = []
  private var isOver = false

  init(_ pages: TicketPages) {
    let iterator = pages.makeAsyncIterator()
    pull = { () async throws(PluginError) in
      var iterator = iterator
      return try await iterator.next(isolation: nil)
    }
  }

  deinit { for task in ahead { task.cancel() } }

  func next() async throws(PluginError) -> TicketPage? {
    if isOver { return nil }
    if ahead.isEmpty { ahead.append(fetch(after: nil)) }
    let task = ahead.removeFirst()
    let outcome = await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      task.cancel()
    }
    let page: TicketPage?
    do throws(PluginError) {
      page = try outcome.get()
    } catch {
      isOver = true
      throw error
    }
    // Behind the last page there is nothing.
    isOver = page.isLast
    if !isOver { while ahead.count < Self.depth { ahead.append(fetch(after: ahead.last)) } }
    return page
  }

  private func fetch(after last: Task<Outcome, Never>?) -> Task<Outcome, Never> {
    Task { [pull] in
      if let last {
        switch await last.value {
        case .failure: return .success(nil)
        case .success(let page) where page.isLast: return .success(nil)
        case .success: break
        }
      }
      do throws(PluginError) { return .success(try await pull()) } catch { return .failure(error) }
    }
  }
}

extension TicketPage? {
  /// Whether none follows.
  fileprivate var isLast: Bool { self?.watermark != nil || self == nil }
}
