import PluginAPI
import PluginProtocol

/// One reading of a store as answers.
struct StoreReading {
  private let since: Watermark?
  private let limit: Int
  /// Nil behind the end: what the store holds for a reading is let go.
  private var cutting: PageCutting?
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
    cutting = PageCutting(
      store.pages(since: request.since, limit: request.limit), behind: request.place, lineLimit,
      cutsBySizes: request.cutsBySizes)
  }

  /// Whether `request` can be answered by going on.
  func follows(_ request: ListRequest) -> Bool {
    guard request.since == since, request.limit == limit else { return false }
    return request.isAhead && request.place == last || request.place == place && cutting != nil
  }

  /// The answer to a request that this reading follows.
  mutating func answer(_ request: ListRequest) async throws(PluginError) -> PageAnswer {
    if request.isAhead, request.place != last { _ = try await next() }
    return try await next()
  }

  /// The next answer; an empty one behind the end.
  private mutating func next() async throws(PluginError) -> PageAnswer {
    last = place
    guard let next = try await cutting?.next() else {
      cutting = nil
      return PageWriter(limit: WireLimits.lineBytes).finish(source: "", cursor: place.cursor)
    }
    place = next.place
    if next.isLast { cutting = nil }
    return next.answer
  }
}

/// One page as an answer, and where the next one begins.
struct CutAnswer: Sendable {
  var answer: PageAnswer
  var place: ReadingPlace
  var isLast: Bool
}
