/// Builds the syntax tree by precedence climbing (langdef.md, "Syntax"); stops at the first mistake.
struct Parser {
  private let bytes: [UInt8]
  private let tokens: [Token]
  private let limits: Limits
  private let expandsMacros: Bool
  private var position = 0
  private var nesting = 0
  private(set) var tree = SyntaxTree()

  static func parse(
    _ bytes: [UInt8], limits: Limits, expandsMacros: Bool = true
  ) throws(ExpressionProblem) -> SyntaxTree {
    guard bytes.count <= limits.expressionLength else { throw .tooLong(limits.expressionLength) }
    var parser = Parser(
      bytes: bytes, tokens: try Lexer.tokens(of: bytes), limits: limits, expandsMacros: expandsMacros)
    parser.tree.root = try parser.expression()
    guard parser.current.kind == .end else { throw parser.unexpected("an operator") }
    return parser.tree
  }

  private init(bytes: [UInt8], tokens: [Token], limits: Limits, expandsMacros: Bool) {
    self.bytes = bytes
    self.tokens = tokens
    self.limits = limits
    self.expandsMacros = expandsMacros
    tree.nodes.reserveCapacity(tokens.count)
  }

  // MARK: Tokens

  private var current: Token { tokens[min(position, tokens.count - 1)] }

  private func peek(_ distance: Int = 1) -> Token.Kind {
    tokens[min(position + distance, tokens.count - 1)].kind
  }

  private mutating func advance() -> Token {
    defer { position += 1 }
    return current
  }

  private mutating func accept(_ kind: Token.Kind) -> Bool {
    guard current.kind == kind else { return false }
    position += 1
    return true
  }

  @discardableResult
  private mutating func expect(_ kind: Token.Kind) throws(ExpressionProblem) -> Token {
    guard current.kind == kind else { throw unexpected(kind.description) }
    return advance()
  }

  private func text(_ token: Token) -> String { String(decoding: bytes[token.range], as: UTF8.self) }

  private func unexpected(_ expected: String) -> ExpressionProblem {
    let found = current.kind == .end ? Token.Kind.end.description : "'\(text(current))'"
    return .unexpected(
      found, expected: expected, after: wordBefore(current.range.lowerBound), at: current.range)
  }

