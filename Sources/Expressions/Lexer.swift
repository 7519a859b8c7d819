/// Cuts an expression into tokens (langdef.md, "Syntax"). Works on bytes; O(length).
struct Lexer {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  static func tokens(of bytes: [UInt8]) throws(ExpressionProblem) -> [Token] {
    var lexer = Lexer(bytes)
    var tokens: [Token] = []
    tokens.reserveCapacity(bytes.count / 3 + 2)
    while true {
      let token = try lexer.next()
      tokens.append(token)
      if token.kind == .end { return tokens }
    }
  }

  private mutating func next() throws(ExpressionProblem) -> Token {
    skipSpace()
    let start = position
    guard let byte = peek() else { return Token(kind: .end, range: start..<start) }
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    case UInt8(ascii: "."):
      if peek(1).map(isDigit) == true { return try number() }
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return try string(from: start, isBytes: false, isRaw: false)
    case UInt8(ascii: "`"): return try quotedIdentifier()
    case let letter where isLetter(letter): return try word()
    default: break
    }
    return try sign(byte)
  }

  private mutating func skipSpace() {
    while let byte = peek() {
      switch byte {
      case 0x20, 0x09, 0x0A, 0x0C, 0x0D: position += 1
      case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"): skipComment()
      default: return
      }
    }
  }

  private mutating func skipComment() {
    while let byte = peek(), byte != 0x0A, byte != 0x0D { position += 1 }
  }

  private func peek(_ distance: Int = 0) -> UInt8? {
    let index = position + distance
    return index < bytes.count ? bytes[index] : nil
  }

  private mutating func skip(while condition: (UInt8) -> Bool) {
    while let byte = peek(), condition(byte) { position += 1 }
  }

  // MARK: Words

  private mutating func word() throws(ExpressionProblem) -> Token {
    let start = position
    if let prefix = literalPrefix() {
      position += prefix.length
      return try string(from: start, isBytes: prefix.isBytes, isRaw: prefix.isRaw)
    }
    skip { isLetter($0) || isDigit($0) }
    return Token(kind: kind(ofWord: bytes[start..<position]), range: start..<position)
  }

  /// `r`, `b` or `br` before a quotation mark.
  private func literalPrefix() -> (length: Int, isBytes: Bool, isRaw: Bool)? {
    let first = peek().map(lowercased)
    guard first == UInt8(ascii: "r") || first == UInt8(ascii: "b") else { return nil }
    let isBytes = first == UInt8(ascii: "b")
    if peek(1).map(isQuote) == true { return (1, isBytes, !isBytes) }
    guard isBytes, peek(1).map(lowercased) == UInt8(ascii: "r"), peek(2).map(isQuote) == true else {
      return nil
    }
    return (2, true, true)
  }

  private func kind(ofWord word: ArraySlice<UInt8>) -> Token.Kind {
    switch word.count {
    case 2 where word.elementsEqual("in".utf8): .inWord
    case 4 where word.elementsEqual("true".utf8): .trueWord
    case 4 where word.elementsEqual("null".utf8): .nullWord
    case 5 where word.elementsEqual("false".utf8): .falseWord
    default: .identifier
    }
  }

  private mutating func quotedIdentifier() throws(ExpressionProblem) -> Token {
    let start = position
    position += 1
    skip { isLetter($0) || isDigit($0) || "-./ ".utf8.contains($0) }
    guard peek() == UInt8(ascii: "`"), position > start + 1 else {
      throw .malformedQuotedName(at: start..<position)
    }
    position += 1
    return Token(kind: .quotedIdentifier, range: start..<position)
  }

  // MARK: Numbers

  private mutating func number() throws(ExpressionProblem) -> Token {
    let start = position
    if peek() == UInt8(ascii: "0"), peek(1).map(lowercased) == UInt8(ascii: "x"),
      peek(2).map(isHexadecimalDigit) == true
    {
      position += 2
      skip(while: isHexadecimalDigit)
      return integer(from: start)
    }
    skip(while: isDigit)
    var isDouble = false
    if peek() == UInt8(ascii: "."), peek(1).map(isDigit) == true {
      isDouble = true
      position += 1
      skip(while: isDigit)
    }
    if let length = exponentLength() {
      isDouble = true
      position += length
      skip(while: isDigit)
    }
    return isDouble ? Token(kind: .double, range: start..<position) : integer(from: start)
  }

  /// The length of `e`, a sign and the first digit.
  private func exponentLength() -> Int? {
    guard peek().map(lowercased) == UInt8(ascii: "e") else { return nil }
    let signed = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-")
    let length = signed ? 2 : 1
    return peek(length).map(isDigit) == true ? length : nil
  }

  private mutating func integer(from start: Int) -> Token {
    guard peek().map(lowercased) == UInt8(ascii: "u") else {
      return Token(kind: .int, range: start..<position)
    }
    position += 1
    return Token(kind: .uint, range: start..<position)
  }

  // MARK: Strings

  /// Finds the end only; `StringLiteral` decodes the escapes.
  private mutating func string(from start: Int, isBytes: Bool, isRaw: Bool) throws(ExpressionProblem) -> Token
  {
    let quote = bytes[position]
    let isTriple = peek(1) == quote && peek(2) == quote
    position += isTriple ? 3 : 1
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: "\\") where !isRaw: position += 2
      case 0x0A where !isTriple, 0x0D where !isTriple: throw .unterminatedString(at: start..<position)
      case quote where !isTriple || (peek(1) == quote && peek(2) == quote):
        position += isTriple ? 3 : 1
        return Token(kind: isBytes ? .bytes : .string, range: start..<position)
      default: position += 1
      }
    }
    throw .unterminatedString(at: start..<bytes.count)
  }

  // MARK: Signs

  private mutating func sign(_ byte: UInt8) throws(ExpressionProblem) -> Token {
    let start = position
    if let kind = doubleSign(byte, peek(1)) {
      position += 2
      return Token(kind: kind, range: start..<position)
    }
    guard let kind = singleSign(byte) else { throw unexpectedCharacter(byte) }
    position += 1
    return Token(kind: kind, range: start..<position)
  }

  private func doubleSign(_ first: UInt8, _ second: UInt8?) -> Token.Kind? {
    switch (first, second) {
    case (UInt8(ascii: "<"), UInt8(ascii: "=")): .lessOrEqual
    case (UInt8(ascii: ">"), UInt8(ascii: "=")): .greaterOrEqual
    case (UInt8(ascii: "="), UInt8(ascii: "=")): .equal
    case (UInt8(ascii: "!"), UInt8(ascii: "=")): .notEqual
    case (UInt8(ascii: "&"), UInt8(ascii: "&")): .and
    case (UInt8(ascii: "|"), UInt8(ascii: "|")): .or
    default: nil
    }
  }

  private func singleSign(_ byte: UInt8) -> Token.Kind? {
    switch byte {
    case UInt8(ascii: "("): .leftParenthesis
    case UInt8(ascii: ")"): .rightParenthesis
    case UInt8(ascii: "["): .leftBracket
    case UInt8(ascii: "]"): .rightBracket
    case UInt8(ascii: "{"): .leftBrace
    case UInt8(ascii: "}"): .rightBrace
    case UInt8(ascii: "."): .dot
    case UInt8(ascii: ","): .comma
    case UInt8(ascii: ":"): .colon
    case UInt8(ascii: "?"): .question
    case UInt8(ascii: "+"): .plus
    case UInt8(ascii: "-"): .minus
    case UInt8(ascii: "*"): .star
    case UInt8(ascii: "/"): .slash
    case UInt8(ascii: "%"): .percent
    case UInt8(ascii: "!"): .not
    case UInt8(ascii: "<"): .less
    case UInt8(ascii: ">"): .greater
    default: nil
    }
  }

  private func unexpectedCharacter(_ byte: UInt8) -> ExpressionProblem {
    var end = position + 1
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    let character = String(decoding: bytes[position..<end], as: UTF8.self)
    return .unexpectedCharacter(character, at: position..<end)
  }
}

func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

func isLetter(_ byte: UInt8) -> Bool {
  lowercased(byte) &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "_")
}

func isHexadecimalDigit(_ byte: UInt8) -> Bool { isDigit(byte) || lowercased(byte) &- UInt8(ascii: "a") < 6 }

private func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") }

/// For ASCII letters; other bytes may change, so compare with letters only.
private func lowercased(_ byte: UInt8) -> UInt8 { byte | 0x20 }
