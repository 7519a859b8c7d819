import Diagnostics

/// What is wrong with a cell. Every message about cells is in this file.
enum CellDiagnosis: Hashable {
  case empty, dash, missingOperand, missingBound, rangeWithoutBounds, unclosedQuote, unclosedParenthesis
  case unexpectedParenthesis, unexpectedText, doubledBar, comma, twoDots, comparisonBehindText, equal,
    notEqual
  case doubledNot, keywordAsBound(String), notALiteral, secondRange, nestedTooDeep

  var message: String {
    switch self {
    case .empty: "the cell is empty"
    case .dash: "'-' has no meaning in a cell"
    case .missingOperand: "a value is missing here"
    case .missingBound: "the bound of the range is missing"
    case .rangeWithoutBounds: "the range has no bounds"
    case .unclosedQuote: "the quote is not closed"
    case .unclosedParenthesis: "the '(' is not closed"
    case .unexpectedParenthesis: "this ')' closes nothing"
    case .unexpectedText: "a '|' is missing before this"
    case .doubledBar: "alternatives are separated by one '|'"
    case .comma: "a ',' has no meaning in a cell"
    case .twoDots: "a range has three dots"
    case .comparisonBehindText: "a comparison can only start a cell or an alternative"
    case .equal: "a cell needs no '='"
    case .notEqual: "'!' has no meaning in a cell"
    case .doubledNot: "'not' stands twice"
    case .keywordAsBound(let word): "\(quoted(word)) cannot be a bound"
    case .notALiteral: "a single value is expected here"
    case .secondRange: "a range has two bounds"
    case .nestedTooDeep: "parentheses stand more than \(CellParser.depthLimit) deep in one another"
    }
  }

  var hint: String? {
    switch self {
    case .empty, .dash: "leave the input out, or write 'any', for every value; 'absent' for none"
    case .missingBound, .rangeWithoutBounds: "write 18...30, 18..<30, 18... or ..<18"
    case .unclosedQuote: "quotes make a value of any text; write two for a quote inside it"
    case .unexpectedText, .comparisonBehindText, .unexpectedParenthesis:
      "quote the value if that is part of it"
    case .comma: "separate alternatives by '|', or quote the value if that is part of it"
    case .twoDots: "write 18...30, or 18..<30 without the 30"
    case .equal: "write the value alone"
    case .notEqual: "write 'not x'"
    case .keywordAsBound, .notALiteral: "quote it if it is a value"
    default: nil
    }
  }

  func diagnostic(at place: Place) -> Diagnostic {
    Diagnostic("cell-syntax", .error, message, at: place, hint: hint)
  }
}
