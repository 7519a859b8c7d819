internal import Diagnostics

// The wording of all problems and errors of this module.

// MARK: Syntax

extension ExpressionProblem {
  static func unexpectedCharacter(_ character: String, at range: Range<Int>) -> Self {
    let ascii = wideCharacters[character].map { "write '\($0)'" }
    let hint =
      switch character {
      case "=": "equality is written '=='"
      case "&", "|": "logical operators are written '&&' and '||'"
      default: ascii
      }
    return Self("expression-syntax", "'\(character)' has no meaning here", hint: hint, at: range)
  }

  /// What Chinese input methods give for ASCII signs.
  private static let wideCharacters: [String: String] = [
    "（": "(", "）": ")", "，": ",", "：": ":", "！": "!", "＝": "=", "＜": "<", "＞": ">", "“": "\"", "”": "\"",
    "‘": "'", "’": "'", "【": "[", "】": "]", "｛": "{", "｝": "}", "。": ".", "？": "?", "＋": "+", "－": "-",
  ]

  /// - Parameter before: the word or number before it, if any.
  static func unexpected(
    _ found: String, expected: String, after before: String = "", at range: Range<Int>
  ) -> Self {
    Self(
      "expression-syntax", "expected \(expected), found \(found)",
      hint: operatorWords[found.lowercased()] ?? operatorWords["'\(before.lowercased())'"]
        ?? durationHint(before, found), at: range)
  }

  /// What other languages call operators.
  private static let operatorWords = [
    "'and'": "write '&&'", "'or'": "write '||'", "'not'": "write '!'", "'is'": "write '=='",
    "'then'": "write 'condition ? value : other'",
  ]

  /// For `4h` and `4 hours`.
  private static func durationHint(_ number: String, _ unit: String) -> String? {
    guard let first = number.utf8.first, isDigit(first) else { return nil }
    let letters = ["'h": "h", "'m": "m", "'s": "s"].first { unit.hasPrefix($0.key) }?.value
    return letters.map { "a length of time is written duration('\(number)\($0)')" }
  }

  static func unterminatedString(at range: Range<Int>) -> Self {
    Self(
      "expression-syntax", "the string does not end on its line",
      hint: "close it with the quotation mark that opened it", at: range)
  }

  static func invalidEscape(_ escape: String, at range: Range<Int>) -> Self {
    Self(
      "expression-syntax", "'\(escape)' is no escape sequence",
      hint: "write a backslash as '\\\\', or put 'r' before the string", at: range)
  }

  static func malformedQuotedName(at range: Range<Int>) -> Self {
    Self(
      "expression-syntax", "a name between backticks holds letters, digits, '_', '.', '-', '/' and spaces",
      at: range)
  }

  static func numberOutOfRange(_ number: String, _ type: String, at range: Range<Int>) -> Self {
    Self("expression-syntax", "\(number) does not fit \(type)", at: range)
  }

  static func reservedWord(_ word: String, at range: Range<Int>) -> Self {
    Self("expression-syntax", "'\(word)' is a reserved word", at: range)
  }

  static func messageLiteral(at range: Range<Int>) -> Self {
    Self("expression-syntax", "message literals are not part of the language's JSON profile", at: range)
  }

  static func malformedMacro(_ name: String, _ form: String, at range: Range<Int>) -> Self {
    Self("expression-syntax", "'\(name)' takes a field", hint: "write \(form)", at: range)
  }

  static func notASimpleName(at range: Range<Int>) -> Self {
    Self("expression-syntax", "a macro's variable must be a simple name", at: range)
  }

  static func repeatedLocal(_ name: String, at range: Range<Int>) -> Self {
    Self("expression-syntax", "both variables of the macro are called '\(name)'", at: range)
  }

  static func tooLong(_ limit: Int) -> Self {
    Self("expression-too-large", "the expression is longer than \(limit) bytes", at: 0..<limit)
  }

  static func tooManyParts(_ limit: Int, at range: Range<Int>) -> Self {
    Self("expression-too-large", "the expression has more than \(limit) parts", at: range)
  }

  static func tooDeep(_ limit: Int, at range: Range<Int>) -> Self {
    Self("expression-too-large", "the expression is nested more than \(limit) levels deep", at: range)
  }
}

// MARK: Names and types

extension ExpressionProblem {
  static func unknownName(
    _ name: String, among variables: [Variable], _ locals: [String], at range: Range<Int>
  ) -> Self {
    let parts = variables.map(\.name).filter { $0.hasPrefix(name + ".") }
    let hint =
      if variables.contains(where: { $0.choices.contains(name) }) {
        "a value stands between quotes: '\(name)'"
      } else if !parts.isEmpty {
        "its fields are \(list(parts))"
      } else {
        suggestion(for: name, among: variables.map(\.name) + locals)
      }
    var problem = Self("expression-unknown-name", "unknown name '\(name)'", hint: hint, at: range)
    problem.candidates = variables.map(\.name) + locals
    return problem
  }

