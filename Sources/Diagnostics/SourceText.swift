/// The bytes of one text file and the name under which messages refer to it.
public struct SourceText: Sendable {
  public let path: String
  public let bytes: [UInt8]

  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// U+FEFF in UTF-8; at the start of a file it is no part of the first line.
  public static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  public init(path: String, text: String) { self.init(path: path, bytes: Array(text.utf8)) }

  /// Line `number` (from 1) without its end, or nil past the end. Invalid UTF-8 shows as U+FFFD. O(size of the file).
  public func line(_ number: Int) -> String? {
    guard number > 0 else { return nil }
    var start = textStart
    for _ in 1..<number {
      guard let end = bytes[start...].firstIndex(of: 0x0A) else { return nil }
      start = end + 1
    }
    let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.endIndex
    let line = bytes[start..<end]
    return String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
  }

  /// The position of the byte at `offset`, which may be the end of the file. O(offset).
  public func position(ofByte offset: Int) -> Position {
    let before = bytes.prefix(offset)
    let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? min(textStart, offset)
    let line = before.count { $0 == 0x0A } + 1
    let column = before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1
    return Position(line: line, column: column)
  }

  /// The place of a range of bytes; one column wide where the range is empty. O(upper bound).
  public func place(of range: Range<Int>) -> Place {
    let start = position(ofByte: range.lowerBound)
    let end = position(ofByte: range.upperBound)
    return range.isEmpty
      ? Place(file: path, line: start.line, column: start.column) : Place(file: path, start: start, end: end)
  }

  private var textStart: Int { bytes.starts(with: Self.byteOrderMark) ? Self.byteOrderMark.count : 0 }
}
