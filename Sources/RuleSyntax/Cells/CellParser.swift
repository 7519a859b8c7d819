import Diagnostics

/// Reads a cell by recursive descent; the grammar stands at `Cell`.
struct CellParser {
  /// How deep parentheses nest; each level costs stack.
  static let depthLimit = 16

  private let tokens: [CellToken]
  private let places: TextPlaces
  private let end: Int
  private var index = 0
  private var depth = 0

  /// The cell that `text` holds, or what stops its reading and where.
  static func parse(_ text: String, places: TextPlaces) -> Result<Cell, Diagnostic> {
    do throws(CellError) {
      var parser = CellParser(try CellTokens.all(in: text), end: text.unicodeScalars.count, places: places)
      return .success(try parser.whole())
    } catch {
      return .failure(error.diagnosis.diagnostic(at: places.place(of: error.range)))
    }
  }

  private init(_ tokens: [CellToken], end: Int, places: TextPlaces) {
    self.tokens = tokens
    self.end = end
    self.places = places
  }

  private mutating func whole() throws(CellError) -> Cell {
    guard !tokens.isEmpty else { throw CellError(diagnosis: .empty, range: 0..<end) }
    let cell = try alternatives()
    guard let extra = current else { return cell }
    throw CellError(
      diagnosis: extra.kind == .closeParenthesis ? .unexpectedParenthesis : extra.diagnosis,
      range: extra.range)
  }

  private mutating func alternatives() throws(CellError) -> Cell {
    let start = position
    var parts = [try alternative()]
    while take(.bar) { parts.append(try alternative()) }
    return parts.count == 1 ? parts[0] : cell(.oneOf(parts), from: start)
  }

  private mutating func alternative() throws(CellError) -> Cell {
    let start = position
    guard take(.not) else { return try primary() }
    if let second = current, second.kind == .not {
      throw CellError(diagnosis: .doubledNot, range: second.range)
    }
    let operand = try primary()
    return cell(.not(operand), from: start)
  }

  private mutating func primary() throws(CellError) -> Cell {
    guard let token = current else { throw CellError(diagnosis: .missingOperand, range: position..<position) }
    index += 1
    switch token.kind {
    case .openParenthesis: return try group(openedBy: token)
    case .comparison(let comparison): return try self.comparison(comparison, at: token)
    case .range(let includesUpper): return try upTo(token, includesUpper: includesUpper)
    case .quoted(let text): return try literalOrRange(Located(text, at: place(token)), from: token)
    case .words(let text):
      if let keyword = try keyword(text, token) { return keyword }
      return try literalOrRange(Located(text, at: place(token)), from: token)
    case .bar, .not, .closeParenthesis: throw CellError(diagnosis: .missingOperand, range: token.range)
    }
  }

  private func keyword(_ text: String, _ token: CellToken) throws(CellError) -> Cell? {
    let content: Cell.Content
    switch text {
    case "any": content = .any
    case "present": content = .present
    case "absent": content = .absent
    case "-": throw CellError(diagnosis: .dash, range: token.range)
    default: return nil
    }
    if case .range? = current?.kind { throw CellError(diagnosis: .keywordAsBound(text), range: token.range) }
    return Cell(content, at: place(token))
  }

  private mutating func group(openedBy token: CellToken) throws(CellError) -> Cell {
    guard depth < Self.depthLimit else { throw CellError(diagnosis: .nestedTooDeep, range: token.range) }
    depth += 1
    defer { depth -= 1 }
    let inner = try alternatives()
    if take(.closeParenthesis) { return cell(inner.content, from: token.range.lowerBound) }
    guard let extra = current else { throw CellError(diagnosis: .unclosedParenthesis, range: token.range) }
    throw CellError(diagnosis: extra.diagnosis, range: extra.range)
  }

  private mutating func comparison(
    _ comparison: CellToken.Comparison, at token: CellToken
  ) throws(CellError) -> Cell {
    let literal = try bound()
    let bound = Cell.Bound(literal, isIncluded: comparison == .atLeast || comparison == .atMost)
    switch comparison {
    case .atLeast, .above: return cell(.range(lower: bound, upper: nil), from: token.range.lowerBound)
    case .atMost, .below: return cell(.range(lower: nil, upper: bound), from: token.range.lowerBound)
    }
  }

  /// `..<18` or `...18`
  private mutating func upTo(_ token: CellToken, includesUpper: Bool) throws(CellError) -> Cell {
    guard hasBound else { throw CellError(diagnosis: .rangeWithoutBounds, range: token.range) }
    let upper = Cell.Bound(try bound(), isIncluded: includesUpper)
    return cell(.range(lower: nil, upper: upper), from: token.range.lowerBound)
  }

  /// `18`, `18...`, `18...30` or `18..<30`
  private mutating func literalOrRange(_ literal: Located<String>, from token: CellToken) throws(CellError)
    -> Cell
  {
    guard let next = current, case .range(let includesUpper) = next.kind else {
      return Cell(.literal(literal), at: literal.place)
    }
    index += 1
    let lower = Cell.Bound(literal, isIncluded: true)
    var upper: Cell.Bound?
    if hasBound {
      upper = Cell.Bound(try bound(), isIncluded: includesUpper)
    } else if !includesUpper {
      throw CellError(diagnosis: .missingBound, range: next.range)
    }
    return cell(.range(lower: lower, upper: upper), from: token.range.lowerBound)
  }

  private var hasBound: Bool {
    switch current?.kind {
    case nil, .bar, .closeParenthesis: false
    default: true
    }
  }

  private mutating func bound() throws(CellError) -> Located<String> {
    guard let token = current else { throw CellError(diagnosis: .missingOperand, range: position..<position) }
    index += 1
    switch token.kind {
    case .quoted(let text): return Located(text, at: place(token))
    case .words(let text) where ["any", "present", "absent"].contains(text):
      throw CellError(diagnosis: .keywordAsBound(text), range: token.range)
    case .words(let text): return Located(text, at: place(token))
    case .range: throw CellError(diagnosis: .secondRange, range: token.range)
    default: throw CellError(diagnosis: .notALiteral, range: token.range)
    }
  }

  private var current: CellToken? { tokens.indices.contains(index) ? tokens[index] : nil }

  private mutating func take(_ kind: CellToken.Kind) -> Bool {
    guard let token = current, token.kind == kind else { return false }
    index += 1
    return true
  }

  /// Where the next token starts, or the text ends.
  private var position: Int { current?.range.lowerBound ?? end }

  private func place(_ token: CellToken) -> Place { places.place(of: token.range) }

  /// A cell from `start` to the end of the token that was read last.
  private func cell(_ content: Cell.Content, from start: Int) -> Cell {
    Cell(
      content,
      at: places.place(of: start..<max(start, index > 0 ? tokens[index - 1].range.upperBound : start)))
  }
}

extension CellToken {
  /// Why the token cannot follow a complete alternative.
  fileprivate var diagnosis: CellDiagnosis {
    switch kind {
    case .range: .secondRange
    case .comparison: .comparisonBehindText
    default: .unexpectedText
    }
  }
}
