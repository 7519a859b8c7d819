/// The math extension (https://pkg.go.dev/github.com/google/cel-go/ext#Math).
let mathFunctions: [Function] = [
  Function("math.greatest", [], body: extreme("math.greatest", 1)),
  Function("math.least", [], body: extreme("math.least", -1)),
  rounding("math.ceil") { $0.rounded(.up) },
  rounding("math.floor") { $0.rounded(.down) },
  rounding("math.round") { $0.rounded(.toNearestOrAwayFromZero) },
  rounding("math.trunc") { $0.rounded(.towardZero) },
  test("math.isNaN") { $0.isNaN },
  test("math.isInf") { $0.isInfinite },
  test("math.isFinite") { $0.isFinite },
  Function("math.abs", [Type.int, .uint, .double].map { FunctionSignature([$0], $0) }) {
    arguments, _ throws(EvaluationError) in
    switch arguments[0] {
    case .int(.min): throw .overflow("int")
    case .int(let it): .int(abs(it))
    case .uint: arguments[0]
    case .double(let it): .double(it.magnitude)
    default: throw .unsupported("math.abs", arguments)
    }
  },
  Function("math.sign", [Type.int, .uint, .double].map { FunctionSignature([$0], $0) }) {
    arguments, _ throws(EvaluationError) in
    switch arguments[0] {
    case .int(let it): .int(it.signum())
    case .uint(let it): .uint(it.signum())
    case .double(let it): .double(it > 0 ? 1 : it < 0 ? -1 : it)
    default: throw .unsupported("math.sign", arguments)
    }
  },
  Function("math.sqrt", [Type.double, .int, .uint].map { FunctionSignature([$0], .double) }) {
    arguments, _ throws(EvaluationError) in
    switch arguments[0] {
    case .int(let it): .double(Double(it).squareRoot())
    case .uint(let it): .double(Double(it).squareRoot())
    case .double(let it): .double(it.squareRoot())
    default: throw .unsupported("math.sqrt", arguments)
    }
  },
  bitwise("math.bitAnd", { $0 & $1 }, { $0 & $1 }),
  bitwise("math.bitOr", { $0 | $1 }, { $0 | $1 }),
  bitwise("math.bitXor", { $0 ^ $1 }, { $0 ^ $1 }),
  Function("math.bitNot", [FunctionSignature([.int], .int), FunctionSignature([.uint], .uint)]) {
    arguments, _ throws(EvaluationError) in
    switch arguments[0] {
    case .int(let it): .int(~it)
    case .uint(let it): .uint(~it)
    default: throw .unsupported("math.bitNot", arguments)
    }
  },
  shift("math.bitShiftLeft") { $0 << $1 },
  // Of an int too without its sign: -1 becomes large.
  shift("math.bitShiftRight") { $0 >> $1 },
]

private func extreme(_ name: String, _ direction: Int) -> Function.Body {
  { arguments, call throws(EvaluationError) in
    var candidates = arguments
    if arguments.count == 1, case .list(let list) = arguments[0] { candidates = list }
    try call.budget.spend(candidates.count)
    guard var best = candidates.first else { throw .emptyList(name) }
    for candidate in candidates {
      guard let left = Number(candidate), let right = Number(best) else {
        throw .unsupported(name, [candidate])
      }
      if left.compare(right) == direction { best = candidate }
    }
    return best
  }
}

private func rounding(_ name: String, _ round: @escaping @Sendable (Double) -> Double) -> Function {
  Function(name, [FunctionSignature([.double], .double)]) { arguments, _ throws(EvaluationError) in
    guard case .double(let value) = arguments[0] else { throw .unsupported(name, arguments) }
    return .double(round(value))
  }
}

private func test(_ name: String, _ test: @escaping @Sendable (Double) -> Bool) -> Function {
  Function(name, [FunctionSignature([.double], .bool)]) { arguments, _ throws(EvaluationError) in
    guard case .double(let value) = arguments[0] else { throw .unsupported(name, arguments) }
    return .bool(test(value))
  }
}

private func bitwise(
  _ name: String, _ signed: @escaping @Sendable (Int64, Int64) -> Int64,
  _ unsigned: @escaping @Sendable (UInt64, UInt64) -> UInt64
) -> Function {
  Function(name, [FunctionSignature([.int, .int], .int), FunctionSignature([.uint, .uint], .uint)]) {
    arguments, _ throws(EvaluationError) in
    switch (arguments[0], arguments[1]) {
    case (.int(let left), .int(let right)): .int(signed(left, right))
    case (.uint(let left), .uint(let right)): .uint(unsigned(left, right))
    default: throw .unsupported(name, arguments)
    }
  }
}

private func shift(_ name: String, _ shift: @escaping @Sendable (UInt64, Int64) -> UInt64) -> Function {
  Function(name, [FunctionSignature([.int, .int], .int), FunctionSignature([.uint, .int], .uint)]) {
    arguments, _ throws(EvaluationError) in
    guard case .int(let count) = arguments[1] else { throw .unsupported(name, arguments) }
    if count < 0 { throw .negativeShift(count) }
    switch arguments[0] {
    case .int(let it): return .int(Int64(bitPattern: shift(UInt64(bitPattern: it), count)))
    case .uint(let it): return .uint(shift(it, count))
    default: throw .unsupported(name, arguments)
    }
  }
}
