import Foundation

/// What a case holds that this translation, or Docket, has no counterpart for.
struct Untranslatable: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// A literal of FEEL.
enum FEELLiteral: Hashable {
  case null
  case boolean(Bool)
  case number(String)
  case text(String)
  case date(String)
  case instant(String)
  /// Milliseconds.
  case duration(Int64)
}

/// The unary tests of FEEL (DMN 1.3, 10.3.1.2, grammar rules 13 to 19) without variables.
indirect enum FEELTest: Hashable {
  case any
  case equal(FEELLiteral)
  case differs(FEELLiteral)
  case compared(String, FEELLiteral)
  case interval(FEELLiteral, includesLower: Bool, FEELLiteral, includesUpper: Bool)
  case oneOf([FEELTest])
  case not([FEELTest])
}

struct FEELParser {
  private var rest: Substring
  private let whole: String

  init(_ text: String) {
    whole = text
    rest = Substring(text)
  }

  static func tests(_ text: String) throws -> FEELTest {
    if ["", "-"].contains(text.trimmingCharacters(in: .whitespacesAndNewlines)) { return .any }
    var parser = FEELParser(text)
    let test = try parser.unaryTests()
    try parser.finish()
    return test
  }

  static func literal(_ text: String) throws -> FEELLiteral {
    if ["", "-"].contains(text.trimmingCharacters(in: .whitespacesAndNewlines)) { return .null }
    var parser = FEELParser(text)
    let literal = try parser.literal()
    try parser.finish()
    return literal
  }

  /// Literals with commas between them.
  static func literals(_ text: String) throws -> [FEELLiteral] {
    var parser = FEELParser(text)
    var literals = [try parser.literal()]
    while parser.take(",") { literals.append(try parser.literal()) }
    try parser.finish()
    return literals
  }

  // MARK: Tests

  private mutating func unaryTests() throws -> FEELTest {
    if takeWord("not"), take("(") {
      let tests = try list()
      try need(")")
      return .not(tests)
    }
    let tests = try list()
    return tests.count == 1 ? tests[0] : .oneOf(tests)
  }

  private mutating func list() throws -> [FEELTest] {
    var tests = [try test()]
    while take(",") { tests.append(try test()) }
    return tests
  }

  private mutating func test() throws -> FEELTest {
    let asksInput = take("?")
    if asksInput, takeWord("in") {
      guard take("(") else { return try test() }
      let tests = try list()
      try need(")")
      return .oneOf(tests)
    }
    if let comparison = try comparison() { return comparison }
    if asksInput { throw Untranslatable("an expression: \(whole)") }
    if let interval = try interval() { return interval }
    return .equal(try literal())
  }

  private mutating func comparison() throws -> FEELTest? {
    if take("!=") { return .differs(try literal()) }
    for comparison in ["<=", ">=", "<", ">"] where take(comparison) {
      return .compared(comparison, try literal())
    }
    return take("=") ? .equal(try literal()) : nil
  }

  /// `[1..2]`, `(1..2)`, `]1..2[`, or a test or a literal in parentheses or brackets.
  private mutating func interval() throws -> FEELTest? {
    skipSpace()
    guard let opening = rest.first, "[(]".contains(opening) else { return nil }
    rest.removeFirst()
    if let comparison = try comparison() {
      try need(")")
      return comparison
    }
    let lower = try literal()
    guard take("..") else {
      var values = [FEELTest.equal(lower)]
      while take(",") { values.append(.equal(try literal())) }
      if !take(")") { try need("]") }
      return values.count == 1 ? values[0] : .oneOf(values)
    }
    let upper = try literal()
    skipSpace()
    guard let closing = rest.first, "])[".contains(closing) else { throw unexpected }
    rest.removeFirst()
    return .interval(lower, includesLower: opening == "[", upper, includesUpper: closing == "]")
  }

  // MARK: Literals

  private mutating func literal() throws -> FEELLiteral {
    skipSpace()
    guard let first = rest.first else { throw unexpected }
    if first == "\"" { return .text(try string()) }
    if first == "-" || first == "." || first.isNumber { return .number(try number()) }
    if take("@") { return try temporal(try string()) }
    for (word, value) in [("null", FEELLiteral.null), ("true", .boolean(true)), ("false", .boolean(false))]
    where takeWord(word) {
      return value
    }
    for function in ["date and time", "date", "duration", "number"] where takeWord(function) {
      try need("(")
      let literal =
        function == "date" && !at("\"") ? try dateOfParts() : try self.literal(function, of: try string())
      try need(")")
      return literal
    }
    throw unexpected
  }

  private func literal(_ function: String, of text: String) throws -> FEELLiteral {
    switch function {
    case "number": .number(text)
    case "date": .date(text)
    case "date and time": .instant(text)
    default: try temporal(text)
    }
  }

  private mutating func dateOfParts() throws -> FEELLiteral {
    let year = try number()
    try need(",")
    let month = try number()
    try need(",")
    let day = try number()
    func digits(_ text: String) -> String { text.count < 2 ? "0\(text)" : text }
    return .date("\(year)-\(digits(month))-\(digits(day))")
  }

  /// What `@"…"` means: a date, a date with a time, or a duration of days and time.
  private func temporal(_ text: String) throws -> FEELLiteral {
    if text.contains("T"), !text.contains("P") { return .instant(text) }
    if !text.contains("P") { return .date(text) }
    guard let match = text.wholeMatch(of: #/P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?/#) else {
      throw Untranslatable("the duration \(text)")
    }
    let parts = [match.1, match.2, match.3, match.4].map { $0.flatMap { Int64($0) } ?? 0 }
    return .duration(((parts[0] * 24 + parts[1]) * 60 + parts[2]) * 60_000 + parts[3] * 1000)
  }

  private mutating func string() throws -> String {
    guard take("\"") else { throw unexpected }
    var text = ""
    while let character = rest.popFirst() {
      if character == "\"" { return text }
      guard character == "\\", let escaped = rest.popFirst() else {
        text.append(character)
        continue
      }
      text.append(["n": "\n", "t": "\t", "r": "\r"][escaped] ?? escaped)
    }
    throw unexpected
  }

  private mutating func number() throws -> String {
    skipSpace()
    var text = ""
    while let character = rest.first, character.isNumber || "-.eE+".contains(character) {
      if rest.hasPrefix("..") || "-+".contains(character) && !text.isEmpty && text.last?.lowercased() != "e" {
        break
      }
      text.append(character)
      rest.removeFirst()
    }
    guard let value = Double(text) else { throw unexpected }
    return Int64(exactly: value).map(String.init) ?? String(value)
  }

  // MARK: Characters

  private mutating func skipSpace() { rest = rest.drop { $0.isWhitespace } }

  private mutating func at(_ text: String) -> Bool {
    skipSpace()
    return rest.hasPrefix(text)
  }

  private mutating func take(_ text: String) -> Bool {
    guard at(text) else { return false }
    rest = rest.dropFirst(text.count)
    return true
  }

  private mutating func takeWord(_ word: String) -> Bool {
    guard at(word), rest.dropFirst(word.count).first.map({ !$0.isLetter && !$0.isNumber }) ?? true else {
      return false
    }
    rest = rest.dropFirst(word.count)
    return true
  }

  private mutating func need(_ text: String) throws { if !take(text) { throw unexpected } }

  private mutating func finish() throws {
    skipSpace()
    if !rest.isEmpty { throw unexpected }
  }

  private var unexpected: Untranslatable { Untranslatable("an expression: \(whole)") }
}
