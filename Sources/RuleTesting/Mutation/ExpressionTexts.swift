/// The slips of the pen that an expression's text may have: another operator, another number, another truth value.
struct ExpressionTexts {
  /// A text with one slip.
  struct Slip {
    /// What was written, which of its kind it is, counted from 1, and what stands there instead.
    var before: String
    var number: Int
    var after: String
    var text: String
    /// What stands around it.
    var context: String
  }

  private static let operators = [
    ("==", "!="), ("!=", "=="), ("<=", "<"), (">=", ">"), ("&&", "||"), ("||", "&&"), ("<", "<="),
    (">", ">="),
    ("!", ""), ("+", "-"),
  ]

  private let bytes: [UInt8]

  init(_ text: String) { bytes = Array(text.utf8) }

  var slips: [Slip] {
    var slips = [Slip]()
    var counts = [String: Int]()
    var index = 0
    while index < bytes.count {
      if let end = endOfText(at: index) {
        index = end
        continue
      }
      let word = word(at: index)
      guard
        let (before, after) = replacement(of: word)
          ?? Self.operators.first(where: { stands($0.0, at: index) })
      else {
        index += max(1, word.utf8.count)
        continue
      }
      counts[before, default: 0] += 1
      slips.append(slip(before, counts[before] ?? 0, after, at: index))
      index += before.utf8.count
    }
    return slips
  }

  private func slip(_ before: String, _ number: Int, _ after: String, at index: Int) -> Slip {
    let end = index + before.utf8.count
    let text = bytes[..<index] + Array(after.utf8) + bytes[end...]
    return Slip(
      before: before, number: number, after: after, text: String(decoding: text, as: UTF8.self),
      context: context(index..<end))
  }

  /// The part of the line around a stretch.
  private func context(_ range: Range<Int>) -> String {
    let lineStart = bytes[..<range.lowerBound].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let lineEnd = bytes[range.upperBound...].firstIndex(of: 0x0A) ?? bytes.count
    return String(decoding: bytes[lineStart..<lineEnd], as: UTF8.self).trimmed
  }

  private func stands(_ text: String, at index: Int) -> Bool { bytes[index...].starts(with: text.utf8) }

  /// Behind a text in quotes that begins here; nil where none does. A raw text ends at the next quote.
  private func endOfText(at index: Int) -> Int? {
    let quote = bytes[index]
    guard quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else { return nil }
    var end = index + 1
    while end < bytes.count, bytes[end] != quote {
      end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(end + 1, bytes.count)
  }

  /// The name or the number that begins here; empty for anything else.
  private func word(at index: Int) -> String {
    let word = bytes[index...].prefix { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."):
        true
      default: false
      }
    }
    return String(decoding: word, as: UTF8.self)
  }

  private func replacement(of word: String) -> (String, String)? {
    if word == "true" { return (word, "false") }
    if word == "false" { return (word, "true") }
    guard let number = Int64(word), number < .max else { return nil }
    return (word, String(number + 1))
  }
}

extension String {
  fileprivate var trimmed: String {
    let start = firstIndex { $0 != " " } ?? endIndex
    return String(self[start...])
  }
}
