public import Diagnostics

/// Where each character of a scalar's text stands in the source, through quotes, escapes, folds and indentation.
public struct ScalarLocator: Sendable {
  private let lines: LineIndex
  private let start: Int
  /// The bytes that each character was written with.
  private let spans: [Range<Int>]

  /// `scalar` has the text and the place that the document gave it. O(length of the scalar).
  public init(_ scalar: Located<String>, in lines: LineIndex) {
    self.lines = lines
    var reader = ScalarReader(lines, scalar)
    start = reader.offset
    spans = scalar.value.unicodeScalars.map { reader.span(of: $0) }
  }

  /// The place of the characters in `range`, which counts code points of the text. O(log lines).
  public func place(of range: Range<Int>) -> Place {
    let first = lines.position(of: offset(ofCharacter: range.lowerBound))
    let last = min(range.upperBound, spans.count) - 1
    let end = range.isEmpty || last < range.lowerBound ? first : lines.position(of: spans[last].upperBound)
    return Place(file: lines.source.path, start: first, end: end)
  }

  private func offset(ofCharacter index: Int) -> Int {
    spans.indices.contains(index) ? spans[index].lowerBound : spans.last?.upperBound ?? start
  }
}

extension LineIndex {
  /// The place of one stretch of a scalar's text; see `ScalarLocator`. O(length of the scalar).
  public func place(of range: Range<Int>, in scalar: Located<String>) -> Place {
    ScalarLocator(scalar, in: self).place(of: range)
  }

  /// Whether a comment follows a scalar on its last line, so that a plain text may have been cut.
  public func hasComment(after place: Place) -> Bool {
    let start = offset(of: place.end)
    let rest = source.bytes[start...]
    return rest.first == 0x20 && rest.first { $0 != 0x20 } == UInt8(ascii: "#")
  }
}

/// Walks along a scalar's source while its text is read, character by character.
///
/// White space may be folded or cut, but all else appears in the same order: it is enough to skip white space in the
/// source and to know how each style writes a character.
private struct ScalarReader {
  private let lines: LineIndex
  private let style: UInt8
  private(set) var offset: Int

  init(_ lines: LineIndex, _ scalar: Located<String>) {
    self.lines = lines
    offset = lines.offset(of: scalar.place.start)
    style = offset < lines.source.bytes.count ? lines.source.bytes[offset] : 0
    switch style {
    case UInt8(ascii: "'"), UInt8(ascii: "\""): offset += 1
    case UInt8(ascii: "|"), UInt8(ascii: ">"): offset = lines.endOfLine(from: offset)
    default: break
    }
  }

  /// The bytes that the next character of the text was written with.
  mutating func span(of character: Unicode.Scalar) -> Range<Int> {
    skipContinuations()
    if character == " " || character == "\n" || character == "\t" { return whiteSpace() }
    while isWhiteSpace(at: offset) {
      offset += 1
      skipContinuations()
    }
    return written(length: escapeLength)
  }

  private mutating func whiteSpace() -> Range<Int> {
    if escapeLength > 1 { return written(length: escapeLength) }
    return isWhiteSpace(at: offset) ? written(length: 1) : offset..<offset
  }

  private mutating func written(length: Int) -> Range<Int> {
    let start = offset
    for _ in 0..<length where offset < lines.source.bytes.count { offset = lines.offset(after: offset) }
    return start..<offset
  }

  /// How many characters write the one at `offset`: more than one for an escape.
  private var escapeLength: Int {
    switch (style, byte(at: offset)) {
    case (UInt8(ascii: "'"), UInt8(ascii: "'")): return 2
    case (UInt8(ascii: "\""), UInt8(ascii: "\\")): break
    default: return 1
    }
    return switch byte(at: offset + 1) {
    case UInt8(ascii: "x"): 4
    case UInt8(ascii: "u"): 6
    case UInt8(ascii: "U"): 10
    default: 2
    }
  }

  /// A backslash at the end of a line joins it to the next, in double quotes.
  private mutating func skipContinuations() {
    while style == UInt8(ascii: "\""), byte(at: offset) == UInt8(ascii: "\\"), isLineEnd(at: offset + 1) {
      offset += 1
      while isWhiteSpace(at: offset) { offset += 1 }
    }
  }

  private func byte(at offset: Int) -> UInt8? {
    lines.source.bytes.indices.contains(offset) ? lines.source.bytes[offset] : nil
  }

  private func isLineEnd(at offset: Int) -> Bool { byte(at: offset) == 0x0A || byte(at: offset) == 0x0D }

  private func isWhiteSpace(at offset: Int) -> Bool {
    isLineEnd(at: offset) || byte(at: offset) == 0x20 || byte(at: offset) == 0x09
  }
}
