/// `size`, the tests on texts, and what concerns types (langdef.md, "List of Standard Definitions").
let coreFunctions: [Function] = [
  Function(
    "size",
    [.string, .bytes, .list(.parameter(0)), .map(.parameter(0), .parameter(1))].flatMap(sizeSignatures),
    body: size),
  Function("contains", [.member([.string, .string], .bool)]) { arguments, call throws(EvaluationError) in
    let (text, part) = try texts("contains", arguments)
    try call.budget.spend(bytes: text.utf8.count + part.utf8.count)
    return .bool(TextSearch(part.utf8).first(in: text.utf8, from: 0) != nil)
  },
  Function("startsWith", [.member([.string, .string], .bool)]) { arguments, _ throws(EvaluationError) in
    let (text, part) = try texts("startsWith", arguments)
    return .bool(text.utf8.starts(with: part.utf8))
  },
  Function("endsWith", [.member([.string, .string], .bool)]) { arguments, _ throws(EvaluationError) in
    let (text, part) = try texts("endsWith", arguments)
    return .bool(text.utf8.reversed().starts(with: part.utf8.reversed()))
  },
  Function(
    "matches", [.member([.string, .string], .bool), FunctionSignature([.string, .string], .bool)],
    body: matches),
  Function("type", [FunctionSignature([.parameter(0)], .type)]) { arguments, _ in .type(arguments[0].typeName)
  },
  Function("dyn", [FunctionSignature([.parameter(0)], .dyn)], result: .sum) { arguments, _ in arguments[0] },
]

private func sizeSignatures(_ type: Type) -> [FunctionSignature] {
  [FunctionSignature([type], .int), .member([type], .int)]
}

@Sendable
private func size(_ arguments: [Value], _ call: inout CallContext) throws(EvaluationError) -> Value {
  switch arguments[0] {
  case .string(let it):
    try call.budget.spend(bytes: it.utf8.count)
    return .int(Int64(it.count))
  case .bytes(let it): return .int(Int64(it.count))
  case .list(let it): return .int(Int64(it.count))
  case .map(let it): return .int(Int64(it.count))
  default: throw .unsupported("size", arguments)
  }
}

/// For patterns that are not literals; the evaluator keeps those of literals.
@Sendable
private func matches(_ arguments: [Value], _ call: inout CallContext) throws(EvaluationError) -> Value {
  let (text, pattern) = try texts("matches", arguments)
  // Compiling costs far more than matching.
  try call.budget.spend(100 + pattern.utf8.count * 4 + text.utf8.count / 4)
  let expression: RegularExpression
  do throws(RegularExpression.Failure) {
    expression = try RegularExpression(pattern.string, memory: 1 << 20)
  } catch { throw .invalidPattern(error.reason) }
  return .bool(text.utf8.withUnsafeBytes { expression.matches($0) })
}

/// Two texts, as most functions on texts take.
func texts(_ function: String, _ arguments: [Value]) throws(EvaluationError) -> (Text, Text) {
  guard case .string(let first) = arguments[0], case .string(let second) = arguments[1] else {
    throw .unsupported(function, arguments)
  }
  return (first, second)
}

/// Finds one text in others in linear time (Knuth, Morris, Pratt).
struct TextSearch<Element: Equatable> {
  private let part: [Element]
  /// For each place of the part: how many of its first elements also end there.
  private var borders: [Int] = []

  init(_ part: [Element]) {
    self.part = part
    borders.reserveCapacity(part.count)
    var length = 0
    for (index, element) in part.enumerated() {
      if index == 0 {
        borders.append(0)
        continue
      }
      while length > 0, part[length] != element { length = borders[length - 1] }
      if part[length] == element { length += 1 }
      borders.append(length)
    }
  }

  /// Where the part first stands at or after `start`.
  func first(in elements: [Element], from start: Int) -> Int? {
    if part.isEmpty { return start <= elements.count ? start : nil }
    var length = 0
    for index in start..<max(start, elements.count) {
      while length > 0, part[length] != elements[index] { length = borders[length - 1] }
      if part[length] == elements[index] { length += 1 }
      if length == part.count { return index + 1 - length }
    }
    return nil
  }

  /// Where the part last stands at or before `limit`.
  func last(in elements: [Element], atMost limit: Int) -> Int? {
    if part.isEmpty { return min(limit, elements.count) }
    var found: Int?
    var length = 0
    for (index, element) in elements.enumerated() where index + 1 - part.count <= limit {
      while length > 0, length == part.count || part[length] != element { length = borders[length - 1] }
      if part[length] == element { length += 1 }
      if length == part.count { found = index + 1 - length }
    }
    return found
  }
}
