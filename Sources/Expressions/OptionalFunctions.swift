/// Optional values (https://pkg.go.dev/github.com/google/cel-go/cel#OptionalTypes).
let optionalFunctions: [Function] = [
  Function("optional.of", [FunctionSignature([.parameter(0)], .optional(.parameter(0)))], result: .sum) {
    arguments, _ in .optional(arguments[0])
  },
  Function(
    "optional.ofNonZeroValue", [FunctionSignature([.parameter(0)], .optional(.parameter(0)))], result: .sum
  ) {
    arguments, _ in .optional(arguments[0].isZero ? nil : arguments[0])
  },
  Function("optional.none", [FunctionSignature([], .optional(.parameter(0)))]) { _, _ in .optional(nil) },
  Function("hasValue", [.member([.optional(.parameter(0))], .bool)]) { arguments, _ throws(EvaluationError) in
    .bool(try wrapped("hasValue", arguments) != nil)
  },
  Function("value", [.member([.optional(.parameter(0))], .parameter(0))], result: .sum) {
    arguments, _ throws(EvaluationError) in
    guard let value = try wrapped("value", arguments) else { throw .emptyOptional }
    return value
  },
  Function(
    "optional.unwrap", [FunctionSignature([.list(.optional(.parameter(0)))], .list(.parameter(0)))],
    result: .sum, body: unwrap),
  Function(
    "unwrapOpt", [.member([.list(.optional(.parameter(0)))], .list(.parameter(0)))], result: .sum,
    body: unwrap),
  // The evaluator does not evaluate their arguments where the receiver has a value.
  Function(
    "or", [.member([.optional(.parameter(0)), .optional(.parameter(0))], .optional(.parameter(0)))],
    result: .sum
  ) { arguments, _ throws(EvaluationError) in
    guard case .optional = arguments[1] else { throw .unsupported("or", arguments) }
    return try wrapped("or", arguments) != nil ? arguments[0] : arguments[1]
  },
  Function(
    "orValue", [.member([.optional(.parameter(0)), .parameter(0)], .parameter(0))], result: .sum
  ) { arguments, _ throws(EvaluationError) in
    try wrapped("orValue", arguments) ?? arguments[1]
  },
]

private func wrapped(_ function: String, _ arguments: [Value]) throws(EvaluationError) -> Value? {
  guard case .optional(let value) = arguments[0] else { throw .unsupported(function, arguments) }
  return value
}

@Sendable
private func unwrap(_ arguments: [Value], _ call: inout CallContext) throws(EvaluationError) -> Value {
  guard case .list(let list) = arguments[0] else { throw .unsupported("unwrapOpt", arguments) }
  try call.budget.spend(list.count)
  var values: [Value] = []
  for element in list {
    guard case .optional(let value) = element else { throw .unsupported("unwrapOpt", [element]) }
    if let value { values.append(value) }
  }
  return .list(values)
}
