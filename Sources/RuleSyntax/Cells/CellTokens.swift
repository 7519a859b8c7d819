import Diagnostics

/// A piece of a cell's text.
struct CellToken {
  enum Kind: Hashable {
    case bar, not, openParenthesis, closeParenthesis
    /// `...`, or `..<`, which leaves its upper bound out.
    case range(includesUpper: Bool)
    case comparison(Comparison)
    case quoted(String)
    /// Words up to the next operator, without the blanks around them.
    case words(String)
  }

  enum Comparison: String { case atLeast = ">=", above = ">", atMost = "<=", below = "<" }

  var kind: Kind
  /// In code points from the start of the cell.
  var range: Range<Int>
}

/// What stops the reading of a cell, and where in its text.
struct CellError: Error {
  var diagnosis: CellDiagnosis
  var range: Range<Int>
}

/// Cuts a cell's text into tokens, in one pass over its UTF-8.
struct CellTokens {
  private let bytes: [UInt8]
  private var offset = 0
  /// `offset` in code points, by which places count.
  private var column = 0
  /// Whether an operand may start here: only there do quotes and comparisons have a meaning.
  private var expectsOperand = true

  static func all(in text: String) throws(CellError) -> [CellToken] {
    var tokens = CellTokens(bytes: Array(text.utf8))
    var found: [CellToken] = []
    while let token = try tokens.next() { found.append(token) }
    return found
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func next() throws(CellError) -> CellToken? {
    while blankLength > 0 { advance(blankLength) }
    guard offset < bytes.count else { return nil }
    let token = try token()
    switch token.kind {
    case .bar, .not, .openParenthesis, .range, .comparison: expectsOperand = true
    case .closeParenthesis, .quoted, .words: expectsOperand = false
    }
    return token
  }

  private mutating func token() throws(CellError) -> CellToken {
    switch bytes[offset] {
    case UInt8(ascii: "|"): return has("||") ? try refuse(.doubledBar, 2) : take(1, .bar)
    case UInt8(ascii: "("): return take(1, .openParenthesis)
    case UInt8(ascii: ")"): return take(1, .closeParenthesis)
    case UInt8(ascii: ","): return try refuse(.comma, 1)
    case UInt8(ascii: ".") where has(".."): return try rangeToken()
    case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "="), UInt8(ascii: "!"):
      return try comparisonToken()
    case UInt8(ascii: "'") where expectsOperand, UInt8(ascii: "\"") where expectsOperand:
      return try quotedToken()
    case UInt8(ascii: "n") where expectsOperand && isNot: return take(3, .not)
    default: return words()
    }
  }

  private mutating func rangeToken() throws(CellError) -> CellToken {
    if has("...") { return take(3, .range(includesUpper: true)) }
    return has("..<") ? take(3, .range(includesUpper: false)) : try refuse(.twoDots, 2)
  }

  private mutating func comparisonToken() throws(CellError) -> CellToken {
    guard expectsOperand else { return try refuse(.comparisonBehindText, 1) }
    if has(">=") { return take(2, .comparison(.atLeast)) }
    if has("<=") { return take(2, .comparison(.atMost)) }
    if has(">") { return take(1, .comparison(.above)) }
    if has("<") { return take(1, .comparison(.below)) }
    if has("==") { return try refuse(.equal, 2) }
    return has("=") ? try refuse(.equal, 1) : try refuse(.notEqual, has("!=") ? 2 : 1)
  }

  /// The word `not` before a blank, a parenthesis, a quote or the end.
  private var isNot: Bool {
    guard has("not") else { return false }
    let end = offset + 3
    return end == bytes.count || blankLength(at: end) > 0 || "('\"".utf8.contains(bytes[end])
  }

  private mutating func quotedToken() throws(CellError) -> CellToken {
    let (quote, start) = (bytes[offset], column)
    var content: [UInt8] = []
    advance(1)
    while offset < bytes.count {
      let byte = bytes[offset]
      advance(1)
      if byte == quote {
        guard offset < bytes.count, bytes[offset] == quote else {
          return CellToken(kind: .quoted(String(decoding: content, as: UTF8.self)), range: start..<column)
        }
        advance(1)
      }
      content.append(byte)
    }
    throw CellError(diagnosis: .unclosedQuote, range: start..<start + 1)
  }

  private mutating func words() -> CellToken {
    let start = (offset, column)
    var end = start
    repeat {
      if blankLength > 0 {
        advance(blankLength)
      } else {
        advance(1)
        end = (offset, column)
      }
    } while offset < bytes.count && !endsWords
    let text = String(decoding: bytes[start.0..<end.0], as: UTF8.self)
    return CellToken(kind: .words(text), range: start.1..<end.1)
  }

  private var endsWords: Bool {
    switch bytes[offset] {
    case UInt8(ascii: "|"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","), UInt8(ascii: "<"),
      UInt8(ascii: ">"), UInt8(ascii: "="):
      true
    case UInt8(ascii: "."): has("..")
    default: false
    }
  }

  private var blankLength: Int { blankLength(at: offset) }

  /// How many bytes the white space at `offset` has: that of ASCII, and U+3000, which Chinese keyboards type.
  private func blankLength(at offset: Int) -> Int {
    guard offset < bytes.count else { return 0 }
    switch bytes[offset] {
    case 0x20, 0x09, 0x0A, 0x0D: return 1
    case 0xE3: return bytes[offset...].starts(with: [0xE3, 0x80, 0x80]) ? 3 : 0
    default: return 0
    }
  }

  private func has(_ word: StaticString) -> Bool {
    guard offset + word.utf8CodeUnitCount <= bytes.count else { return false }
    return word.withUTF8Buffer { word in
      word.indices.allSatisfy { bytes[offset + $0] == word[$0] }
    }
  }

  private mutating func advance(_ count: Int) {
    for index in offset..<offset + count where bytes[index] & 0xC0 != 0x80 { column += 1 }
    offset += count
  }

  private mutating func take(_ count: Int, _ kind: CellToken.Kind) -> CellToken {
    let start = column
    advance(count)
    return CellToken(kind: kind, range: start..<column)
  }

  private func refuse<Result>(_ diagnosis: CellDiagnosis, _ count: Int) throws(CellError) -> Result {
    throw CellError(diagnosis: diagnosis, range: column..<column + count)
  }
}
