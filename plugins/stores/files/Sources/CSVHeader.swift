import PluginAPI

/// The columns of a CSV file as the JSON object that each row becomes: `contact.name` is `name` within `contact`.
struct CSVHeader {
  struct Problem: Error { var message: String }

  /// One member of an object: a column's cell, or an object of its own.
  private struct Member {
    var name: String
    /// The name as JSON, with the colon.
    var key: [UInt8]
    var content: Content
  }

  private indirect enum Content {
    case column(Int)
    case object([Member])
  }

  private static let depthLimit = 64

  let columnCount: Int
  private var members = [Member]()

  init(_ names: [String]) throws(Problem) {
    columnCount = names.count
    for (column, name) in names.enumerated() {
      let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      try Self.check(name, parts, column)
      try Self.insert(parts[...], column, named: name, into: &members)
    }
  }

  private static func check(_ name: String, _ parts: [String], _ column: Int) throws(Problem) {
    if name.isEmpty { throw Problem(message: Messages.columnWithoutName(column + 1)) }
    if parts.contains("") { throw Problem(message: Messages.columnWithEmptyPart(name)) }
    if parts.count > depthLimit { throw Problem(message: Messages.columnTooDeep(column + 1, depthLimit)) }
    let edges = [name.unicodeScalars.first, name.unicodeScalars.last]
    if edges.contains(" ") { throw Problem(message: Messages.columnWithSpace(name)) }
    if name.unicodeScalars.contains(where: { $0.value < 0x20 }) {
      throw Problem(message: Messages.columnWithControlCharacter(column + 1))
    }
  }

  private static func insert(
    _ parts: ArraySlice<String>, _ column: Int, named name: String, into members: inout [Member]
  ) throws(Problem) {
    guard let part = parts.first else { return }
    let rest = parts.dropFirst()
    guard let index = members.firstIndex(where: { $0.name.utf8.elementsEqual(part.utf8) }) else {
      var content = Content.column(column)
      if !rest.isEmpty {
        var inner = [Member]()
        try insert(rest, column, named: name, into: &inner)
        content = .object(inner)
      }
      members.append(Member(name: part, key: key(part), content: content))
      return
    }
    guard case .object(var inner) = members[index].content else {
      throw Problem(message: rest.isEmpty ? Messages.repeatedColumn(name) : Messages.columnWithinText(name))
    }
    if rest.isEmpty { throw Problem(message: Messages.columnBesideObject(name)) }
    try insert(rest, column, named: name, into: &inner)
    members[index].content = .object(inner)
  }

  private static func key(_ name: String) -> [UInt8] {
    var key = [UInt8]()
    key.appendJSONString(name)
    key.append(UInt8(ascii: ":"))
    return key
  }

  /// Appends `row`, which has as many cells as there are columns, as a JSON object without its empty cells.
  func append(_ row: CSVRow, of bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
    _ = append(members, row, bytes, to: &output)
  }

  /// Whether the object has any member.
  private func append(
    _ members: [Member], _ row: CSVRow, _ bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]
  ) -> Bool {
    output.append(UInt8(ascii: "{"))
    let empty = output.count
    for member in members {
      let before = output.count
      if before > empty { output.append(UInt8(ascii: ",")) }
      output += member.key
      if !append(member.content, row, bytes, to: &output) { output.removeLast(output.count - before) }
    }
    output.append(UInt8(ascii: "}"))
    return output.count > empty + 1
  }

  private func append(
    _ content: Content, _ row: CSVRow, _ bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]
  ) -> Bool {
    switch content {
    case .object(let members):
      return append(members, row, bytes, to: &output)
    case .column(let column):
      let cell = row.cells[column]
      if cell.range.isEmpty { return false }
      output.append(UInt8(ascii: "\""))
      row.forEachPiece(of: cell, in: bytes) { output.appendJSONStringContent($0.span) }
      output.append(UInt8(ascii: "\""))
      return true
    }
  }
}

extension CSVRow {
  /// The cell's bytes with single quotes for doubled ones, in the pieces that lie together.
  func forEachPiece(
    of cell: Cell, in bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Void
  ) {
    var start = cell.range.lowerBound
    if cell.hasQuotes {
      var index = start
      while index < cell.range.upperBound {
        if bytes[index] == UInt8(ascii: "\"") {
          body(UnsafeBufferPointer(rebasing: bytes[start...index]))
          index += 1
          start = index + 1
        }
        index += 1
      }
    }
    body(UnsafeBufferPointer(rebasing: bytes[start..<cell.range.upperBound]))
  }

  func text(of cell: Cell, in bytes: UnsafeBufferPointer<UInt8>) -> String {
    var text = [UInt8]()
    forEachPiece(of: cell, in: bytes) { text += $0 }
    return String(decoding: text, as: UTF8.self)
  }
}
