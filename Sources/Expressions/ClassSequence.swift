/// A pattern that is a sequence of character classes, each so many times, from the start of the text on: what ids, numbers
/// and lengths are written as, such as `^[0-9]{6}-[0-9]{3,}$` and `^.{4,60}$`.
///
/// RE2 takes some 1,000 instructions to get going, whatever the text; this takes 10 a character. It is used where taking
/// as many characters of a class as there are can never be wrong, and where RE2 has accepted the pattern.
struct ClassSequence: Sendable {
  /// A class and how often it stands here.
  struct Step: BitwiseCopyable, Sendable {
    /// The ASCII characters of the class, one bit each.
    var low: UInt64 = 0
    var high: UInt64 = 0
    /// Whether all other characters are in the class; or else none is.
    var others = false
    var minimum = 1
    var maximum = 1
  }

  private let steps: [Step]
  private let endsText: Bool

  /// Nil where the pattern is no such sequence.
  ///
  /// - Parameter matchesWhole: whether the pattern must match all of a text, whatever anchors it has.
  init?(_ pattern: String, matchesWhole: Bool = false) {
    var parser = ClassSequenceParser(pattern)
    guard var steps = parser.steps(isAnchored: matchesWhole) else { return nil }
    let endsText = matchesWhole || parser.endsText
    if !endsText, let last = steps.indices.last { steps[last].maximum = steps[last].minimum }
    guard Self.isGreedySafe(steps) else { return nil }
    self.steps = steps
    self.endsText = endsText
  }

  /// Whether no step can take a character that a later one needs.
  private static func isGreedySafe(_ steps: [Step]) -> Bool {
    for (index, step) in steps.enumerated() where step.minimum < step.maximum {
      for follower in steps[(index + 1)...] {
        if !step.isDisjoint(with: follower) { return false }
        if follower.minimum > 0 { break }
      }
    }
    return true
  }

  /// Whether the UTF-8 text matches. O(length).
  func matches(_ text: UnsafeRawBufferPointer) -> Bool {
    var offset = 0
    let steps = steps.span
    for index in steps.indices {
      let step = steps[index]
      var count = 0
      while count < step.maximum, offset < text.count, step.contains(text[offset]) {
        offset &+= text[offset].lengthOfSequence
        count &+= 1
      }
      if count < step.minimum { return false }
    }
    return !endsText || offset == text.count
  }
}

extension ClassSequence.Step {
  /// Whether the class has the character that starts with this byte.
  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    if byte >= 0x80 { return others }
    return (byte < 64 ? low : high) &>> UInt64(byte & 63) & 1 == 1
  }

  func isDisjoint(with other: Self) -> Bool {
    low & other.low == 0 && high & other.high == 0 && !(others && other.others)
  }

  mutating func insert(_ range: ClosedRange<UInt8>) {
    for byte in range {
      if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte & 63) }
    }
  }

  mutating func insert(_ other: Self) {
    (low, high, others) = (low | other.low, high | other.high, others || other.others)
  }

  var inverted: Self { Self(low: ~low, high: ~high, others: !others) }
}

extension UInt8 {
  /// How many bytes the character has that starts with this one (Unicode 16, table 3-6).
  @inline(__always)
  fileprivate var lengthOfSequence: Int { self < 0xC0 ? 1 : self < 0xE0 ? 2 : self < 0xF0 ? 3 : 4 }
}

/// Reads the part of RE2's syntax (https://github.com/google/re2/wiki/Syntax) that a `ClassSequence` is written in.
private struct ClassSequenceParser {
  private let bytes: [UInt8]
  private var index = 0
  private(set) var endsText = false

  init(_ pattern: String) { bytes = Array(pattern.utf8) }

  private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  /// Nil for anything else than steps from the start of the text on.
  mutating func steps(isAnchored: Bool) -> [ClassSequence.Step]? {
    if !take("^"), !isAnchored { return nil }
    var steps = [ClassSequence.Step]()
    while index < bytes.count {
      if take("$") {
        endsText = true
        return index == bytes.count ? steps : nil
      }
      guard var step = step(), let bounds = bounds() else { return nil }
      (step.minimum, step.maximum) = bounds
      steps.append(step)
    }
    return steps
  }

