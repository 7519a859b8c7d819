import Diagnostics
import LocatedYAML
import RuleSchema
import RuleSyntax

/// What may be written at a position of a text that need not be YAML yet.
///
/// The word there is replaced by a mark, as a key or as a value, with brackets closed behind it where that helps; of
/// the texts that can be read, the places of the mark tell what belongs there.
struct CompletionPlace {
  /// A character for private use, which no rule file holds.
  static let mark = "\u{E000}"

  /// Where the mark stood, each way in which the text could be read.
  var occurrences: [Occurrence] = []
  /// The word that is replaced.
  var word: Place
  /// Whether a colon follows the word.
  var hasColon: Bool
  /// Whether the word stands in braces of a template.
  var isPlaceholder: Bool

  init(_ source: SourceText, at position: Position) {
    let lines = LineIndex(source)
    let offset = lines.offset(of: position)
    let range = Self.word(in: source.bytes, at: offset)
    word = Place(
      file: source.path, start: lines.position(of: range.lowerBound),
      end: lines.position(of: range.upperBound))
    hasColon = source.bytes[range.upperBound...].first == UInt8(ascii: ":")
    isPlaceholder = source.bytes[..<range.lowerBound].last == UInt8(ascii: "{")
    let whole = Self.attempts(source.bytes, range, hasColon: hasColon)
    occurrences = Self.marks(whole, source.path)
    guard occurrences.isEmpty else { return }
    // Mistakes elsewhere in the file hide the place: its section alone may be sound.
    let section = Self.section(of: source.bytes, around: range)
    let shifted = range.lowerBound - section.lowerBound..<range.upperBound - section.lowerBound
    occurrences = Self.marks(
      Self.attempts(Array(source.bytes[section]), shifted, hasColon: hasColon), source.path)
  }

  private static func word(in bytes: [UInt8], at offset: Int) -> Range<Int> {
    func isPart(_ byte: UInt8) -> Bool {
      byte > 0x20 && !"[]{}(),:|&!\"'#<>=+*/".utf8.contains(byte)
    }
    var start = offset
    while start > 0, isPart(bytes[start - 1]) { start -= 1 }
    var end = offset
    while end < bytes.count, isPart(bytes[end]) { end += 1 }
    return start..<end
  }

  private static func attempts(_ bytes: [UInt8], _ range: Range<Int>, hasColon: Bool) -> [[UInt8]] {
    let before = bytes[..<range.lowerBound]
    let after = bytes[range.upperBound...]
    let nextLine = after.firstIndex(of: 0x0A).map { bytes[$0...] } ?? []
    let closing = closers(before)
    let mark = Array(Self.mark.utf8)
    let key = mark + (hasColon ? [] : Array(": ".utf8))
    return [
      before + mark + after, before + key + after, before + mark + closing + nextLine,
      before + key + closing + nextLine,
    ]
  }

  /// The brackets that are open on the last line.
  private static func closers(_ before: ArraySlice<UInt8>) -> [UInt8] {
    var open: [UInt8] = []
    let start = before.lastIndex(of: 0x0A) ?? before.startIndex
    for byte in before[start...] {
      switch byte {
      case UInt8(ascii: "["): open.append(UInt8(ascii: "]"))
      case UInt8(ascii: "{"): open.append(UInt8(ascii: "}"))
      case UInt8(ascii: "]"), UInt8(ascii: "}"): _ = open.popLast()
      default: break
      }
    }
    return open.reversed()
  }

  /// From the last line before `range` that begins a section to the next one behind it.
  private static func section(of bytes: [UInt8], around range: Range<Int>) -> Range<Int> {
    func begins(_ offset: Int) -> Bool { offset == 0 || bytes[offset - 1] == 0x0A && bytes[offset] > 0x23 }
    var start = range.lowerBound
    while start > 0, start == bytes.count || !begins(start) { start -= 1 }
    var end = range.upperBound
    while end < bytes.count, !begins(end) { end += 1 }
    return start..<max(end, range.upperBound)
  }

  private static func marks(_ attempts: [[UInt8]], _ path: String) -> [Occurrence] {
    var found: [Occurrence] = []
    for bytes in attempts {
      let source = SourceText(path: path, bytes: bytes)
      var diagnostics: [Diagnostic] = []
      guard let root = YAMLDocument.load(source, into: &diagnostics) else { continue }
      var walk = ShapeWalk(source)
      walk.walk(root, RuleFileKind(of: root).shape)
      found += walk.occurrences.filter(\.isMarked)
    }
    return found
  }
}

extension Occurrence {
  fileprivate var isMarked: Bool {
    switch content {
    case .expression, .template: text.contains(CompletionPlace.mark)
    // In nested objects the name has that of the outer one before it.
    case .definition: text.hasSuffix(CompletionPlace.mark)
    default: text == CompletionPlace.mark
    }
  }
}

extension RuleFileKind {
  /// By what the document holds: a list, or days off, or else rules.
  init(of root: Node) {
    let isHolidays = root.items != nil || root["holidays"] != nil || root["special_days"] != nil
    self = isHolidays ? .holidays : .rules
  }
}
