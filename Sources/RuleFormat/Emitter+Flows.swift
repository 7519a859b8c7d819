import Diagnostics
import LocatedYAML

// Collections in brackets, and texts within a line.

extension Emitter {
  /// On the line that was begun; over several lines where it was written so.
  mutating func flow(_ node: Node, indent: Int) {
    if let text = lineText(node) { return write(text) }
    switch node.content {
    case .scalar: foldedText(node, indent: indent + 2)
    case .sequence(let items):
      brackets("[", "]", node, indent, starts: items.map(\.place)) { emitter, index in
        emitter.flow(items[index], indent: indent + 2)
      }
    case .mapping(let entries):
      let places = entries.map { Place(file: "", start: $0.key.place.start, end: $0.value.place.end) }
      brackets("{", "}", node, indent, starts: places) { emitter, index in
        emitter.flowEntry(entries[index], indent: indent + 2)
      }
    case .refused: break
    }
  }

  private mutating func brackets(
    _ opening: String, _ closing: String, _ node: Node, _ indent: Int, starts: [Place],
    _ writeItem: (inout Emitter, Int) -> Void
  ) {
    write(opening)
    var line = node.place.start.line
    for (index, place) in starts.enumerated() {
      let start = source.start(place)
      let hasComments = writeComments(before: start, indent: indent + 2)
      if place.start.line > line || hasComments {
        beginLine(indent + 2, at: start)
      } else if index > 0 {
        write(" ")
      }
      writeItem(&self, index)
      if index + 1 < starts.count { write(",") }
      line = place.end.line
    }
    let end = source.end(node.place) - 1
    let hasComments = writeComments(before: end, indent: indent + 2)
    if node.place.end.line > line || hasComments { newLine(closingIndent(end, indent)) }
    write(closing)
  }

  /// As far to the left as it was: some readers want it behind the key, libyaml does not care.
  private func closingIndent(_ end: Int, _ indent: Int) -> Int {
    let column = end - source.lineStart(end)
    return column > indent ? indent + 2 : indent
  }

  private mutating func flowEntry(_ entry: Node.Entry, indent: Int) {
    write(source.text(source.start(entry.key.place)..<source.end(entry.key.place)) + ": ")
    let start = source.start(entry.value.place)
    if case .scalar(let scalar) = entry.value.content, scalar.isMissing { return }
    if writeComments(before: start, indent: indent + 2) { newLine(indent + 2) }
    flow(entry.value, indent: indent)
  }

  /// A text over several lines, whose indentation means nothing.
  private mutating func foldedText(_ node: Node, indent: Int) {
    let lines = source.lines(source.start(node.place)..<source.end(node.place))
    write(String(lines[0].trimmedEnd))
    for line in lines.dropFirst() {
      let rest = line.drop { $0 == " " || $0 == "\t" }.trimmedEnd
      if rest.isEmpty {
        writeVerbatim("")
      } else {
        newLine(indent)
        write(String(rest))
      }
    }
  }

  /// The node as it stands on one line; nil where it was written over several, or holds a comment.
  func lineText(_ node: Node) -> String? {
    guard node.place.start.line == node.place.end.line else { return nil }
    switch node.content {
    case .scalar(let scalar):
      if scalar.style == .literal || scalar.style == .folded { return nil }
      return source.text(source.start(node.place)..<source.end(node.place))
    case .sequence(let items):
      if items.isEmpty { return "[]" }
      let texts = items.compactMap(lineText)
      return texts.count == items.count ? "[" + texts.joined(separator: ", ") + "]" : nil
    case .mapping(let entries):
      let texts = entries.compactMap(entryText)
      guard texts.count == entries.count else { return nil }
      // A single pair in a list needs no braces.
      let isBare = source.byte(source.start(node.place)) != UInt8(ascii: "{")
      return isBare ? texts.joined(separator: ", ") : braced(texts)
    case .refused: return nil
    }
  }

  func entryText(_ entry: Node.Entry) -> String? {
    let key = source.text(source.start(entry.key.place)..<source.end(entry.key.place))
    if case .scalar(let scalar) = entry.value.content, scalar.isMissing { return key + ": " }
    return lineText(entry.value).map { key + ": " + $0 }
  }

  func braced(_ texts: [String]) -> String { "{" + texts.joined(separator: ", ") + "}" }
}

extension Substring {
  /// Without white space at the end, unless a backslash keeps it.
  fileprivate var trimmedEnd: Substring {
    var text = self
    while let last = text.last, last == " " || last == "\t" {
      if text.dropLast().last == "\\" { break }
      text.removeLast()
    }
    return text
  }
}
