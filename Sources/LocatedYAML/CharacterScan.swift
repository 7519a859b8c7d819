import Diagnostics

/// Finds the bytes and characters that may not stand in a file at all, before libyaml sees it.
///
/// libyaml reports none of them with a usable position, stops at the first, and takes U+0085, U+2028, U+2029 and a
/// lone carriage return for line ends, which no editor shows as such.
struct CharacterScan {
  /// A binary file would give one message a byte.
  private static let problemLimit = 20

  private let source: SourceText
  private let allowsIndentingTabs: Bool
  private var problems: [Diagnostic] = []
  private var lineStart = 0
  private var line = 1
  private var isIndentation = true

  /// The problems of `source` in order, at most 20 of them; empty for a text that libyaml may read. O(size).
  static func problems(in source: SourceText, allowsIndentingTabs: Bool) -> [Diagnostic] {
    var scan = CharacterScan(source: source, allowsIndentingTabs: allowsIndentingTabs)
    source.bytes.withUnsafeBufferPointer { scan.run(over: $0) }
    return scan.problems
  }

  private init(source: SourceText, allowsIndentingTabs: Bool) {
    self.source = source
    self.allowsIndentingTabs = allowsIndentingTabs
  }

  private mutating func run(over bytes: UnsafeBufferPointer<UInt8>) {
    var offset = bytes.starts(with: SourceText.byteOrderMark) ? 3 : 0
    lineStart = offset
    while offset < bytes.count, problems.count < Self.problemLimit {
      let byte = bytes[offset]
      if byte > 0x20, byte < 0x7F {
        isIndentation = false
        offset += 1
      } else if byte < 0x80 {
        checkControl(byte, at: offset, in: bytes)
        offset += 1
      } else if let (scalar, length) = decodedScalar(at: offset, in: bytes) {
        isIndentation = false
        if scalar.isRefusedInText { report(.refusedCharacter(scalar, at: place(of: offset))) }
        offset += length
      } else {
        return report(.invalidUTF8(byte, at: place(of: offset)))
      }
    }
  }

  private mutating func checkControl(_ byte: UInt8, at offset: Int, in bytes: UnsafeBufferPointer<UInt8>) {
    switch byte {
    case 0x20: break
    case 0x0A:
      lineStart = offset + 1
      line += 1
      isIndentation = true
    case 0x09:
      if isIndentation, !allowsIndentingTabs { report(.tabInIndentation(at: place(of: offset))) }
      isIndentation = false
    case 0x0D:
      let isLineEnd = offset + 1 < bytes.count && bytes[offset + 1] == 0x0A
      if !isLineEnd { report(.loneCarriageReturn(at: place(of: offset))) }
    default: report(.refusedCharacter(Unicode.Scalar(byte), at: place(of: offset)))
    }
  }

  private mutating func report(_ problem: Diagnostic) { problems.append(problem) }

  private func place(of offset: Int) -> Place {
    let column = source.bytes[lineStart..<offset].count { $0 & 0xC0 != 0x80 } + 1
    return Place(file: source.path, line: line, column: column)
  }
}

/// The scalar that the UTF-8 sequence at `offset` encodes and its length in bytes; nil where it is not valid
/// (Unicode 15, table 3-7).
private func decodedScalar(
  at offset: Int, in bytes: UnsafeBufferPointer<UInt8>
) -> (scalar: Unicode.Scalar, length: Int)? {
  let lead = UInt32(bytes[offset])
  let (length, least): (Int, UInt32)
  switch lead {
  case 0xC2...0xDF: (length, least) = (2, 0x80)
  case 0xE0...0xEF: (length, least) = (3, 0x800)
  case 0xF0...0xF4: (length, least) = (4, 0x1_0000)
  default: return nil
  }
  guard offset + length <= bytes.count else { return nil }
  var value = lead & (0x7F >> UInt32(length))
  for index in offset + 1..<offset + length {
    guard bytes[index] & 0xC0 == 0x80 else { return nil }
    value = value << 6 | UInt32(bytes[index] & 0x3F)
  }
  guard value >= least, let scalar = Unicode.Scalar(value) else { return nil }
  return (scalar, length)
}

extension Unicode.Scalar {
  /// Control characters, separators that libyaml takes for line ends, marks that reorder the text of a line
  /// (CVE-2021-42574), a byte order mark in the middle, and what is not a character.
  var isRefusedInText: Bool {
    switch value {
    case 0x09, 0x0A, 0x0D: false
    case 0...0x1F, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(value)
    }
  }
}
