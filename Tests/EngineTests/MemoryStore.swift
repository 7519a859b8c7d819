import PluginAPI
import Synchronization

/// A store whose records stand in the test.
struct MemoryStore: TicketStore {
  enum Item: Sendable {
    case record(String)
    /// A record that the store could not turn into JSON.
    case malformed(String)
    /// The store fails when it comes here.
    case failure(PluginError)
  }

  var items: [Item]
  /// At most so many records on a page, whatever the engine asks for.
  var pageSize: Int

  init(_ items: [Item], pageSize: Int = .max) {
    self.items = items
    self.pageSize = pageSize
  }

  init(records: [String], pageSize: Int = .max) { self.init(records.map(Item.record), pageSize: pageSize) }

  func open(_ configuration: PluginConfiguration) {}
  func check() -> [PluginProblem] { [] }
  func describe() -> [StoreField] { [] }
  func get(_ ids: [String]) -> (tickets: [TicketPage], missing: [String]) { ([], ids) }
  func close() {}

  func pages(since watermark: Watermark?, limit: Int) -> TicketPages {
    TicketPages { [items, pageSize] in
      let reading = Reading(items, pageSize: min(limit, pageSize))
      return { () async throws(PluginError) -> TicketPage? in try reading.next() }
    }
  }

  /// Line n of the source is item n - 1.
  private final class Reading: Sendable {
    private let items: [Item]
    private let pageSize: Int
    private let position = Mutex(0)

    init(_ items: [Item], pageSize: Int) {
      self.items = items
      self.pageSize = pageSize
    }

    func next() throws(PluginError) -> TicketPage? {
      let outcome = position.withLock { page(from: &$0) }
      return try outcome.get()
    }

    private func page(from position: inout Int) -> Result<TicketPage?, PluginError> {
      if position == items.count { return .success(nil) }
      var page = TicketPage(source: "memory", buffer: [], records: [])
      while position < items.count, page.records.count + page.malformed.count < pageSize {
        switch items[position] {
        case .record(let text):
          let start = page.buffer.count
          page.buffer += Array(text.utf8)
          page.records.append(.init(range: start..<page.buffer.count, line: position + 1))
        case .malformed(let message):
          page.malformed.append(
            .init(position: page.records.count, line: position + 1, message: message))
        case .failure(let error):
          if page.records.isEmpty, page.malformed.isEmpty { return .failure(error) }
          return .success(page)
        }
        position += 1
      }
      return .success(page)
    }
  }
}
