import PluginAPI
import PluginHost
import PluginProtocol

/// What a store's process must do, through the same port that the engine uses.
enum StoreScenarios {
  static let all = [paging, watermark, killed]

  private static let paging = Scenario(
    "hands over the same tickets in pages of 1, 7 and 500, and knows what is missing"
  ) {
    subject in
    let store = StoreConformance(subject.configuration) {
      ProcessStore(subject.manifest, subject.environment)
    }
    let violations = try await described { () throws(PluginError) in try await store.violations() }
    if let first = violations.first { throw ScenarioEnd.failed(first) }
  }

  private static let watermark = Scenario("agrees with itself on two readings from one watermark") {
    subject in
    let store = ProcessStore(subject.manifest, subject.environment)
    try await described { () throws(PluginError) in try await store.open(subject.configuration) }
    let (_, watermark) = try await reading(store, since: nil)
    guard let watermark else {
      await store.close()
      throw ScenarioEnd.skipped("this store gives no watermark")
    }
    let first = try await reading(store, since: watermark).tickets
    let second = try await reading(store, since: watermark).tickets
    await store.close()
    try require(first == second, "\(first.count) tickets came first and \(second.count) others then")
  }

  private static let killed = Scenario("goes on where it was after it was killed within a reading") {
    subject in
    let store = ProcessStore(subject.manifest, subject.environment)
    try await described { () throws(PluginError) in try await store.open(subject.configuration) }
    let expected = try await reading(store, since: nil).tickets
    var found = [[UInt8]]()
    var pages = store.pages(since: nil, limit: max(1, expected.count / 3)).makeAsyncIterator()
    var isFirst = true
    while let page = try await described({ () throws(PluginError) in try await pages.next(isolation: nil) }) {
      found += page.records.map { Array(page.buffer[$0.range]) }
      if isFirst { store.kill() }
      isFirst = false
    }
    await store.close()
    try require(
      found == expected, "\(found.count) tickets came instead of \(expected.count), or in another order")
  }

  private static func reading(
    _ store: any TicketStore, since: Watermark?
  ) async throws -> (tickets: [[UInt8]], watermark: Watermark?) {
    var tickets = [[UInt8]]()
    var watermark: Watermark?
    var pages = store.pages(since: since, limit: 500).makeAsyncIterator()
    while let page = try await described({ () throws(PluginError) in try await pages.next(isolation: nil) }) {
      tickets += page.records.map { Array(page.buffer[$0.range]) }
      watermark = page.watermark ?? watermark
    }
    return (tickets, watermark)
  }
}

/// Turns what a port throws into the failure of a scenario.
func described<Result>(
  isolation: isolated (any Actor)? = #isolation, _ body: () async throws(PluginError) -> Result
) async throws(ScenarioEnd) -> Result {
  do throws(PluginError) { return try await body() } catch {
    throw .failed(error.message + (error.pointer.map { " (at \($0))" } ?? ""))
  }
}