  private mutating func step() -> ClassSequence.Step? {
    guard let byte = next else { return nil }
    index += 1
    switch byte {
    case UInt8(ascii: "["): return bracket()
    case UInt8(ascii: "\\"): return escape()
    case UInt8(ascii: "."): return Self.only("\n").inverted
    case 0x80...: return nil
    case _ where Self.operators.contains(byte): return nil
    default: return Self.only(Unicode.Scalar(byte))
    }
  }

  private static let operators = Array("^$*+?{}()|[]\\.".utf8)

  private static func only(_ character: Unicode.Scalar) -> ClassSequence.Step {
    var step = ClassSequence.Step()
    step.insert(UInt8(ascii: character)...UInt8(ascii: character))
    return step
  }

  /// What stands behind a backslash: a class, or punctuation that stands for itself.
  private mutating func escape() -> ClassSequence.Step? {
    guard let byte = next else { return nil }
    index += 1
    var step = ClassSequence.Step()
    switch Unicode.Scalar(byte) {
    case "d", "D": step.insert(UInt8(ascii: "0")...UInt8(ascii: "9"))
    case "w", "W":
      for range in ["0"..."9", "A"..."Z", "a"..."z", "_"..."_"] as [ClosedRange<Unicode.Scalar>] {
        step.insert(UInt8(ascii: range.lowerBound)...UInt8(ascii: range.upperBound))
      }
    case "s", "S": for byte in Array("\t\n\u{C}\r ".utf8) { step.insert(byte...byte) }
    case "0"..."9", "A"..."Z", "a"..."z", "\u{80}"...: return nil
    default: step.insert(byte...byte)
    }
    return Array("DWS".utf8).contains(byte) ? step.inverted : step
  }

  /// The inside of brackets; classes such as `[:alpha:]` and characters beyond ASCII are left to RE2.
  private mutating func bracket() -> ClassSequence.Step? {
    let isInverted = take("^")
    var step = ClassSequence.Step()
    var isFirst = true
    while isFirst || next != UInt8(ascii: "]") {
      isFirst = false
      guard let byte = next, byte < 0x80, byte != UInt8(ascii: "[") else { return nil }
      index += 1
      if byte == UInt8(ascii: "\\") {
        guard let escape = escape() else { return nil }
        step.insert(escape)
        if next == UInt8(ascii: "-"), index + 1 < bytes.count, bytes[index + 1] != UInt8(ascii: "]") {
          return nil
        }
      } else if next == UInt8(ascii: "-"), index + 1 < bytes.count, bytes[index + 1] != UInt8(ascii: "]") {
        let last = bytes[index + 1]
        guard last < 0x80, last != UInt8(ascii: "\\"), last != UInt8(ascii: "["), byte <= last else {
          return nil
        }
        step.insert(byte...last)
        index += 2
      } else {
        step.insert(byte...byte)
      }
    }
    index += 1
    return isInverted ? step.inverted : step
  }

  /// How often the class stands here; nil for what RE2 reads differently, such as a second operator.
  private mutating func bounds() -> (Int, Int)? {
    var bounds = (1, 1)
    if take("?") {
      bounds = (0, 1)
    } else if take("*") {
      bounds = (0, .max)
    } else if take("+") {
      bounds = (1, .max)
    } else if next == UInt8(ascii: "{") {
      guard let counted = counts() else { return nil }
      bounds = counted
    } else {
      return bounds
    }
    let isRepeated = next.map { Array("?*+{".utf8).contains($0) } ?? false
    return isRepeated ? nil : bounds
  }

  /// `{2}`, `{2,}`, `{2,5}`.
  private mutating func counts() -> (Int, Int)? {
    index += 1
    guard let minimum = number() else { return nil }
    var maximum = minimum
    if take(",") { maximum = next == UInt8(ascii: "}") ? .max : number() ?? -1 }
    return maximum >= minimum && take("}") ? (minimum, maximum) : nil
  }

  private mutating func number() -> Int? {
    let start = index
    while let digit = next, 0x30...0x39 ~= digit { index += 1 }
    return Int(String(decoding: bytes[start..<index], as: UTF8.self))
  }
}
