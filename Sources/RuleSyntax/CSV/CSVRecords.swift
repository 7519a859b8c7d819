import Diagnostics

/// A cell of a CSV file.
struct CSVCell {
  /// The text without quotes, or without the blanks around it; its place includes the quotes.
  var text: Located<String>
  var isQuoted: Bool
}

/// One line of a CSV file, or several where quoted cells hold line ends.
struct CSVRecord {
  var cells: [CSVCell]
  /// From the first cell to the last.
  var place: Place

  var isBlank: Bool { cells.count == 1 && cells[0].text.value.isEmpty && !cells[0].isQuoted }
}

/// Cuts a CSV file into records (RFC 4180), in one pass over its bytes.
struct CSVRecords {
  private let source: SourceText
  private var offset: Int
  private var line = 1
  private var column = 1
  private(set) var problems: [Diagnostic] = []

  init(_ source: SourceText) {
    self.source = source
    offset = source.bytes.starts(with: SourceText.byteOrderMark) ? SourceText.byteOrderMark.count : 0
  }

  /// The next record that is not blank; nil at the end, or after a quote that is not closed.
  mutating func next() -> CSVRecord? {
    while offset < source.bytes.count {
      guard let record = record() else { return nil }
      if !record.isBlank { return record }
    }
    return nil
  }

  private mutating func record() -> CSVRecord? {
    let start = position
    var cells: [CSVCell] = []
    while true {
      guard let cell = byte == UInt8(ascii: "\"") ? quotedCell() : plainCell() else { return nil }
      cells.append(cell)
      let end = position
      if byte == UInt8(ascii: ",") {
        advance()
      } else {
        skipLineEnd()
        return CSVRecord(cells: cells, place: Place(file: source.path, start: start, end: end))
      }
    }
  }

  private mutating func plainCell() -> CSVCell {
    while byte == 0x20 { advance() }
    let start = (position, offset)
    var end = start
    while !endsCell {
      let isBlank = byte == 0x20
      advance()
      if !isBlank { end = (position, offset) }
    }
    let text = String(decoding: source.bytes[start.1..<end.1], as: UTF8.self)
    return CSVCell(text: Located(text, at: place(from: start.0, to: end.0)), isQuoted: false)
  }

  private mutating func quotedCell() -> CSVCell? {
    let start = position
    var text: [UInt8] = []
    advance()
    while let byte {
      advance()
      if byte == UInt8(ascii: "\"") {
        guard self.byte == byte else { return closedCell(text, from: start) }
        advance()
      }
      text.append(byte)
    }
    problems.append(.unclosedQuote(at: Place(file: source.path, line: start.line, column: start.column)))
    return nil
  }

  private mutating func closedCell(_ text: [UInt8], from start: Position) -> CSVCell {
    let place = place(from: start, to: position)
    while byte == 0x20 { advance() }
    if !endsCell {
      problems.append(.textBehindQuote(at: Place(file: source.path, line: line, column: column)))
    }
    while !endsCell { advance() }
    return CSVCell(text: Located(String(decoding: text, as: UTF8.self), at: place), isQuoted: true)
  }

  private var byte: UInt8? { offset < source.bytes.count ? source.bytes[offset] : nil }

  private var position: Position { Position(line: line, column: column) }

  private func place(from start: Position, to end: Position) -> Place {
    Place(file: source.path, start: start, end: end)
  }

  private var endsCell: Bool {
    byte == nil || byte == UInt8(ascii: ",") || byte == 0x0A || byte == 0x0D
  }

  /// To the next byte; a code point counts as one column.
  private mutating func advance() {
    let isLineEnd = byte == 0x0A
    offset += 1
    if isLineEnd {
      (line, column) = (line + 1, 1)
    } else if byte.map({ $0 & 0xC0 != 0x80 }) ?? true {
      column += 1
    }
  }

  private mutating func skipLineEnd() {
    if byte == 0x0D { advance() }
    if byte == 0x0A { advance() }
  }
}
