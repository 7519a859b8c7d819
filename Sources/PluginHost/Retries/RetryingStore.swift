public import PluginAPI

/// A store whose passing troubles nobody hears of, as long as they pass.
public struct RetryingStore: TicketStore {
  private let store: any TicketStore
  private let retries: Retries

  public init(_ store: any TicketStore, _ retries: Retries = Retries()) {
    self.store = store
    self.retries = retries
  }

  public func open(_ configuration: PluginConfiguration) async throws(PluginError) {
    try await retries.run { () throws(PluginError) in try await store.open(configuration) }
  }

  public func check() async throws(PluginError) -> [PluginProblem] { try await store.check() }

  public func describe() async throws(PluginError) -> [StoreField] {
    try await retries.run { () throws(PluginError) in try await store.describe() }
  }

  public var capabilities: StoreCapabilities {
    get async { await store.capabilities }
  }

  /// A process asks for the same page again by itself; any other store is read anew, and what was handed over is passed over.
  public func pages(since watermark: Watermark?, limit: Int) -> TicketPages {
    if store is ProcessStore { return store.pages(since: watermark, limit: limit) }
    let (store, retries) = (store, retries)
    return TicketPages {
      let reading = RepeatableReading { store.pages(since: watermark, limit: limit).makeAsyncIterator() }
      return { () async throws(PluginError) in
        try await retries.run { () throws(PluginError) in try await reading.next() }
      }
    }
  }

  public func get(_ ids: [String]) async throws(PluginError) -> (tickets: [TicketPage], missing: [String]) {
    try await retries.run { () throws(PluginError) in try await store.get(ids) }
  }

  public func write(_ decisions: [DecisionRecord]) async throws(PluginError) -> [WriteResult] {
    try await retries.run { () throws(PluginError) in try await store.write(decisions) }
  }

  public func changes() async throws(PluginError) -> AsyncStream<Void> { try await store.changes() }

  public func close() async { await store.close() }
}

/// A reading that starts anew after an error and goes on where it was: two readings from one watermark agree.
private final actor RepeatableReading {
  private let start: @Sendable () -> TicketPages.AsyncIterator
  private var pages: TicketPages.AsyncIterator?
  private var handedOver = 0

  init(_ start: @escaping @Sendable () -> TicketPages.AsyncIterator) { self.start = start }

  func next() async throws(PluginError) -> TicketPage? {
    var iterator = pages ?? start()
    let isNew = pages == nil
    pages = nil
    var surplus = isNew ? handedOver : 0
    while let page = try await iterator.next(isolation: self) {
      let count = page.records.count + page.malformed.count
      if surplus >= count, surplus > 0 {
        surplus -= count
        continue
      }
      pages = iterator
      handedOver += count - surplus
      return surplus > 0 ? page.droppingItems(surplus) : page
    }
    pages = iterator
    return nil
  }
}

extension TicketPage {
  /// Without its first items, records and malformed ones in the order of the source.
  fileprivate func droppingItems(_ count: Int) -> TicketPage {
    var page = self
    var records = 0
    var malformed = 0
    for _ in 0..<count {
      if malformed < self.malformed.count, self.malformed[malformed].position <= records {
        malformed += 1
      } else {
        records += 1
      }
    }
    page.records.removeFirst(records)
    page.malformed.removeFirst(malformed)
    for index in page.malformed.indices { page.malformed[index].position -= records }
    if !versions.isEmpty { page.versions.removeFirst(records) }
    return page
  }
}
