import PluginAPI
import PluginProtocol

/// Cuts the pages of a store into answers that fit into a line.
///
/// After a restart the store is read again and what the host has is passed over. That is right only where the new reading
/// begins as the old one did; where it does not, tickets would be passed over that nobody has, so the reading ends with an error.
actor PageCutting {
  private let pages: ReadAhead
  private let lineLimit: Int
  private let cutsBySizes: Bool
  /// What is yet to be passed over.
  private let start: ReadingPlace
  private var place = ReadingPlace.beginning
  /// The page that is being handed over, and what of it was.
  private var page: TicketPage?
  private var record = 0
  private var malformed = 0

  init(_ pages: TicketPages, behind start: ReadingPlace, _ lineLimit: Int, cutsBySizes: Bool) {
    self.pages = ReadAhead(pages)
    self.start = start
    self.lineLimit = lineLimit
    self.cutsBySizes = cutsBySizes
  }

  /// The next answer; an empty one behind the last page.
  func next() async throws(PluginError) -> CutAnswer? {
    try await passOver()
    if page == nil { try await pull() }
    let writer = PageWriter(limit: lineLimit, cutsBySizes: cutsBySizes)
    guard let page else {
      let answer = writer.finish(source: "", cursor: place.cursor)
      return CutAnswer(answer: answer, place: place, isLast: true)
    }
    return answer(page, writer)
  }

  private func answer(_ page: TicketPage, _ writer: consuming PageWriter) -> CutAnswer {
    let cursor = place.cursor
    handOver(page, to: &writer)
    let isDone = isHandedOver(page)
    if isDone { self.page = nil }
    // A page with a watermark is the last one; any other may be followed by an empty one.
    let isLast = isDone && page.watermark != nil
    let answer = writer.finish(
      source: page.source, cursor: cursor, nextCursor: isLast ? nil : place.cursor,
      watermark: isLast ? page.watermark : nil, fraction: page.fraction)
    return CutAnswer(answer: answer, place: place, isLast: isLast)
  }

  private func isHandedOver(_ page: TicketPage) -> Bool {
    record == page.records.count && malformed == page.malformed.count
  }

  private func pull() async throws(PluginError) {
    page = try await pages.next()
    record = 0
    malformed = 0
  }

  /// Skips what the host has already.
  private func passOver() async throws(PluginError) {
    while place.count < start.count {
      if page == nil { try await pull() }
      guard let page else { throw ReadingPlace.changed }
      while place.count < start.count, let step = step(page) { place.pass(step, of: page) }
      if isHandedOver(page) { self.page = nil }
      if place.count == start.count, place != start { throw ReadingPlace.changed }
    }
  }

  /// The next item of the page, in the order of the source; nil behind the last one.
  private func step(_ page: TicketPage) -> ReadingPlace.Step? {
    if malformed < page.malformed.count, page.malformed[malformed].position <= record {
      malformed += 1
      return .malformed
    }
    guard record < page.records.count else { return nil }
    record += 1
    return .record(record - 1)
  }

  private func handOver(_ page: TicketPage, to writer: inout PageWriter) {
    while true {
      let before = (record, malformed)
      guard let step = step(page) else { return }
      let hasRoom =
        switch step {
        case .record(let index): writer.append(index, of: page)
        case .malformed: writer.append(page.malformed[malformed - 1])
        }
      guard hasRoom else {
        (record, malformed) = before
        return
      }
      place.pass(step, of: page)
    }
  }
}
