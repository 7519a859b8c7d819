import Diagnostics
import LocatedYAML

// Collections whose items stand on lines of their own.

extension Emitter {
  /// - Parameters:
  ///   - isBegun: whether the first item goes on the line that was begun, behind a `-`.
  ///   - limit: where the next thing outside begins: comments up to there may belong to this collection.
  ///   - outer: the column of the key that holds it; -1 where none does.
  mutating func block(_ node: Node, indent: Int, isBegun: Bool = false, outer: Int = -1, limit: Int) {
    switch node.content {
    case .mapping(let entries): mapping(entries, indent: indent, isBegun: isBegun, limit: limit)
    case .sequence(let items): sequence(items, of: node, indent: indent, isBegun: isBegun, limit: limit)
    case .scalar, .refused: break
    }
    // A list may stand in the column of its key, and comments there are about the next key.
    let column = max(node.place.start.column - 1, outer + 1)
    writeComments(before: limit, indent: indent, notLeftOf: column)
  }

  private mutating func mapping(_ entries: [Node.Entry], indent: Int, isBegun: Bool, limit: Int) {
    let inline = Alignment.inlineValues(of: entries, in: self)
    for (index, entry) in entries.enumerated() {
      let start = source.start(entry.key.place)
      if index > 0 || !isBegun {
        writeComments(before: start, indent: indent)
        beginLine(indent, at: start)
      }
      write(source.text(start..<source.end(entry.key.place)) + ":")
      let next = index + 1 < entries.count ? source.start(entries[index + 1].key.place) : limit
      if let text = inline[index] {
        write(text)
        writeTrailingComments(before: next)
      } else {
        value(entry.value, behind: entry.key.place, indent: indent, limit: next)
      }
    }
  }

  private mutating func value(_ node: Node, behind key: Place, indent: Int, limit: Int) {
    if case .scalar(let scalar) = node.content {
      if scalar.isMissing {
        writeTrailingComments(before: limit)
        return
      }
      if scalar.style == .literal || scalar.style == .folded {
        write(" ")
        return blockText(node, scalar, indent: indent + 2, outer: key.start.column - 1)
      }
    }
    let start = source.start(node.place)
    guard isFlow(node) else {
      writeTrailingComments(before: start)
      return block(node, indent: indent + 2, outer: key.start.column - 1, limit: limit)
    }
    let isBelow = node.place.start.line > key.end.line
    let hasComments = writeComments(before: start, indent: indent + 2)
    if isBelow || hasComments { newLine(indent + 2) } else { write(" ") }
    flow(node, indent: isBelow ? indent + 2 : indent)
    writeTrailingComments(before: limit)
  }

  private mutating func sequence(
    _ items: [Node], of node: Node, indent: Int, isBegun: Bool, limit: Int
  ) {
    let inline = Alignment.inlineItems(items, in: self)
    for (index, item) in items.enumerated() {
      let start = source.start(item.place)
      let dash = source.dash(before: item)
      if index > 0 || !isBegun {
        writeComments(before: dash, indent: indent)
        beginLine(indent, at: dash)
      }
      write("-")
      let next = index + 1 < items.count ? source.dash(before: items[index + 1]) : limit
      if let text = inline[index] {
        write(" " + text)
        writeTrailingComments(before: next)
      } else {
        self.item(item, at: start, dash: dash, indent: indent, limit: next)
      }
    }
  }

  private mutating func item(_ node: Node, at start: Int, dash: Int, indent: Int, limit: Int) {
    if case .scalar(let scalar) = node.content {
      if scalar.isMissing {
        writeTrailingComments(before: limit)
        return
      }
      if scalar.style == .literal || scalar.style == .folded {
        write(" ")
        return blockText(node, scalar, indent: indent + 2, outer: dash - source.lineStart(dash))
      }
    }
    let hasComments = writeComments(before: start, indent: indent + 2)
    if hasComments { newLine(indent + 2) } else { write(" ") }
    if isFlow(node) {
      flow(node, indent: indent)
      writeTrailingComments(before: limit)
    } else {
      block(node, indent: indent + 2, isBegun: true, limit: limit)
    }
  }

  /// A text under `|` or `>`, moved as a whole.
  ///
  /// - Parameter outer: the column of what holds it, from which an indentation that is spelled out counts.
  private mutating func blockText(_ node: Node, _ scalar: Scalar, indent: Int, outer: Int) {
    let extent = source.extent(node, scalar)
    var lines = source.lines(extent.lowerBound..<source.end(node.place))
    let header = lines.removeFirst()
    let indicators = header.prefix { $0 != " " && $0 != "#" }
    keepsLineEnds = indicators.contains("+")
    if lines.last == "" || lines.last?.allSatisfy({ $0 == " " }) == true { lines.removeLast() }
    if !keepsLineEnds { while lines.last?.allSatisfy({ $0 == " " }) == true { lines.removeLast() } }
    let digit = indicators.first(where: \.isNumber)
    let column =
      digit?.wholeNumberValue.map { outer + $0 }
      ?? lines.first { !$0.allSatisfy { $0 == " " } }?.prefix { $0 == " " }.count ?? 0
    write(String(header).replacing(/^([|>][+-]?)[0-9]/) { "\($0.1)2" })
    for line in lines { writeVerbatim(moved(line, from: column, to: indent)) }
  }

  private func moved(_ line: Substring, from column: Int, to indent: Int) -> String {
    let rest = line.dropFirst(min(column, line.prefix { $0 == " " }.count))
    return rest.isEmpty ? "" : String(repeating: " ", count: indent) + rest
  }
}

extension FormatSource {
  /// The offset of the `-` of an item, which stands before it.
  func dash(before item: Node) -> Int {
    var offset = start(item.place) - 1
    // A comment between them would hide it: look for the first one from the left on earlier lines.
    while offset >= 0 {
      let isDash = byte(offset) == UInt8(ascii: "-") && byte(offset + 1).map { $0 <= 0x20 } ?? true
      if isDash, !isInComment(offset) { return offset }
      offset -= 1
    }
    return start(item.place)
  }

  private func isInComment(_ offset: Int) -> Bool {
    let index = comment(from: lineStart(offset))
    return index < comments.count && comments[index].offset <= offset
  }
}
