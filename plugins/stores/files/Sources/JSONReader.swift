import PluginAPI

/// The elements of a JSON array, or JSON objects one after another, with any white space between them.
///
/// Nothing but the element that is being read stays in memory. A comma too few or too many is reported and
/// mended; any other fault between elements ends the reading, because what follows could be anything.
struct JSONReader: RecordReader {
  private enum Expectation {
    /// An array or the first of several objects.
    case start
    /// In an array: an element, or its end where nothing stands before it.
    case firstElement
    /// In an array: an element, after a comma.
    case element
    /// In an array, after an element.
    case comma
    /// Outside of an array.
    case object
    /// After an array.
    case nothing
  }

  private let name: String
  private var window: InputWindow
  private(set) var line = 1
  private var expectation = Expectation.start
  private var arrayLine = 1
  /// What is known of the element at the window's start; nil between elements.
  private var scanner: JSONValueScanner?
  /// How many bytes of it were dropped because it is too long.
  private var droppedCount = 0
  /// How many line ends those bytes held.
  private var droppedLineEnds = 0
  private var isOver = false

  init(_ window: InputWindow, name: String) {
    self.window = window
    self.name = name
  }

  mutating func next(limit: Int) -> TicketPage? {
    var page = TicketPage(source: name)
    while !isOver {
      let buffer = window.bytes
      buffer.withUnsafeBufferPointer { take(from: $0, into: &page, limit: limit) }
      page.buffer = buffer
      if !page.isEmpty { return page }
      if !isOver, !window.refill() { finish(&page) }
    }
    return page.isEmpty ? nil : page
  }

  /// Takes what is whole within `bytes`.
  private mutating func take(
    from bytes: UnsafeBufferPointer<UInt8>, into page: inout TicketPage, limit: Int
  ) {
    while !isOver, !page.isFull(limit) {
      if scanner == nil {
        skipSpace(in: bytes)
        guard window.start < bytes.count else { return }
        takeSeparator(bytes[window.start], into: &page)
      } else if let end = scanner?.end(in: bytes, from: window.start) {
        takeElement(upTo: end, into: &page)
      } else {
        return dropIfTooLong(bytes)
      }
    }
  }

  private mutating func skipSpace(in bytes: UnsafeBufferPointer<UInt8>) {
    while window.start < bytes.count, bytes[window.start].isJSONSpace {
      if bytes[window.start] == 0x0A { line += 1 }
      window.start += 1
    }
  }

  /// What stands between elements, up to the first byte of one.
  private mutating func takeSeparator(_ byte: UInt8, into page: inout TicketPage) {
    switch (expectation, byte) {
    case (.start, UInt8(ascii: "[")):
      arrayLine = line
      skip(thenExpect: .firstElement)
    case (.nothing, _):
      give(up: &page, Messages.afterArray)
    case (.firstElement, UInt8(ascii: "]")), (.comma, UInt8(ascii: "]")):
      skip(thenExpect: .nothing)
    case (.comma, UInt8(ascii: ",")):
      skip(thenExpect: .element)
    case (.firstElement, UInt8(ascii: ",")), (.element, UInt8(ascii: ",")):
      page.addMalformed(line: line, Messages.missingElement(byte))
      skip(thenExpect: .element)
    case (.element, UInt8(ascii: "]")):
      page.addMalformed(line: line, Messages.missingElement(byte))
      skip(thenExpect: .nothing)
    case (_, UInt8(ascii: ",")), (_, UInt8(ascii: "]")), (_, UInt8(ascii: "}")):
      give(up: &page, Messages.unexpected(byte))
    default:
      if expectation == .comma { page.addMalformed(line: line, Messages.missingComma) }
      scanner = JSONValueScanner()
    }
  }

  private mutating func skip(thenExpect next: Expectation) {
    window.start += 1
    expectation = next
  }

  private mutating func give(up page: inout TicketPage, _ message: String) {
    page.addMalformed(line: line, message)
    isOver = true
  }

  private mutating func takeElement(upTo end: Int, into page: inout TicketPage) {
    let size = droppedCount + end - window.start
    if size > recordLimit {
      page.addMalformed(line: line, Messages.tooLong("element", size))
    } else {
      page.records.append(.init(range: window.start..<end, line: line))
    }
    line += droppedLineEnds + window.lineEnds(upTo: end)
    window.start = end
    scanner = nil
    droppedCount = 0
    droppedLineEnds = 0
    expectation = expectation == .start || expectation == .object ? .object : .comma
  }

  /// Keeps the memory bounded: the bytes of an element over the limit are counted, not kept.
  private mutating func dropIfTooLong(_ bytes: UnsafeBufferPointer<UInt8>) {
    let pending = bytes.count - window.start
    guard droppedCount + pending > recordLimit else { return }
    droppedCount += pending
    droppedLineEnds += window.lineEnds(upTo: bytes.count)
    scanner?.forget(pending)
    window.drop()
  }

  private mutating func finish(_ page: inout TicketPage) {
    isOver = true
    if window.isCutShort { return }
    if scanner != nil, !takeLastScalar(into: &page) {
      page.addMalformed(line: line, Messages.unfinishedElement)
    } else if [.firstElement, .element, .comma].contains(expectation) {
      page.addMalformed(line: line, Messages.unclosedArray(from: arrayLine))
    }
  }

  /// A number or a word may end with the file.
  private mutating func takeLastScalar(into page: inout TicketPage) -> Bool {
    guard let first = window.bytes[window.start...].first, !Array("{[\"".utf8).contains(first),
      droppedCount == 0
    else {
      return false
    }
    page.buffer = window.bytes
    takeElement(upTo: window.bytes.count, into: &page)
    return true
  }
}
