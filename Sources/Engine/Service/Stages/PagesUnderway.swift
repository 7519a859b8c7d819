/// The pages that have been fetched and are not kept yet, in order: each of the pipeline's lanes has one of them.
struct PagesUnderway {
  /// The ids of each page's tickets.
  private var tickets: [Set<String>] = []
  private var released: [Assignment] = []
  private var kept: AsyncStream<[Assignment]>.Iterator

  /// So many that no lane waits for the one behind it, and memory stays flat.
  private static let limit = 3

  /// - Parameter kept: tells of each page that is kept, in the order in which they were added, what it gave back.
  init(until kept: Handover<[Assignment]>) { self.kept = kept.items.makeAsyncIterator() }

  /// Whether something about one of the page's tickets is about to be kept.
  func share(ticketsWith page: RecalledPage) -> Bool {
    tickets.contains { tickets in
      if tickets.isEmpty { return false }
      return page.tickets.contains { tickets.contains($0.id) }
        || page.fetched.missing.contains(where: tickets.contains)
    }
  }

  mutating func add(_ page: RecalledPage) {
    tickets.append(Set(page.tickets.lazy.map(\.id)).union(page.fetched.missing))
  }

  /// Waits until there is room for another page; false where the service ends before that.
  mutating func makeRoom() async -> Bool { await wait(untilAtMost: Self.limit - 1) }

  /// Waits until all of them are kept; false where the service ends before that.
  mutating func finish() async -> Bool { await wait(untilAtMost: 0) }

  private mutating func wait(untilAtMost count: Int) async -> Bool {
    while tickets.count > count {
      guard let assignments = await kept.next() else { return false }
      tickets.removeFirst()
      released += assignments
    }
    return true
  }

  /// What those that were kept since the last call gave back.
  mutating func takeReleased() -> [Assignment] {
    defer { released = [] }
    return released
  }
}
