public import Diagnostics

/// Finds the bytes behind a position, however long the lines are.
public struct LineIndex: Sendable {
  /// A position and where its character begins.
  private struct Checkpoint {
    var position: Position
    var offset: Int
  }

  /// How many columns lie between the checkpoints of a long line.
  private static let spacing = 256

  public let source: SourceText
  /// Each line's start, and every 256th column of longer ones, in order.
  private let checkpoints: [Checkpoint]

  /// O(size of the source).
  public init(_ source: SourceText) {
    self.source = source
    let start = source.bytes.starts(with: SourceText.byteOrderMark) ? 3 : 0
    checkpoints = source.bytes.withUnsafeBufferPointer { Self.checkpoints(in: $0, from: start) }
  }

  private static func checkpoints(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> [Checkpoint] {
    var position = Position(line: 1, column: 1)
    var found = [Checkpoint(position: position, offset: start)]
    for offset in start..<bytes.count {
      if bytes[offset] == 0x0A {
        position = Position(line: position.line + 1, column: 1)
        found.append(Checkpoint(position: position, offset: offset + 1))
      } else if bytes[offset] & 0xC0 != 0x80 {
        if position.column % spacing == 0 { found.append(Checkpoint(position: position, offset: offset)) }
        position.column += 1
      }
    }
    return found
  }

  /// The offset of the character at `position`; past the end of a line, the offset of that end.
  /// O(log lines), and O(the line) past its end.
  public func offset(of position: Position) -> Int {
    let checkpoint = checkpoints[lastCheckpoint(notAfter: position)]
    guard checkpoint.position.line == position.line else { return source.bytes.count }
    var offset = checkpoint.offset
    var missing = position.column - checkpoint.position.column
    while missing > 0, offset < source.bytes.count, source.bytes[offset] != 0x0A {
      offset = self.offset(after: offset)
      missing -= 1
    }
    return offset
  }

  /// The position of the character at `offset`, or of the end for an offset behind it. O(log lines).
  public func position(of offset: Int) -> Position {
    let offset = min(offset, source.bytes.count)
    let index = partition { $0.offset <= offset } - 1
    var position = checkpoints[max(0, index)].position
    let start = checkpoints[max(0, index)].offset
    if start < offset { position.column += source.bytes[start..<offset].count { $0 & 0xC0 != 0x80 } }
    return position
  }

  /// The line at `number`, from 1, without its end; empty past the last. O(length of the line).
  public func line(_ number: Int) -> String {
    let start = offset(of: Position(line: number, column: 1))
    return String(decoding: source.bytes[start..<endOfLine(from: start)], as: UTF8.self)
  }

  /// What stands at a place, on the first of its lines.
  public func text(at place: Place) -> String {
    let start = offset(of: place.start)
    let isOneLine = place.start.line == place.end.line
    let end = isOneLine ? max(start, offset(of: place.end)) : endOfLine(from: start)
    return String(decoding: source.bytes[start..<end], as: UTF8.self)
  }

  /// The offset of the line end at or behind `offset`, or the end of the source.
  func endOfLine(from offset: Int) -> Int {
    let end = source.bytes[offset...].firstIndex(of: 0x0A) ?? source.bytes.count
    return end > offset && source.bytes[end - 1] == 0x0D ? end - 1 : end
  }

  /// The offset of the character behind the one at `offset`.
  func offset(after offset: Int) -> Int {
    var next = offset + 1
    while next < source.bytes.count, source.bytes[next] & 0xC0 == 0x80 { next += 1 }
    return next
  }

  private func lastCheckpoint(notAfter position: Position) -> Int {
    max(0, partition { $0.position <= position } - 1)
  }

  /// How many checkpoints from the first satisfy `isBefore`, which none does behind one that does not.
  private func partition(_ isBefore: (Checkpoint) -> Bool) -> Int {
    var (low, high) = (0, checkpoints.count)
    while low < high {
      let middle = (low + high) / 2
      if isBefore(checkpoints[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension LineIndex {
  /// From `start` to the next blank, or to a bracket or comma outside parentheses.
  func wordPlace(at start: Position) -> Place {
    let first = offset(of: start)
    var end = first
    var depth = 0
    while end < source.bytes.count {
      let byte = source.bytes[end]
      if byte <= 0x20 || (depth == 0 && ",[]{}".utf8.contains(byte)) { break }
      if byte == UInt8(ascii: "(") { depth += 1 }
      if byte == UInt8(ascii: ")") { depth -= 1 }
      end += 1
    }
    return Place(file: source.path, start: start, end: position(of: max(end, first + 1)))
  }

  /// The first character at or behind `position` that is no blank, on its line or a later one.
  func nextWord(after position: Position) -> Position {
    let start = offset(of: position)
    let offset = source.bytes[start...].firstIndex { $0 > 0x20 } ?? start
    return self.position(of: offset)
  }
}
