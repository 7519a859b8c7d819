import PluginAPI

/// Comma-separated values (RFC 4180): the first row names the fields, each other row becomes one JSON object.
///
/// Every cell is a JSON string, an empty one is left out. After a row whose quotes are wrong the reading goes on with
/// the next line, so that a quote that is never closed costs one row and not the rest of the file.
struct CSVReader: RecordReader {
  private static let pageSize = 256 << 10

  private let name: String
  private var window: InputWindow
  private(set) var line = 1
  private var header: CSVHeader?
  private var scanner = CSVRowScanner()
  private var row = CSVRow()
  /// Whether the window begins within a line that is left out.
  private var isWithinSkippedLine = false
  private var isOver = false

  init(_ window: InputWindow, name: String) {
    self.window = window
    self.name = name
  }

  mutating func next(limit: Int) -> TicketPage? {
    var page = TicketPage(source: name)
    page.buffer.reserveCapacity(Self.pageSize)
    repeat {
      takeRows(into: &page, limit: limit)
      if isComplete(page, limit) { return page }
    } while !isOver && window.refill()
    while !isOver, !isComplete(page, limit), window.pendingCount > 0, !window.isCutShort {
      takeLastRow(into: &page)
      takeRows(into: &page, limit: limit)
    }
    return page.isEmpty ? nil : page
  }

  private func isComplete(_ page: TicketPage, _ limit: Int) -> Bool {
    page.isFull(limit) || page.buffer.count >= Self.pageSize
  }

  /// Takes the rows that are whole within the window.
  private mutating func takeRows(into page: inout TicketPage, limit: Int) {
    let buffer = window.bytes
    buffer.withUnsafeBufferPointer { bytes in
      if isWithinSkippedLine { skipLine(bytes) }
      while !isOver, !isComplete(page, limit) {
        if let end = scanner.end(in: bytes, from: window.start) {
          takeRow(bytes, upTo: end, into: &page)
        } else if window.pendingCount > recordLimit {
          skipLongRow(bytes, into: &page)
        } else {
          return
        }
      }
    }
  }

  /// The row that the file ends in: without a line end, or with a quote that is not closed.
  private mutating func takeLastRow(into page: inout TicketPage) {
    let buffer = window.bytes
    buffer.withUnsafeBufferPointer { takeRow($0, upTo: $0.count, into: &page) }
  }

  private mutating func takeRow(
    _ bytes: UnsafeBufferPointer<UInt8>, upTo newline: Int, into page: inout TicketPage
  ) {
    let range = window.start..<newline
    let end = range.last.map { bytes[$0] == 0x0D ? $0 : newline } ?? newline
    let lineEnds = scanner.lineEnds
    scanner = CSVRowScanner()
    if range.lowerBound < end {
      do {
        try row.split(bytes, range.lowerBound..<end)
        take(bytes, into: &page)
      } catch {
        fail(Messages.csv(error), into: &page)
        // Only the first of its lines: the quotes of the others may be another row's.
        return skipLine(bytes)
      }
    }
    window.start = min(newline + 1, bytes.count)
    line += lineEnds + 1
  }

  private mutating func skipLine(_ bytes: UnsafeBufferPointer<UInt8>) {
    let newline = firstIndex(of: 0x0A, in: bytes, from: window.start)
    isWithinSkippedLine = newline == nil
    guard let newline else { return window.drop() }
    window.start = newline + 1
    line += 1
  }

  /// What the row that was split becomes.
  private mutating func take(_ bytes: UnsafeBufferPointer<UInt8>, into page: inout TicketPage) {
    guard let header else { return takeHeader(bytes, into: &page) }
    guard row.cellCount == header.columnCount else {
      return fail(Messages.cellCount(row.cellCount, header.columnCount), into: &page)
    }
    let start = page.buffer.count
    header.append(row, of: bytes, to: &page.buffer)
    page.records.append(.init(range: start..<page.buffer.count, line: line))
  }

  private mutating func takeHeader(_ bytes: UnsafeBufferPointer<UInt8>, into page: inout TicketPage) {
    guard row.cellCount <= CSVRow.cellLimit else {
      return fail(Messages.tooManyColumns(row.cellCount, CSVRow.cellLimit), into: &page)
    }
    do throws(CSVHeader.Problem) {
      header = try CSVHeader(row.cells.map { row.text(of: $0, in: bytes) })
    } catch {
      fail(error.message, into: &page)
    }
  }

  /// Without a header there is nothing to read the rest by.
  private mutating func fail(_ message: String, into page: inout TicketPage) {
    isOver = header == nil
    page.addMalformed(line: line, isOver ? Messages.withoutHeader(message) : message)
  }

  /// A row over the limit is reported, and the reading goes on behind its first line, whose size does not matter.
  private mutating func skipLongRow(_ bytes: UnsafeBufferPointer<UInt8>, into page: inout TicketPage) {
    fail(Messages.longRow, into: &page)
    scanner = CSVRowScanner()
    skipLine(bytes)
  }
}
