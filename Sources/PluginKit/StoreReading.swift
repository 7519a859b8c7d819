import PluginAPI
import PluginProtocol

/// One reading of a store, cut into answers.
///
/// A cursor is how many records, sound or malformed, were handed over. The next request usually goes on where the last one
/// ended; after a restart the store is read again and what the host has is passed over, as two readings agree.
struct StoreReading {
  private let since: Watermark?
  private let limit: Int
  private let pages: ReadAhead
  /// What the host has.
  private var position = 0
  /// What is yet to be passed over.
  private var surplus: Int
  /// The page that is being handed over, and what of it was.
  private var page: TicketPage?
  private var record = 0
  private var malformed = 0
  private(set) var isOver = false

  init(_ store: any TicketStore, _ request: ListRequest) {
    since = request.since
    limit = request.limit
    surplus = request.position
    pages = ReadAhead(store.pages(since: request.since, limit: request.limit))
  }

  /// Whether `request` asks for what comes next in this reading.
  func follows(_ request: ListRequest) -> Bool {
    request.since == since && request.limit == limit && request.position == position && surplus == 0
  }

  /// The line that answers request `id` with what comes next, of at most `limit` bytes.
  mutating func nextPage(_ id: [UInt8], limit: Int) async throws(PluginError) -> [UInt8] {
    try await passOver()
    if page == nil { try await pull() }
    guard let page else {
      isOver = true
      return PageWriter(responseTo: id, limit: limit).finish(source: "")
    }
    let rest = page.records[record...].reduce(0) { $0 + $1.range.count + 24 }
    var writer = PageWriter(responseTo: id, limit: limit, expecting: rest)
    handOver(page, to: &writer)
    let isDone = isHandedOver(page)
    if isDone { self.page = nil }
    // A page with a watermark is the last one; any other may be followed by an empty one.
    isOver = isDone && page.watermark != nil
    return writer.finish(
      source: page.source, nextCursor: isOver ? nil : String(position),
      watermark: isOver ? page.watermark : nil,
      fraction: page.fraction)
  }

  private func isHandedOver(_ page: TicketPage) -> Bool {
    record == page.records.count && malformed == page.malformed.count
  }

  private mutating func pull() async throws(PluginError) {
    page = try await pages.next()
    record = 0
    malformed = 0
  }

  /// Skips what the host has already.
  private mutating func passOver() async throws(PluginError) {
    while surplus > 0 {
      if page == nil { try await pull() }
      guard let page else {
        surplus = 0
        return
      }
      while surplus > 0, step(page) != nil {
        surplus -= 1
        position += 1
      }
      if isHandedOver(page) { self.page = nil }
    }
  }

  private enum Step { case record(Int), malformed(Int) }

  /// The next item of the page, in the order of the source; nil behind the last one.
  private mutating func step(_ page: TicketPage) -> Step? {
    if malformed < page.malformed.count, page.malformed[malformed].position <= record {
      malformed += 1
      return .malformed(malformed - 1)
    }
    guard record < page.records.count else { return nil }
    record += 1
    return .record(record - 1)
  }

  private mutating func handOver(_ page: TicketPage, to writer: inout PageWriter) {
    while true {
      let before = (record, malformed)
      guard let step = step(page) else { return }
      let hasRoom =
        switch step {
        case .record(let index): writer.append(index, of: page)
        case .malformed(let index): writer.append(page.malformed[index])
        }
      guard hasRoom else {
        (record, malformed) = before
        return
      }
      position += 1
    }
  }
}
