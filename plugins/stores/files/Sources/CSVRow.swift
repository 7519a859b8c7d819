/// One row of a CSV file, split into cells (RFC 4180, section 2).
struct CSVRow {
  struct Cell {
    /// The cell's bytes, without the quotes around it.
    var range: Range<Int>
    /// Whether quotes stand doubled in it.
    var hasQuotes = false
  }

  enum Problem: Error {
    case quoteInPlainCell
    case textAfterQuote
    case unclosedQuote
  }

  /// How many cells are kept, so that a broken row of millions takes no more memory than a good one.
  static let cellLimit = 4096

  /// The first cells, at most `cellLimit` of them.
  private(set) var cells = [Cell]()
  private(set) var cellCount = 0

  /// Splits the row at `range`, which has no line end. The cells of the row before are forgotten.
  mutating func split(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) throws(Problem) {
    cells.removeAll(keepingCapacity: true)
    cellCount = 0
    var index = range.lowerBound
    while true {
      if index < range.upperBound, bytes[index] == UInt8(ascii: "\"") {
        try takeQuoted(bytes, from: &index, upTo: range.upperBound)
      } else {
        try takePlain(bytes, from: &index, upTo: range.upperBound)
      }
      guard index < range.upperBound else { return }
      index += 1
    }
  }

  /// Moves to the comma behind the cell, or to `end`.
  private mutating func takePlain(
    _ bytes: UnsafeBufferPointer<UInt8>, from index: inout Int, upTo end: Int
  ) throws(Problem) {
    let start = index
    while index < end, bytes[index] != UInt8(ascii: ",") {
      if bytes[index] == UInt8(ascii: "\"") { throw .quoteInPlainCell }
      index += 1
    }
    append(Cell(range: start..<index))
  }

  private mutating func append(_ cell: Cell) {
    cellCount += 1
    if cells.count < Self.cellLimit { cells.append(cell) }
  }

  private mutating func takeQuoted(
    _ bytes: UnsafeBufferPointer<UInt8>, from index: inout Int, upTo end: Int
  ) throws(Problem) {
    var cell = Cell(range: index + 1..<index + 1)
    index += 1
    while true {
      while index < end, bytes[index] != UInt8(ascii: "\"") { index += 1 }
      guard index < end else { throw .unclosedQuote }
      guard index + 1 < end, bytes[index + 1] == UInt8(ascii: "\"") else { break }
      cell.hasQuotes = true
      index += 2
    }
    cell.range = cell.range.lowerBound..<index
    append(cell)
    index += 1
    if index < end, bytes[index] != UInt8(ascii: ",") { throw .textAfterQuote }
  }
}

/// Finds where a CSV row ends, in as many pieces as it comes: at the first line end outside of quotes.
struct CSVRowScanner {
  private var scannedCount = 0
  private var isInQuotes = false
  /// How many line ends stand within quotes.
  private(set) var lineEnds = 0

  /// The index of the line end behind the row that starts at `start`, or nil where `bytes` end before it does.
  mutating func end(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var index = start + scannedCount
    while let newline = firstIndex(of: 0x0A, in: bytes, from: index) {
      toggle(bytes, index..<newline)
      if !isInQuotes { return newline }
      lineEnds += 1
      index = newline + 1
    }
    toggle(bytes, index..<bytes.count)
    scannedCount = bytes.count - start
    return nil
  }

  private mutating func toggle(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    var index = range.lowerBound
    while let quote = firstIndex(of: UInt8(ascii: "\""), in: bytes, from: index, upTo: range.upperBound) {
      isInQuotes.toggle()
      index = quote + 1
    }
  }
}
