import PluginAPI
import PluginKit

/// A store with as many tickets as its settings say, for tests and measurements: `{count, size, fail}`.
actor SampleStore: TicketStore {
  static let description = PluginDescription(
    name: "sample", version: "1.0.0", role: .store, summary: "as many tickets as it is told to have",
    settings: ["count", "size", "secret", "print"])

  private var count = 0
  /// What stands behind the number of a ticket.
  private var rest = [UInt8]()

  func open(_ configuration: PluginConfiguration) throws(PluginError) {
    count = try configuration.integer("count", in: 0...100_000_000) ?? 10
    let size = try configuration.integer("size", in: 0...100_000_000) ?? 0
    rest = Array((#"","text":""# + String(repeating: "x", count: size) + #""}"#).utf8)
    if try configuration.boolean("print") ?? false { print("hello from a stray print") }
  }

  func check() -> [PluginProblem] { [] }

  func describe() -> [StoreField] { [StoreField(name: "id", type: "text")] }

  nonisolated func pages(since watermark: Watermark?, limit: Int) -> TicketPages {
    TicketPages {
      let reading = Reading(self)
      return { () async throws(PluginError) in await reading.next(limit) }
    }
  }

  func get(_ ids: [String]) -> (tickets: [TicketPage], missing: [String]) {
    let known = ids.compactMap { id in id.hasPrefix("T-") ? Int(id.dropFirst(2)) : nil }.filter {
      (0..<count).contains($0)
    }
    let missing = ids.filter { id in !known.contains { "T-\($0)" == id } }
    return (known.map { page($0..<$0 + 1) }, missing)
  }

  func close() {}

  func page(_ numbers: Range<Int>) -> TicketPage {
    var buffer = [UInt8]()
    buffer.reserveCapacity(numbers.count * (rest.count + 24))
    var records = [TicketPage.Record]()
    records.reserveCapacity(numbers.count)
    for number in numbers {
      let start = buffer.count
      buffer.append(contentsOf: #"{"id":"T-"#.utf8)
      buffer.append(contentsOf: String(number).utf8)
      buffer.append(contentsOf: rest)
      records.append(TicketPage.Record(range: start..<buffer.count, line: number + 1))
    }
    return TicketPage(source: "sample", buffer: buffer, records: records)
  }

  func page(from start: Int, limit: Int) -> TicketPage? {
    start < count ? page(start..<min(count, start + limit)) : nil
  }
}

private actor Reading {
  private let store: SampleStore
  private var position = 0

  init(_ store: SampleStore) { self.store = store }

  func next(_ limit: Int) async -> TicketPage? {
    let page = await store.page(from: position, limit: limit)
    position += page?.records.count ?? 0
    return page
  }
}

@main
struct SamplePlugin {
  static func main() async { await PluginProcess.serve(SampleStore(), as: SampleStore.description) }
}
