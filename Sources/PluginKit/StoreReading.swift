import PluginAPI
import PluginProtocol

/// One reading of a store as answers, of which the next one is written down while the host takes the last one.
struct StoreReading {
  private let since: Watermark?
  private let limit: Int
  /// Nil behind the end: what the store holds for a reading is let go.
  private var answers: ReadAhead<CutAnswer>?
  /// Where the last answer began.
  private var last: ReadingPlace?
  /// What the host has.
  private var place: ReadingPlace

  /// A reading that goes on where `request` says.
  ///
  /// - Parameter lineLimit: how long a line may be in bytes.
  init(_ store: any TicketStore, _ request: ListRequest, _ lineLimit: Int) {
    since = request.since
    limit = request.limit
    place = request.place
    let cutting = PageCutting(
      store.pages(since: request.since, limit: request.limit), behind: request.place, lineLimit)
    answers = ReadAhead(isLast: \.isLast) { () async throws(PluginError) in try await cutting.next() }
  }

  /// Whether `request` can be answered by going on.
  func follows(_ request: ListRequest) -> Bool {
    guard request.since == since, request.limit == limit else { return false }
    return request.isAhead && request.place == last || request.place == place && answers != nil
  }

  /// The answer to a request that this reading follows.
  mutating func answer(_ request: ListRequest) async throws(PluginError) -> PageAnswer {
    if request.isAhead, request.place != last { _ = try await next() }
    return try await next()
  }

  /// The next answer; an empty one behind the end.
  private mutating func next() async throws(PluginError) -> PageAnswer {
    last = place
    guard let next = try await answers?.next() else {
      answers = nil
      return PageWriter(limit: WireLimits.lineBytes).finish(source: "", cursor: place.cursor)
    }
    place = next.place
    if next.isLast { answers = nil }
    return next.answer
  }
}

/// One page as an answer, and where the next one begins.
struct CutAnswer: Sendable {
  var answer: PageAnswer
  var place: ReadingPlace
  var isLast: Bool
}
