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

/// Cuts a cell's text into tokens, each in one pass.
struct CellTokens {
  private let text: [Unicode.Scalar]
  private var index = 0
  /// Whether an operand may start here: only there do quotes and comparisons have a meaning.
  private var expectsOperand = true

  init(_ text: String) { self.text = Array(text.unicodeScalars) }

  static func all(in text: String) throws(CellError) -> [CellToken] {
    var tokens = CellTokens(text)
    var found: [CellToken] = []
    while let token = try tokens.next() { found.append(token) }
    return found
  }

  private mutating func next() throws(CellError) -> CellToken? {
    while index < text.count, text[index].properties.isWhitespace { index += 1 }
    guard index < text.count else { return nil }
    let token = try token()
    switch token.kind {
    case .bar, .not, .openParenthesis, .range, .comparison: expectsOperand = true
    case .closeParenthesis, .quoted, .words: expectsOperand = false
    }
    return token
  }

  private mutating func token() throws(CellError) -> CellToken {
    if let token = try operatorToken() { return token }
    return try operandToken()
  }

  private mutating func operatorToken() throws(CellError) -> CellToken? {
    switch text[index] {
    case "|": return has("||") ? try refuse(.doubledBar, 2) : take(1, .bar)
    case "(": return take(1, .openParenthesis)
    case ")": return take(1, .closeParenthesis)
    case ".": return try rangeToken()
    case ",": return try refuse(.comma, 1)
    case "<", ">", "=", "!": return try comparisonToken()
    default: return nil
    }
  }

  /// Nil for a dot that starts a literal.
  private mutating func rangeToken() throws(CellError) -> CellToken? {
    if has("...") { return take(3, .range(includesUpper: true)) }
    if has("..<") { return take(3, .range(includesUpper: false)) }
    return has("..") ? try refuse(.twoDots, 2) : nil
  }

  private mutating func comparisonToken() throws(CellError) -> CellToken {
    guard expectsOperand else { return try refuse(.comparisonBehindText, 1) }
    if has(">=") { return take(2, .comparison(.atLeast)) }
    if has("<=") { return take(2, .comparison(.atMost)) }
    if has(">") { return take(1, .comparison(.above)) }
    if has("<") { return take(1, .comparison(.below)) }
    if has("!=") { return try refuse(.notEqual, 2) }
    if has("==") { return try refuse(.equal, 2) }
    return try refuse(text[index] == "!" ? .notEqual : .equal, 1)
  }

  private mutating func operandToken() throws(CellError) -> CellToken {
    guard expectsOperand else { return words() }
    if isNot { return take(3, .not) }
    return isQuote(at: index) ? try quotedToken(text[index]) : words()
  }

  /// The word `not` before a blank, a parenthesis, a quote or the end.
  private var isNot: Bool {
    let end = index + 3
    guard has("not") else { return false }
    return end == text.count || text[end].properties.isWhitespace || text[end] == "(" || isQuote(at: end)
  }

  private func isQuote(at index: Int) -> Bool { text[index] == "'" || text[index] == "\"" }

  private mutating func quotedToken(_ quote: Unicode.Scalar) throws(CellError) -> CellToken {
    let start = index
    var content = String.UnicodeScalarView()
    index += 1
    while index < text.count {
      if text[index] == quote {
        guard index + 1 < text.count, text[index + 1] == quote else {
          index += 1
          return CellToken(kind: .quoted(String(content)), range: start..<index)
        }
        index += 1
      }
      content.append(text[index])
      index += 1
    }
    throw CellError(diagnosis: .unclosedQuote, range: start..<start + 1)
  }

  private mutating func words() -> CellToken {
    let start = index
    var end = index
    repeat {
      if !text[index].properties.isWhitespace { end = index + 1 }
      index += 1
    } while index < text.count && !endsWords
    return CellToken(kind: .words(String(String.UnicodeScalarView(text[start..<end]))), range: start..<end)
  }

  private var endsWords: Bool { "|(),<>=".unicodeScalars.contains(text[index]) || has("..") }

  private func has(_ operator: String) -> Bool { text[index...].starts(with: `operator`.unicodeScalars) }

  private mutating func take(_ count: Int, _ kind: CellToken.Kind) -> CellToken {
    index += count
    return CellToken(kind: kind, range: index - count..<index)
  }

  private func refuse<Result>(_ diagnosis: CellDiagnosis, _ count: Int) throws(CellError) -> Result {
    throw CellError(diagnosis: diagnosis, range: index..<index + count)
  }
}