  private func wordBefore(_ offset: Int) -> String {
    var end = offset
    while end > 0, bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
    var start = end
    while start > 0, isNameByte(bytes[start - 1]) { start -= 1 }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  private func isNameByte(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte == UInt8(ascii: "_") || 0x61...0x7A ~= byte | 0x20
  }

  // MARK: Nodes

  mutating func add(_ kind: SyntaxTree.Kind, _ range: Range<Int>) throws(ExpressionProblem) -> NodeID {
    guard tree.nodes.count < limits.nodes else { throw .tooManyParts(limits.nodes, at: range) }
    tree.nodes.append(SyntaxTree.Node(kind: kind, range: range, depth: 1))
    let id = tree.nodes.count - 1
    let depth = 1 + (tree.children(of: id).map { tree.nodes[$0].depth }.max() ?? 0)
    guard depth <= limits.depth else { throw .tooDeep(limits.depth, at: range) }
    tree.nodes[id].depth = depth
    return id
  }

  func range(_ node: NodeID) -> Range<Int> { tree.nodes[node].range }

  private func range(from start: Int) -> Range<Int> { start..<tokens[max(0, position - 1)].range.upperBound }

  mutating func newLocal(_ name: String) -> SyntaxTree.Local {
    defer { tree.localCount += 1 }
    return SyntaxTree.Local(name: name, number: tree.localCount)
  }

  // MARK: Operators

  private mutating func expression() throws(ExpressionProblem) -> NodeID {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= limits.depth else { throw .tooDeep(limits.depth, at: current.range) }
    let start = current.range.lowerBound
    let condition = try binary(1)
    guard current.kind == .question else { return condition }
    let question = advance()
    let first = try binary(1)
    guard accept(.colon) else { throw missingColon(after: question) }
    let second = try expression()
    return try add(.conditional(condition, first, second), range(from: start))
  }

  /// `x?.y` reads as a condition; its writer most likely meant `x.?y`.
  private func missingColon(after question: Token) -> ExpressionProblem {
    var problem = unexpected(Token.Kind.colon.description)
    if question.range.upperBound < bytes.count, bytes[question.range.upperBound] == UInt8(ascii: ".") {
      problem.hint = "an optional selection is written '.?', as in 'x.?y'"
    }
    return problem
  }

  private mutating func binary(_ minimum: Int) throws(ExpressionProblem) -> NodeID {
    let start = current.range.lowerBound
    var left = try unary()
    while let (sign, precedence) = infix(current.kind), precedence >= minimum {
      switch sign {
      case .logical(let kind): left = try logical(left, kind, precedence, from: start)
      case .binary(let sign):
        position += 1
        let right = try binary(precedence + 1)
        left = try add(.binary(sign, left, right), range(from: start))
      }
    }
    return left
  }

  /// A chain of `&&` or `||` is one node, so that long chains are not deep.
  private mutating func logical(
    _ first: NodeID, _ kind: Token.Kind, _ precedence: Int, from start: Int
  ) throws(ExpressionProblem) -> NodeID {
    var operands = [first]
    while accept(kind) { operands.append(try binary(precedence + 1)) }
    return try add(kind == .and ? .and(operands) : .or(operands), range(from: start))
  }

  private enum Infix {
    case logical(Token.Kind)
    case binary(BinaryOperator)
  }

  private func infix(_ kind: Token.Kind) -> (Infix, precedence: Int)? {
    switch kind {
    case .or: (.logical(.or), 1)
    case .and: (.logical(.and), 2)
    case .less: (.binary(.less), 3)
    case .lessOrEqual: (.binary(.lessOrEqual), 3)
    case .greater: (.binary(.greater), 3)
    case .greaterOrEqual: (.binary(.greaterOrEqual), 3)
    case .equal: (.binary(.equal), 3)
    case .notEqual: (.binary(.notEqual), 3)
    case .inWord: (.binary(.contained), 3)
    case .plus: (.binary(.add), 4)
    case .minus: (.binary(.subtract), 4)
    case .star: (.binary(.multiply), 5)
    case .slash: (.binary(.divide), 5)
    case .percent: (.binary(.remainder), 5)
    default: nil
    }
  }

  private mutating func unary() throws(ExpressionProblem) -> NodeID {
    let sign = current.kind
    guard sign == .not || sign == .minus, !startsNegativeLiteral else { return try member() }
    let first = position
    while current.kind == sign, !startsNegativeLiteral { position += 1 }
    let last = position
    var operand = try member()
    for index in (first..<last).reversed() {
      let range = range(from: tokens[index].range.lowerBound)
      operand = try add(sign == .not ? .not(operand) : .negate(operand), range)
    }
    return operand
  }

  private var startsNegativeLiteral: Bool { current.kind == .minus && (peek() == .int || peek() == .double) }

  // MARK: Members

  private mutating func member() throws(ExpressionProblem) -> NodeID {
    let start = current.range.lowerBound
    var operand = try primary()
    while true {
      switch current.kind {
      case .dot: operand = try selection(operand, from: start)
      case .leftBracket: operand = try index(operand, from: start)
      case .leftBrace: throw .messageLiteral(at: current.range)
      default: return operand
      }
    }
  }

  private mutating func selection(_ operand: NodeID, from start: Int) throws(ExpressionProblem) -> NodeID {
    position += 1
    let isOptional = accept(.question)
    let name = current
    let field = try fieldName()
    guard current.kind == .leftParenthesis, !isOptional, name.kind == .identifier else {
      return try add(.select(operand, field: field, isOptional: isOptional), range(from: start))
    }
    let arguments = try arguments()
    let range = range(from: start)
    if expandsMacros {
      if let macro = try receiverMacro(field, operand, arguments, range) { return macro }
    }
    return try add(.call(field, target: operand, arguments: arguments), range)
  }

  private mutating func fieldName() throws(ExpressionProblem) -> String {
    switch current.kind {
    case .identifier: return text(advance())
    case .quotedIdentifier: return String(text(advance()).dropFirst().dropLast())
    default: throw unexpected(Token.Kind.identifier.description)
    }
  }

  private mutating func index(_ operand: NodeID, from start: Int) throws(ExpressionProblem) -> NodeID {
    position += 1
    let isOptional = accept(.question)
    let index = try expression()
    try expect(.rightBracket)
    return try add(.index(operand, index, isOptional: isOptional), range(from: start))
  }

  private mutating func arguments() throws(ExpressionProblem) -> [NodeID] {
    try expect(.leftParenthesis)
    var arguments: [NodeID] = []
    if accept(.rightParenthesis) { return arguments }
    repeat { arguments.append(try expression()) } while accept(.comma)
    guard accept(.rightParenthesis) else { throw unexpected("',' or ')'") }
    return arguments
  }

  // MARK: Primaries

  private mutating func primary() throws(ExpressionProblem) -> NodeID {
    let token = current
    switch token.kind {
    case .identifier, .dot: return try name()
    case .leftParenthesis:
      position += 1
      let inner = try expression()
      try expect(.rightParenthesis)
      return inner
    case .leftBracket: return try list()
    case .leftBrace: return try map()
    default: return try literal()
    }
  }

  private mutating func name() throws(ExpressionProblem) -> NodeID {
    let start = current.range.lowerBound
    let isAbsolute = accept(.dot)
    let token = try expect(.identifier)
    let name = text(token)
    if reservedWords.contains(name) { throw .reservedWord(name, at: token.range) }
    if current.kind == .leftBrace { throw .messageLiteral(at: current.range) }
    guard current.kind == .leftParenthesis else {
      return try add(.identifier(name, isAbsolute: isAbsolute), range(from: start))
    }
    let arguments = try arguments()
    let range = range(from: start)
    if expandsMacros, name == "has", !isAbsolute { return try presenceMacro(arguments, range) }
    return try add(.call((isAbsolute ? "." : "") + name, target: nil, arguments: arguments), range)
  }

  private mutating func list() throws(ExpressionProblem) -> NodeID {
    let start = advance().range.lowerBound
    var elements: [SyntaxTree.Element] = []
    while !accept(.rightBracket) {
      let isOptional = accept(.question)
      elements.append(SyntaxTree.Element(value: try expression(), isOptional: isOptional))
      if accept(.rightBracket) { break }
      guard accept(.comma) else { throw unexpected("',' or ']'") }
    }
    return try add(.list(elements), range(from: start))
  }

  private mutating func map() throws(ExpressionProblem) -> NodeID {
    let start = advance().range.lowerBound
    var entries: [SyntaxTree.Entry] = []
    while !accept(.rightBrace) {
      let isOptional = accept(.question)
      let key = try expression()
      try expect(.colon)
      entries.append(SyntaxTree.Entry(key: key, value: try expression(), isOptional: isOptional))
      if accept(.rightBrace) { break }
      guard accept(.comma) else { throw unexpected("',' or '}'") }
    }
    return try add(.map(entries), range(from: start))
  }

  private mutating func literal() throws(ExpressionProblem) -> NodeID {
    let start = current.range.lowerBound
    let isNegative = startsNegativeLiteral
    if isNegative { position += 1 }
    let token = current
    let value: Value
    switch token.kind {
    case .int: value = .int(try integer(token, isNegative: isNegative))
    case .uint: value = .uint(try unsignedInteger(token))
    case .double: value = .double(try double(token) * (isNegative ? -1 : 1))
    case .string: value = .string(Text(utf8: try StringLiteral.decode(token, in: bytes)))
    case .bytes: value = .bytes(try StringLiteral.decode(token, in: bytes))
    case .trueWord: value = .bool(true)
    case .falseWord: value = .bool(false)
    case .nullWord: value = .null
    default: throw unexpected("an expression")
    }
    position += 1
    return try add(.literal(value), range(from: start))
  }

  private func integer(_ token: Token, isNegative: Bool) throws(ExpressionProblem) -> Int64 {
    let sign = isNegative ? "-" : ""
    guard let value = Int64(sign + digits(token).text, radix: digits(token).radix) else {
      throw .numberOutOfRange(sign + text(token), "int", at: token.range)
    }
    return value
  }

  private func unsignedInteger(_ token: Token) throws(ExpressionProblem) -> UInt64 {
    let digits = digits(token)
    guard let value = UInt64(digits.text.dropLast(), radix: digits.radix) else {
      throw .numberOutOfRange(text(token), "uint", at: token.range)
    }
    return value
  }

  private func digits(_ token: Token) -> (text: Substring, radix: Int) {
    let text = Substring(text(token))
    return text.hasPrefix("0x") || text.hasPrefix("0X") ? (text.dropFirst(2), 16) : (text, 10)
  }

  private func double(_ token: Token) throws(ExpressionProblem) -> Double {
    guard let value = Double(text(token)), value.isFinite else {
      throw .numberOutOfRange(text(token), "double", at: token.range)
    }
    return value
  }
}