  static func unknownField(_ name: String, _ known: [String], at range: Range<Int>) -> Self {
    Self(
      "expression-unknown-field", "the object has no field '\(name)'",
      hint: suggestion(for: name, among: known) ?? "its fields are \(list(known))", at: range)
  }

  static func unknownFunction(_ name: String, _ known: [String], at range: Range<Int>) -> Self {
    var problem = Self(
      "expression-unknown-function", "unknown function '\(name)'", hint: suggestion(for: name, among: known),
      at: range)
    problem.candidates = known
    return problem
  }

  static func unknownChoice(_ value: String, of variable: Variable, at range: Range<Int>) -> Self {
    Self(
      "expression-unknown-choice", "'\(value)' is not a value of '\(variable.name)'",
      hint: variable.otherSpellings[value].map { "a condition names its key: '\($0)'" }
        ?? suggestion(for: value, among: variable.choices) ?? "its values are \(list(variable.choices))",
      at: range)
  }

  static func mayBeAbsent(_ name: String, isVariable: Bool, at range: Range<Int>) -> Self {
    let other = isVariable ? "\(name).orValue(…)" : optionalSpelling(of: name) + ".orValue(…)"
    return Self(
      "expression-optional", "'\(name)' may be absent",
      hint: "ask first: 'has(\(name)) && …', or give a value for that case: '\(other)'", at: range)
  }

  private static func optionalSpelling(of name: String) -> String {
    guard let dot = name.lastIndex(of: ".") else { return name }
    return name[..<dot] + ".?" + name[name.index(after: dot)...]
  }

  static func notSelectable(_ type: Type, at range: Range<Int>) -> Self {
    Self("expression-type", "\(type) has no fields", at: range)
  }

  static func noOverload(_ name: String, _ types: [Type], isMember: Bool, at range: Range<Int>) -> Self {
    Self("expression-type", "\(call(name, types, isMember)) is not defined", at: range)
  }

  /// For `orValue` of what is always there.
  static func alwaysThere(_ name: String, method: String) -> String {
    "'\(name)' is always there: leave out '.\(method)'"
  }

  /// For `orValue` with a value of another type.
  static func otherwiseOfType(_ type: Type) -> String { "the value for that case must be \(type), too" }

  static func operatorMismatch(_ sign: String, _ left: Type, _ right: Type, at range: Range<Int>) -> Self {
    let numbers = left.isNumeric && right.isNumeric && left != right
    let hint = numbers ? "convert one of them: int(x), uint(x) or double(x)" : timeHint([left, right])
    return Self(
      "expression-type", "'\(sign)' is not defined for \(left) and \(right)", hint: hint, at: range)
  }

  private static func timeHint(_ types: [Type]) -> String? {
    if types.contains(.timestamp), types.contains(.string) {
      return "write the time as timestamp('2026-03-01T09:00:00+08:00')"
    }
    let isBare = types.contains(.string) || types.contains(.int)
    return types.contains(.duration) && isBare ? "write the length of time as duration('4h30m')" : nil
  }

  static func comparedWithNull(_ name: String, at range: Range<Int>) -> Self {
    Self(
      "expression-type", "'\(name)' is never null",
      hint: "a missing value is absent: write 'has(\(name))' or '!has(\(name))'", at: range)
  }

  static func typeMismatch(_ found: Type, expected: Type, at range: Range<Int>) -> Self {
    Self("expression-type", "expected \(expected), found \(found)", at: range)
  }

  static func notIterable(_ type: Type, at range: Range<Int>) -> Self {
    Self("expression-type", "a macro goes through a list or a map, not \(type)", at: range)
  }

  static func presenceOfName(_ name: String, at range: Range<Int>) -> Self {
    Self("expression-type", "'has' takes a field, not '\(name)'", hint: "write has(x.y)", at: range)
  }

  static func notNumeric(_ function: String, _ type: Type, at range: Range<Int>) -> Self {
    Self("expression-type", "'\(function)' compares numbers, not \(type)", at: range)
  }

  static func invalidPattern(_ reason: String, at range: Range<Int>) -> Self {
    Self(
      "expression-pattern", "the pattern does not compile: \(reason)", hint: patternHint(reason), at: range)
  }

  private static func patternHint(_ reason: String) -> String? {
    let unsupported = ["(?=", "(?!", "(?<", "(?P", "\\1", "\\2", "\\3"].contains { reason.contains($0) }
    return unsupported
      ? "look-around and back references are left out so that matching takes linear time" : nil
  }

  static func invalidConstant(_ error: EvaluationError) -> Self {
    let hint: String? =
      if error.code == "expression-time-zone" {
        "write an IANA name such as 'Asia/Shanghai'"
      } else if error.message.hasSuffix("(RFC 3339)") {
        "write it as '2026-03-01T09:00:00+08:00'"
      } else {
        nil
      }
    return Self("expression-constant", error.message, hint: hint, at: error.range)
  }

