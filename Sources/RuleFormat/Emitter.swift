import Diagnostics
import LocatedYAML

/// Writes nodes line by line, with the comments that stood before and beside them.
struct Emitter {
  let source: FormatSource
  let alignsRows: Bool
  private var output: [String] = []
  private var line = ""
  /// Of the comments, how many were written.
  private var written = 0
  /// Whether the last text keeps the line ends behind it (`|+`), so that a blank line would be part of it.
  var keepsLineEnds = false

  init(_ source: FormatSource, alignsRows: Bool) {
    self.source = source
    self.alignsRows = alignsRows
  }

  /// What was written, with a line end behind the last line.
  var text: String {
    let lines = line.isEmpty ? output : output + [line]
    return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
  }

  mutating func document(_ root: Node) {
    let start = source.start(root.place)
    writeComments(before: start, indent: 0)
    if isFlow(root) {
      beginLine(0, at: start)
      flow(root, indent: 0)
      writeTrailingComments(before: .max)
    } else {
      block(root, indent: 0, limit: .max)
    }
    writeComments(before: .max, indent: 0)
  }

  /// Whether a node stands in brackets, or is a text: all that begins on the line of its key.
  func isFlow(_ node: Node) -> Bool {
    switch node.content {
    case .scalar, .refused: true
    case .sequence: source.byte(source.start(node.place)) == UInt8(ascii: "[")
    case .mapping: source.byte(source.start(node.place)) == UInt8(ascii: "{")
    }
  }
}

// MARK: Lines

extension Emitter {
  mutating func write(_ text: String) { line += text }

  /// Ends the line that was begun, if any, and begins one.
  mutating func newLine(_ indent: Int) {
    if !line.isEmpty { output.append(trimmed(line)) }
    line = String(repeating: " ", count: indent)
  }

  /// Begins the line of what stands at `offset`, behind a blank line where there was one.
  mutating func beginLine(_ indent: Int, at offset: Int) {
    let isFirst = output.isEmpty && line.isEmpty
    newLine(indent)
    if !isFirst, !keepsLineEnds, source.hasBlankLine(before: offset), output.last != "" { output.append("") }
    keepsLineEnds = false
  }

  /// A line of a text that must stay as it is.
  mutating func writeVerbatim(_ text: String) {
    if !line.isEmpty { output.append(line) }
    output.append(text)
    line = ""
  }

  /// Writes the comments that stand before `offset`: those alone on a line at `indent`.
  ///
  /// - Parameter column: comments that stand further left are left for whoever comes next.
  /// - Returns: whether there was one.
  @discardableResult
  mutating func writeComments(before offset: Int, indent: Int, notLeftOf column: Int = 0) -> Bool {
    let first = written
    while written < source.comments.count, source.comments[written].offset < offset {
      let comment = source.comments[written]
      if comment.isAlone {
        if comment.column < column { break }
        beginLine(comment.text.first == "#" ? indent : 0, at: comment.offset)
        write(comment.text)
      } else {
        write(String(repeating: " ", count: max(1, comment.gap)) + comment.text)
      }
      written += 1
    }
    return written > first
  }

  /// Writes the comment that stands behind what was written last, on the same line.
  @discardableResult
  mutating func writeTrailingComments(before offset: Int) -> Bool {
    guard written < source.comments.count, !source.comments[written].isAlone else { return false }
    let end = min(offset, source.comments[written].offset + 1)
    return writeComments(before: end, indent: 0)
  }

  func hasComments(before offset: Int) -> Bool {
    written < source.comments.count && source.comments[written].offset < offset
  }

  private func trimmed(_ line: String) -> String {
    String(line.reversed().drop { $0 == " " }.reversed())
  }
}
