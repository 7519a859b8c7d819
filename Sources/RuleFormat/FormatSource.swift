import Diagnostics
import LocatedYAML

/// A comment, or a marker of the document such as `---`, which is kept like one.
struct Comment {
  var offset: Int
  /// From the `#` on, without white space at the end.
  var text: String
  /// Whether nothing stands before it on its line.
  var isAlone: Bool
  /// Counted from 0.
  var column: Int
  /// How many spaces stand before it on its line.
  var gap: Int
}

/// The text of a file with what libyaml leaves out of its nodes: comments, blank lines and spaces.
struct FormatSource {
  let source: SourceText
  let lines: LineIndex
  private(set) var comments: [Comment] = []

  init(_ source: SourceText, root: Node) {
    self.source = source
    lines = LineIndex(source)
    comments = commentsBetween(scalars(of: root))
  }

  func start(_ place: Place) -> Int { lines.offset(of: place.start) }
  func end(_ place: Place) -> Int { lines.offset(of: place.end) }
  func text(_ range: Range<Int>) -> String { String(decoding: source.bytes[range], as: UTF8.self) }

  /// The lines of a stretch, without their ends.
  func lines(_ range: Range<Int>) -> [Substring] {
    // A line end of two characters is one Character, which a line feed does not equal.
    text(range).replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
  }

  func byte(_ offset: Int) -> UInt8? { source.bytes.indices.contains(offset) ? source.bytes[offset] : nil }

  /// Whether the line before the one at `offset` is blank.
  func hasBlankLine(before offset: Int) -> Bool {
    let lineStart = self.lineStart(offset)
    guard lineStart > 0 else { return false }
    let previous = self.lineStart(lineStart - 1)
    return source.bytes[previous..<lineStart].allSatisfy { $0 <= 0x20 }
  }

  func lineStart(_ offset: Int) -> Int {
    (source.bytes[..<offset].lastIndex(of: 0x0A) ?? -1) + 1
  }

  /// The index of the first comment at or behind `offset`. O(log comments).
  func comment(from offset: Int) -> Int {
    var (low, high) = (0, comments.count)
    while low < high {
      let middle = (low + high) / 2
      if comments[middle].offset < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// How many spaces stand from `offset` on.
  func spaces(from offset: Int) -> Int {
    source.bytes[offset...].prefix { $0 == 0x20 || $0 == 0x09 }.count
  }

  /// The stretches of all keys and texts, in order.
  private func scalars(of node: Node) -> [Range<Int>] {
    var found: [Range<Int>] = []
    func visit(_ node: Node) {
      switch node.content {
      case .scalar(let scalar): if !scalar.isMissing { found.append(extent(node, scalar)) }
      case .sequence(let items): items.forEach(visit)
      case .mapping(let entries):
        for entry in entries {
          found.append(start(entry.key.place)..<end(entry.key.place))
          visit(entry.value)
        }
      case .refused: break
      }
    }
    visit(node)
    return found
  }

  /// Where a text stands. libyaml lets a block end behind the blank lines that follow it.
  func extent(_ node: Node, _ scalar: Scalar) -> Range<Int> {
    let start = start(node.place)
    var end = end(node.place)
    guard scalar.style == .literal || scalar.style == .folded else { return start..<end }
    while end > start, let last = byte(end - 1), last <= 0x20 { end -= 1 }
    return start..<end
  }

  private func commentsBetween(_ scalars: [Range<Int>]) -> [Comment] {
    var found: [Comment] = []
    var offset = source.bytes.starts(with: SourceText.byteOrderMark) ? 3 : 0
    for scalar in scalars + [source.bytes.count..<source.bytes.count] {
      findComments(in: offset..<max(offset, scalar.lowerBound), &found)
      offset = max(offset, scalar.upperBound)
    }
    return found
  }

  private func findComments(in gap: Range<Int>, _ found: inout [Comment]) {
    var offset = gap.lowerBound
    while offset < gap.upperBound {
      let isMarker = isMarker(at: offset)
      guard source.bytes[offset] == UInt8(ascii: "#") || isMarker else {
        offset += 1
        continue
      }
      let end = isMarker ? offset + 3 : source.bytes[offset...].firstIndex(of: 0x0A) ?? source.bytes.count
      found.append(comment(offset..<end))
      offset = end
    }
  }

  /// Whether `---` or `...` begins a line at `offset`.
  private func isMarker(at offset: Int) -> Bool {
    guard let byte = byte(offset), byte == UInt8(ascii: "-") || byte == UInt8(ascii: "."),
      offset == 0 || self.byte(offset - 1) == 0x0A
    else { return false }
    return self.byte(offset + 1) == byte && self.byte(offset + 2) == byte
  }

  private func comment(_ range: Range<Int>) -> Comment {
    let start = lineStart(range.lowerBound)
    let before = source.bytes[start..<range.lowerBound]
    let gap = before.reversed().prefix { $0 == 0x20 || $0 == 0x09 }.count
    var end = range.upperBound
    while end > range.lowerBound, let last = byte(end - 1), last <= 0x20 { end -= 1 }
    return Comment(
      offset: range.lowerBound, text: text(range.lowerBound..<end), isAlone: gap == before.count,
      column: before.count, gap: gap)
  }
}
