/// One lexical element and the bytes of the expression that it covers.
struct Token {
  enum Kind: UInt8 {
    case identifier, quotedIdentifier
    case int, uint, double, string, bytes
    case leftParenthesis, rightParenthesis, leftBracket, rightBracket, leftBrace, rightBrace
    case dot, comma, colon, question
    case plus, minus, star, slash, percent, not
    case less, lessOrEqual, greater, greaterOrEqual, equal, notEqual, and, or
    case trueWord, falseWord, nullWord, inWord
    case end
  }

  var kind: Kind
  var range: Range<Int>
}

extension Token.Kind {
  /// How a message calls what it expected or found.
  var description: String {
    switch self {
    case .identifier, .quotedIdentifier: "a name"
    case .int, .uint, .double: "a number"
    case .string: "a string"
    case .bytes: "bytes"
    case .leftParenthesis: "'('"
    case .rightParenthesis: "')'"
    case .leftBracket: "'['"
    case .rightBracket: "']'"
    case .leftBrace: "'{'"
    case .rightBrace: "'}'"
    case .dot: "'.'"
    case .comma: "','"
    case .colon: "':'"
    case .question: "'?'"
    case .end: "the end of the expression"
    default: "an operator"
    }
  }
}

/// Words that the specification reserves for host languages: never a name, but allowed after a dot.
let reservedWords: Set<String> = [
  "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package",
  "namespace", "return", "var", "void", "while",
]
