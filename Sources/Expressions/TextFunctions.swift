/// The strings extension (https://pkg.go.dev/github.com/google/cel-go/ext#Strings); positions count code points.
let textFunctions: [Function] = [
  textFunction("charAt", [.int], .string) { text, arguments throws(EvaluationError) in
    guard case .int(let position) = arguments[0] else { return nil }
    let scalars = text.scalars
    let index = try checked(position, scalars.count)
    return .string(Text(scalars: scalars[index...].prefix(1)))
  },
  textFunction("indexOf", [.string], optional: .int, .int) { text, arguments throws(EvaluationError) in
    guard case .string(let part) = arguments[0], let start = integer(arguments, 1, default: 0) else {
      return nil
    }
    let scalars = text.scalars
    let index = TextSearch(part.scalars).first(in: scalars, from: try checked(start, scalars.count))
    return .int(Int64(index ?? -1))
  },
  textFunction("lastIndexOf", [.string], optional: .int, .int) { text, arguments throws(EvaluationError) in
    let scalars = text.scalars
    guard case .string(let part) = arguments[0],
      let limit = integer(arguments, 1, default: Int64(scalars.count))
    else { return nil }
    let index = TextSearch(part.scalars).last(in: scalars, atMost: try checked(limit, scalars.count))
    return .int(Int64(index ?? -1))
  },
  textFunction("substring", [.int], optional: .int, .string) { text, arguments throws(EvaluationError) in
    let count = text.count
    guard case .int(let first) = arguments[0],
      let second = integer(arguments, 1, default: Int64(count))
    else { return nil }
    let end = try checked(second, count)
    let start = try checked(first, end)
    return .string(text[start..<end])
  },
  textFunction("lowerAscii", [], .string) { text, _ in
    .string(Text(utf8: text.utf8.map { $0 &- UInt8(ascii: "A") < 26 ? $0 | 0x20 : $0 }))
  },
  textFunction("upperAscii", [], .string) { text, _ in
    .string(Text(utf8: text.utf8.map { $0 &- UInt8(ascii: "a") < 26 ? $0 & 0xDF : $0 }))
  },
  textFunction("trim", [], .string) { text, _ in .string(trimmed(text)) },
  textFunction("reverse", [], .string) { text, _ in .string(Text(scalars: text.scalars.reversed())) },
  textFunction("split", [.string], optional: .int, .list(.string)) { text, arguments in
    guard case .string(let separator) = arguments[0], let limit = integer(arguments, 1, default: -1) else {
      return nil
    }
    return .list(split(text, by: separator, limit: limit < 0 ? .max : Int(limit)).map(Value.string))
  },
  Function(
    "replace",
    [.member([.string, .string, .string], .string), .member([.string, .string, .string, .int], .string)],
    result: .product, body: replace),
  Function(
    "join", [.member([.list(.string)], .string), .member([.list(.string), .string], .string)],
    result: .product,
    body: join),
  Function("strings.quote", [FunctionSignature([.string], .string)], result: .sum) {
    arguments, call throws(EvaluationError) in
    guard case .string(let text) = arguments[0] else { throw .unsupported("strings.quote", arguments) }
    try call.budget.spend(bytes: text.utf8.count)
    return .string(quoted(text, by: "\""))
  },
  Function("format", [.member([.string, .list(.dyn)], .string)], result: .product, body: format),
]

/// A function on a text that gives nil where its arguments have the wrong types.
private func textFunction(
  _ name: String, _ parameters: [Type], optional: Type? = nil, _ result: Type,
  body: @escaping @Sendable (_ text: Text, _ arguments: ArraySlice<Value>) throws(EvaluationError) -> Value?
) -> Function {
  var signatures = [FunctionSignature.member([.string] + parameters, result)]
  if let optional { signatures.append(.member([.string] + parameters + [optional], result)) }
  return Function(name, signatures, result: .sum) { arguments, call throws(EvaluationError) in
    guard case .string(let text) = arguments[0] else { throw .unsupported(name, arguments) }
    // Code points become values of their own, so that 16 bytes are more than a step.
    try call.budget.spend(text.utf8.count)
    guard let value = try body(text, ArraySlice(Array(arguments.dropFirst()))) else {
      throw .unsupported(name, arguments)
    }
    return value
  }
}

