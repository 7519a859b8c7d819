import PluginAPI

/// Newline-delimited JSON: each line that is not blank is a record.
///
/// Lines are handed over as slices of what was read, unread: whether they are JSON is the engine's decoder to say.
struct LineReader: RecordReader {
  private let name: String
  private var window: InputWindow
  private var endedLines = 0

  init(_ window: InputWindow, name: String) {
    self.window = window
    self.name = name
  }

  var line: Int { endedLines + 1 }

  mutating func next(limit: Int) -> TicketPage? {
    var page = TicketPage(source: name)
    repeat {
      takeLines(into: &page, limit: limit)
      if page.isEmpty, window.pendingCount > recordLimit { skipLongLine(into: &page) }
      if !page.isEmpty { return page }
    } while window.refill()
    takeLastLine(into: &page)
    return page.isEmpty ? nil : page
  }

  private mutating func takeLines(into page: inout TicketPage, limit: Int) {
    let buffer = window.bytes
    buffer.withUnsafeBufferPointer { bytes in
      var start = window.start
      while !page.isFull(limit), let end = firstIndex(of: 0x0A, in: bytes, from: start) {
        take(start..<end, of: bytes, into: &page)
        endedLines += 1
        start = end + 1
      }
      window.start = start
    }
    page.buffer = buffer
  }

  /// A file may end without a newline.
  private mutating func takeLastLine(into page: inout TicketPage) {
    guard !window.isCutShort, window.pendingCount > 0 else { return }
    window.bytes.withUnsafeBufferPointer { take(window.start..<$0.count, of: $0, into: &page) }
    page.buffer = window.bytes
    window.drop()
  }

  private func take(_ range: Range<Int>, of bytes: UnsafeBufferPointer<UInt8>, into page: inout TicketPage) {
    let end =
      range.upperBound > range.lowerBound && bytes[range.upperBound - 1] == 0x0D
      ? range.upperBound - 1 : range.upperBound
    let range = range.lowerBound..<end
    if range.isEmpty || bytes[range.lowerBound] <= 0x20 && bytes[range].allSatisfy(\.isJSONSpace) { return }
    if range.count > recordLimit {
      page.addMalformed(line: line, Messages.tooLong("line", range.count))
    } else {
      page.records.append(.init(range: range, line: line))
    }
  }

  /// Counts and forgets a line of any length in bounded memory.
  private mutating func skipLongLine(into page: inout TicketPage) {
    var size = 0
    var end: Int?
    repeat {
      end = window.bytes.withUnsafeBufferPointer { firstIndex(of: 0x0A, in: $0, from: window.start) }
      size += (end ?? window.bytes.count) - window.start
      window.start = end ?? window.bytes.count
    } while end == nil && window.refill()
    page.addMalformed(line: line, Messages.tooLong("line", size))
    endedLines += 1
    window.start = min(window.start + 1, window.bytes.count)
  }
}