  /// - Parameter remedy: what bounds the part, as an order.
  static func tooCostly(
    _ cost: Int, limit: Int, part: String, remedy: String, at range: Range<Int>
  ) -> Self {
    let steps = cost == .max ? "more steps than can be counted" : "\(cost) steps"
    return Self(
      "expression-cost", "the expression may take \(steps), \(limit) are allowed",
      hint: "the costliest part is \(shortened(part)); \(remedy)", at: range)
  }

  /// A part on one line, and no longer than one.
  private static func shortened(_ part: String) -> String {
    Diagnostics.quoted(part.split { $0 == " " || $0 == "\n" }.joined(separator: " "))
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(8).map { "'\($0)'" }.joined(separator: ", ") + (names.count > 8 ? ", …" : "")
  }

  private static func call(_ name: String, _ types: [Type], _ isMember: Bool) -> String {
    guard isMember, let receiver = types.first else {
      return "\(name)(\(types.map(\.description).joined(separator: ", ")))"
    }
    return "\(receiver).\(name)(\(types.dropFirst().map(\.description).joined(separator: ", ")))"
  }
}

// MARK: Evaluation

extension EvaluationError {
  static func overflow(_ type: String) -> Self {
    Self("expression-overflow", "the result does not fit \(type)")
  }
  static var divisionByZero: Self { Self("expression-division-by-zero", "division by zero") }

  static func unsupported(_ name: String, _ arguments: [Value]) -> Self {
    let types = arguments.map(\.typeName.name).joined(separator: ", ")
    return Self("expression-type", "'\(name)' is not defined for \(types)")
  }

  static func noSuchKey(_ key: Value) -> Self { Self("expression-no-such-key", "no such key: \(key)") }

  static func indexOutOfRange(_ index: Value, _ count: Int) -> Self {
    Self("expression-index", "the index \(index) is outside a list of \(count)")
  }

  static func positionOutOfRange(_ position: Int64, _ count: Int) -> Self {
    Self("expression-index", "the position \(position) is outside a text of \(count)")
  }

  static func notSelectable(_ value: Value) -> Self {
    Self("expression-type", "\(value.typeName) has no fields")
  }

  static func notBool(_ value: Value) -> Self {
    Self("expression-type", "expected bool, found \(value.typeName)")
  }
  static func notIterable(_ value: Value) -> Self {
    Self("expression-type", "a macro goes through a list or a map, not \(value.typeName)")
  }

  static func notOptional(_ value: Value) -> Self {
    Self("expression-type", "expected an optional, found \(value.typeName)")
  }

  static func notAMap(_ value: Value) -> Self {
    Self("expression-type", "expected a map, found \(value.typeName)")
  }
  static func duplicateKey(_ key: Value) -> Self {
    Self("expression-duplicate-key", "the key \(key) is there twice")
  }
  static func unsupportedKey(_ key: Value) -> Self {
    Self("expression-type", "\(key.typeName) cannot be the key of a map")
  }

  static func absent(_ name: String) -> Self { Self("expression-absent", "'\(name)' is absent") }
  static func invalid(_ name: String) -> Self {
    Self("expression-invalid-value", "'\(name)' has no value of its type")
  }

  static func unknownName(_ name: String) -> Self {
    Self("expression-unknown-name", "unknown name '\(name)'")
  }
  static func unknownFunction(_ name: String) -> Self {
    Self("expression-unknown-function", "unknown function '\(name)'")
  }

  static func notImplemented(_ name: String) -> Self {
    Self("expression-unknown-function", "'\(name)' is declared, but has no body")
  }

  static var emptyOptional: Self { Self("expression-absent", "the optional has no value") }

  static func cannotConvert(_ value: Value, to type: String) -> Self {
    Self("expression-conversion", "\(value) is no \(type)")
  }

  static func outOfRange(_ value: Value, of type: String) -> Self {
    Self("expression-overflow", "\(value) does not fit \(type)")
  }

  static func invalidUTF8() -> Self { Self("expression-conversion", "the bytes are not UTF-8") }
  static func invalidBase64() -> Self { Self("expression-conversion", "the text is not base64") }
  static func unknownZone(_ zone: String) -> Self {
    Self("expression-time-zone", "unknown time zone '\(zone)'")
  }

  static func negativeShift(_ count: Int64) -> Self {
    Self("expression-overflow", "cannot shift by \(count) bits")
  }

  static func emptyList(_ function: String) -> Self {
    Self("expression-index", "'\(function)' of an empty list has no value")
  }

  static func badFormat(_ clause: String) -> Self {
    Self("expression-format", "'\(clause)' is no formatting clause")
  }

  static func formatArgument(_ clause: String, _ value: Value) -> Self {
    Self("expression-format", "'\(clause)' does not take \(value.typeName)")
  }

  static func missingFormatArgument(_ number: Int) -> Self {
    Self("expression-format", "the format asks for argument \(number), which is missing")
  }

  static func invalidPattern(_ reason: String) -> Self {
    Self("expression-pattern", "the pattern does not compile: \(reason)")
  }

  static func budgetExhausted(_ steps: Int) -> Self {
    Self("expression-budget", "the evaluation took more than \(steps) steps")
  }
}