/// The integer at `index`, `default` where there is none, nil where it is something else.
private func integer(_ arguments: ArraySlice<Value>, _ index: Int, default value: Int64) -> Int64? {
  guard arguments.indices.contains(index) else { return value }
  guard case .int(let it) = arguments[index] else { return nil }
  return it
}

/// A position in a text: 0 up to and including its count.
private func checked(_ position: Int64, _ count: Int) throws(EvaluationError) -> Int {
  guard 0...Int64(count) ~= position else { throw .positionOutOfRange(position, count) }
  return Int(position)
}

/// Without the characters at both ends that have Unicode's property White_Space.
private func trimmed(_ text: Text) -> Text {
  let scalars = text.scalars
  guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
    let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
  else { return Text("") }
  return Text(scalars: scalars[first...last])
}

/// At most `limit` parts; an empty separator parts the code points.
private func split(_ text: Text, by separator: Text, limit: Int) -> [Text] {
  guard limit > 0 else { return [] }
  if separator.utf8.isEmpty { return splitIntoCodePoints(text, limit: limit) }
  let search = TextSearch(separator.utf8)
  var parts: [Text] = []
  var start = 0
  while parts.count < limit - 1, let index = search.first(in: text.utf8, from: start) {
    parts.append(Text(utf8: Array(text.utf8[start..<index])))
    start = index + separator.utf8.count
  }
  return parts + [Text(utf8: Array(text.utf8[start...]))]
}

private func splitIntoCodePoints(_ text: Text, limit: Int) -> [Text] {
  let scalars = text.scalars
  guard scalars.count > limit else { return scalars.map { Text(scalars: [$0]) } }
  return scalars[..<(limit - 1)].map { Text(scalars: [$0]) } + [Text(scalars: scalars[(limit - 1)...])]
}

@Sendable
private func replace(_ arguments: [Value], _ call: inout CallContext) throws(EvaluationError) -> Value {
  guard case .string(let text) = arguments[0], case .string(let old) = arguments[1],
    case .string(let new) = arguments[2], let limit = integer(arguments[3...], 3, default: -1)
  else { throw .unsupported("replace", arguments) }
  try call.budget.spend(bytes: text.utf8.count)
  let count = limit < 0 ? Int.max : Int(limit)
  // "abc".replace("", "-") is "-a-b-c-".
  let parts =
    old.utf8.isEmpty
    ? piecesAroundCodePoints(text, count) : split(text, by: old, limit: count &+ 1 > 0 ? count + 1 : .max)
  try call.budget.spend(bytes: parts.count * new.utf8.count)
  return .string(Text(utf8: Array(parts.map(\.utf8).joined(separator: new.utf8))))
}

private func piecesAroundCodePoints(_ text: Text, _ count: Int) -> [Text] {
  guard count > 0 else { return [text] }
  let scalars = text.scalars
  let single = min(count - 1, scalars.count)
  let rest = Text(scalars: scalars[single...])
  let pieces = [Text("")] + scalars[..<single].map { Text(scalars: [$0]) }
  return pieces + [rest]
}

@Sendable
private func join(_ arguments: [Value], _ call: inout CallContext) throws(EvaluationError) -> Value {
  guard case .list(let list) = arguments[0] else { throw .unsupported("join", arguments) }
  var separator = Text("")
  if arguments.count > 1 {
    guard case .string(let text) = arguments[1] else { throw .unsupported("join", arguments) }
    separator = text
  }
  var result: [UInt8] = []
  for (index, value) in list.enumerated() {
    guard case .string(let text) = value else { throw .unsupported("join", [value]) }
    try call.budget.spend(1 + (separator.utf8.count + text.utf8.count) / 16)
    if index > 0 { result += separator.utf8 }
    result += text.utf8
  }
  return .string(Text(utf8: result))
}
