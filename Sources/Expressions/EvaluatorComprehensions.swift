extension Evaluator {
  /// An evaluation that takes too many steps does so in a loop: the outermost one is named.
  mutating func comprehend(
    _ node: NodeID, _ comprehension: SyntaxTree.Comprehension
  ) throws(EvaluationError) -> Value {
    let range = try evaluate(comprehension.range)
    trace?.enterLoop()
    defer { trace?.leaveLoop() }
    do throws(EvaluationError) {
      return try comprehend(comprehension, range)
    } catch {
      var error = error
      if error.isFinal { error.range = expression.tree.nodes[node].range }
      throw error
    }
  }

  private mutating func comprehend(
    _ comprehension: SyntaxTree.Comprehension, _ range: Value
  ) throws(EvaluationError) -> Value {
    switch comprehension.kind {
    case .all: return .bool(try quantify(comprehension, range, decidedBy: false))
    case .exists: return .bool(try quantify(comprehension, range, decidedBy: true))
    case .existsOne: return .bool(try existsOne(comprehension, range))
    case .map, .transformList, .filter: return .list(try transformList(comprehension, range))
    case .transformMap, .transformMapEntry: return .map(try transformMap(comprehension, range))
    }
  }

  /// Calls `body` with the macro's variables bound to each element, until it gives false.
  private mutating func forEach(
    _ comprehension: SyntaxTree.Comprehension, _ range: Value,
    _ body: (inout Evaluator, _ key: Value) throws(EvaluationError) -> Bool
  ) throws(EvaluationError) {
    switch range {
    case .list(let list):
      for (index, element) in list.enumerated() {
        let key = Value.int(Int64(index))
        bind(comprehension, key: key, element: element, single: element)
        if !(try body(&self, comprehension.second == nil ? element : key)) { return }
      }
    case .map(let map):
      for entry in map.entries {
        bind(comprehension, key: entry.key, element: entry.value, single: entry.key)
        if !(try body(&self, entry.key)) { return }
      }
    default: throw .notIterable(range)
    }
  }

  private mutating func bind(
    _ comprehension: SyntaxTree.Comprehension, key: Value, element: Value, single: Value
  ) {
    guard let second = comprehension.second else {
      locals[comprehension.first.number] = single
      return
    }
    locals[comprehension.first.number] = key
    locals[second.number] = element
  }

  /// `exists` is decided by true and `all` by false, whatever errors other elements give.
  private mutating func quantify(
    _ comprehension: SyntaxTree.Comprehension, _ range: Value, decidedBy value: Bool
  ) throws(EvaluationError) -> Bool {
    var failure: EvaluationError?
    var isDecided = false
    try forEach(comprehension, range) { evaluator, _ throws(EvaluationError) in
      do throws(EvaluationError) {
        isDecided = try evaluator.condition(comprehension.body) == value
      } catch {
        if error.isFinal { throw error }
        failure = failure ?? error
      }
      return !isDecided
    }
    if isDecided { return value }
    if let failure { throw failure }
    return !value
  }

  private mutating func existsOne(
    _ comprehension: SyntaxTree.Comprehension, _ range: Value
  ) throws(EvaluationError) -> Bool {
    var count = 0
    try forEach(comprehension, range) { evaluator, _ throws(EvaluationError) in
      if try evaluator.condition(comprehension.body) { count += 1 }
      return true
    }
    return count == 1
  }

  private mutating func transformList(
    _ comprehension: SyntaxTree.Comprehension, _ range: Value
  ) throws(EvaluationError) -> [Value] {
    var values: [Value] = []
    try forEach(comprehension, range) { evaluator, key throws(EvaluationError) in
      if let filter = comprehension.filter, !(try evaluator.condition(filter)) { return true }
      if comprehension.kind != .filter {
        values.append(try evaluator.evaluate(comprehension.body))
      } else if try evaluator.condition(comprehension.body) {
        values.append(key)
      }
      return true
    }
    return values
  }

  private mutating func transformMap(
    _ comprehension: SyntaxTree.Comprehension, _ range: Value
  ) throws(EvaluationError) -> MapValue {
    var result = MapValue()
    try forEach(comprehension, range) { evaluator, key throws(EvaluationError) in
      if let filter = comprehension.filter, !(try evaluator.condition(filter)) { return true }
      let value = try evaluator.evaluate(comprehension.body)
      guard comprehension.kind == .transformMapEntry else {
        try result.add(value, for: key)
        return true
      }
      guard case .map(let entries) = value else { throw .notAMap(value) }
      try evaluator.call.budget.spend(entries.count)
      for entry in entries.entries { try result.add(entry.value, for: entry.key) }
      return true
    }
    return result
  }
}
