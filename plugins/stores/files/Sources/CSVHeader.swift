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
  /// The object in the order of its text.
  private var steps = [Step]()

  private enum Step {
    case column(Int, key: [UInt8])
    case open(key: [UInt8])
    case close
  }

  init(_ names: [String]) throws(Problem) {
    columnCount = names.count
    var members = [Member]()
    for (column, name) in names.enumerated() {
      let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      try Self.check(name, parts, column)
      try Self.insert(parts[...], column, named: name, into: &members)
    }
    addSteps(members)
  }

  private mutating func addSteps(_ members: [Member]) {
    for member in members {
      switch member.content {
      case .column(let column):
        steps.append(.column(column, key: member.key))
      case .object(let inner):
        steps.append(.open(key: member.key))
        addSteps(inner)
        steps.append(.close)
      }
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

  /// Appends `row`, which has as many cells as there are columns, as a JSON object without its empty cells, and without
  /// the objects that have none.
  func append(_ row: CSVRow, of bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
    var opened = [Int]()
    output.append(UInt8(ascii: "{"))
    for step in steps {
      switch step {
      case .column(let column, let key):
        let cell = row.cells[column]
        if !cell.range.isEmpty { output.appendMember(key) { row.append(cell, of: bytes, to: &$0) } }
      case .open(let key):
        opened.append(output.count)
        output.appendMember(key) { $0.append(UInt8(ascii: "{")) }
      case .close:
        let start = opened.removeLast()
        if output.last == UInt8(ascii: "{") {
          output.removeLast(output.count - start)
        } else {
          output.append(UInt8(ascii: "}"))
        }
      }
    }
    output.append(UInt8(ascii: "}"))
  }
}

extension [UInt8] {
  /// Appends a member of an object, after a comma where it is not the first.
  @inline(__always)
  fileprivate mutating func appendMember(_ key: [UInt8], _ value: (inout [UInt8]) -> Void) {
    if last != UInt8(ascii: "{") { append(UInt8(ascii: ",")) }
    append(contentsOf: key)
    value(&self)
  }
}

extension CSVRow {
  /// Appends the cell as a JSON string.
  fileprivate func append(_ cell: Cell, of bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
    if !cell.hasQuotes {
      return output.appendJSONString(UnsafeBufferPointer(rebasing: bytes[cell.range]).span)
    }
    output.appendJSONString(Self.withoutDoubledQuotes(bytes[cell.range]).span)
  }

  func text(of cell: Cell, in bytes: UnsafeBufferPointer<UInt8>) -> String {
    String(decoding: Self.withoutDoubledQuotes(bytes[cell.range]), as: UTF8.self)
  }

  /// The cell's content: each quote in it stands twice in the file.
  private static func withoutDoubledQuotes(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> [UInt8] {
    var content = [UInt8]()
    var isSecond = false
    for byte in bytes {
      isSecond = byte == UInt8(ascii: "\"") && !isSecond
      if byte != UInt8(ascii: "\"") || isSecond { content.append(byte) }
    }
    return content
  }
}
