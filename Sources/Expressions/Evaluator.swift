internal import Diagnostics

/// Evaluates a checked expression node by node (langdef.md, "Evaluation"): the path that any expression can take.
///
/// `InstructionRunner` is the fast one; it turns here for what it does not know and for errors.
struct Evaluator {
  var expression: CheckedExpression
  let environment: Environment
  /// Boxed, because a generic evaluator spends more time on looking up its own metadata.
  let source: any SlotSource
  var call: CallContext
  var locals: [Value]
  var trace: TraceRecorder?

  init(
    _ expression: CheckedExpression, _ environment: Environment, _ source: any SlotSource,
    trace: TraceRecorder? = nil
  ) {
    self.expression = expression
    self.environment = environment
    self.source = source
    self.trace = trace
    call = CallContext(budget: Budget(environment.limits.steps), zoneOffset: environment.zoneOffset)
    locals = Array(repeating: .null, count: expression.tree.localCount)
  }

  /// The value of a node; an error that has no place yet gets the node's.
  mutating func evaluate(_ node: NodeID) throws(EvaluationError) -> Value {
    do throws(EvaluationError) {
      try call.budget.spend(1)
      if let constant = expression.constants[node] { return constant }
      let value = try value(of: node)
      trace?.record(node, .success(value))
      return value
    } catch {
      var error = error
      if error.range.isEmpty { error.range = expression.tree.nodes[node].range }
      trace?.record(node, .failure(error))
      throw error
    }
  }

  private mutating func value(of node: NodeID) throws(EvaluationError) -> Value {
    switch expression.tree.nodes[node].kind {
    case .literal(let value): return value
    case .identifier: return try resolved(node)
    case .select(let operand, let field, let isOptional):
      if case .none = expression.resolutions[node] { return try select(operand, field, isOptional) }
      return try resolved(node)
    case .has(let operand): return .bool(try isPresent(operand))
    case .index(let operand, let index, let isOptional): return try element(operand, index, isOptional)
    case .call(_, let target, let arguments): return try callFunction(node, target, arguments)
    case .negate(let operand): return try evaluate(operand).negated()
    case .not(let operand): return .bool(!(try condition(operand)))
    case .binary(let sign, let left, let right): return try binary(sign, left, right)
    case .and(let operands): return .bool(try logical(operands, decidedBy: false))
    case .or(let operands): return .bool(try logical(operands, decidedBy: true))
    case .conditional(let condition, let first, let second):
      return try evaluate(try self.condition(condition) ? first : second)
    case .list(let elements): return try list(elements)
    case .map(let entries): return try map(entries)
    case .comprehension(let comprehension): return try comprehend(node, comprehension)
    case .bind(let local, let value, let body):
      locals[local.number] = try evaluate(value)
      return try evaluate(body)
    case .optionalMap(let target, let local, let body, let isFlat):
      return try optionalMap(target, local, body, isFlat)
    }
  }

  /// The value of a node that must be a boolean.
  mutating func condition(_ node: NodeID) throws(EvaluationError) -> Bool {
    let value = try evaluate(node)
    guard case .bool(let bool) = value else {
      var error = EvaluationError.notBool(value)
      error.range = expression.tree.nodes[node].range
      throw error
    }
    return bool
  }

  // MARK: Names

  private mutating func resolved(_ node: NodeID) throws(EvaluationError) -> Value {
    switch expression.resolutions[node] {
    case .variable(let index):
      guard let value = try variable(index) else { throw .absent(environment.variables[index].name) }
      return value
    case .optionalVariable(let index): return .optional(try variable(index))
    case .local(let number): return locals[number]
    case .type(let name): return .type(name)
    case .error(let error): throw error
    case .function, .none: throw .unknownName("")
    }
  }

  /// Nil where it is absent.
  private mutating func variable(_ index: Int) throws(EvaluationError) -> Value? {
    let variable = environment.variables[index]
    let slot = source.value(ofSlot: variable.slot)
    switch slot.kind {
    case .absent: return nil
    case .invalid: throw .invalid(variable.name)
    case .bool: return .bool(slot.bits != 0)
    case .int: return .int(slot.bits)
    case .uint: return .uint(UInt64(bitPattern: slot.bits))
    case .double: return .double(slot.double)
    case .timestamp: return .timestamp(slot.timestamp)
    case .duration: return .duration(slot.bits)
    case .choice:
      guard variable.choices.indices.contains(Int(slot.bits)) else { throw .invalid(variable.name) }
      return .string(variable.choices[Int(slot.bits)])
    case .text: return .string(try text(slot, variable))
    case .composite: return source.composite(ofSlot: variable.slot)
    }
  }

  private mutating func text(_ slot: SlotValue, _ variable: Variable) throws(EvaluationError) -> Text {
    let range = source.withBytes { slot.textRange(in: $0.count) }
    guard let range else { throw .invalid(variable.name) }
    try call.budget.spend(bytes: range.count)
    return Text(utf8: source.withBytes { Array($0[range]) })
  }

  private mutating func select(
    _ operand: NodeID, _ field: String, _ isOptional: Bool
  ) throws(EvaluationError) -> Value {
    let value = try evaluate(operand)
    let selected = try value.field(Text(field))
    return try presented(selected, of: value, isOptional, missing: .noSuchKey(.string(field)))
  }

  private mutating func element(
    _ operand: NodeID, _ index: NodeID, _ isOptional: Bool
  ) throws(EvaluationError) -> Value {
    let value = try evaluate(operand)
    let position = try evaluate(index)
    let selected = try value.element(at: position)
    if case .list(let list) = value {
      return try presented(selected, of: value, isOptional, missing: .indexOutOfRange(position, list.count))
    }
    return try presented(selected, of: value, isOptional, missing: .noSuchKey(position))
  }

  /// An optional where the selection or its operand is one; never an optional of an optional.
  private func presented(
    _ selected: Value?, of operand: Value, _ isOptional: Bool, missing: @autoclosure () -> EvaluationError
  ) throws(EvaluationError) -> Value {
    var givesOptional = isOptional
    if case .optional = operand { givesOptional = true }
    if givesOptional {
      if case .optional? = selected { return selected ?? .null }
      return .optional(selected)
    }
    guard let selected else { throw missing() }
    return selected
  }

  private mutating func isPresent(_ operand: NodeID) throws(EvaluationError) -> Bool {
    switch expression.resolutions[operand] {
    case .variable(let index): return source.value(ofSlot: environment.variables[index].slot).kind != .absent
    case .error(let error): throw error
    default:
      guard case .select(let base, let field, _) = expression.tree.nodes[operand].kind else {
        throw .unknownName("")
      }
      return try evaluate(base).field(Text(field)) != nil
    }
  }

  // MARK: Operators

  private mutating func binary(
    _ sign: BinaryOperator, _ left: NodeID, _ right: NodeID
  ) throws(EvaluationError) -> Value {
    let (left, right) = (try evaluate(left), try evaluate(right))
    switch sign {
    case .add: return try left.adding(right, &call.budget)
    case .subtract: return try left.subtracting(right)
    case .multiply: return try left.multiplied(by: right)
    case .divide: return try left.divided(by: right)
    case .remainder: return try left.remainder(by: right)
    case .equal, .notEqual:
      try call.budget.spend(equalityOf: left, right)
      return .bool(left.isEqual(to: right) == (sign == .equal))
    case .less, .lessOrEqual, .greater, .greaterOrEqual: return .bool(try left.isOrdered(sign, right))
    case .contained: return .bool(try left.isContained(in: right, &call.budget))
    }
  }

  /// `&&` is decided by false and `||` by true, whatever errors the other operands give.
  private mutating func logical(_ operands: [NodeID], decidedBy value: Bool) throws(EvaluationError) -> Bool {
    var failure: EvaluationError?
    for operand in operands {
      do throws(EvaluationError) {
        if try condition(operand) == value { return value }
      } catch {
        if error.isFinal { throw error }
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
    return !value
  }

  // MARK: Calls

  private mutating func callFunction(
    _ node: NodeID, _ target: NodeID?, _ arguments: [NodeID]
  ) throws(EvaluationError) -> Value {
    switch expression.resolutions[node] {
    case .function(let index, let isMember):
      let function = environment.functions.functions[index]
      let nodes = isMember ? (target.map { [$0] } ?? []) + arguments : arguments
      if isMember, function.name == "or" || function.name == "orValue" {
        return try alternative(function, nodes)
      }
      var values: [Value] = []
      values.reserveCapacity(nodes.count)
      for node in nodes { values.append(try evaluate(node)) }
      if let pattern = expression.patterns[node], case .string(let text) = values[0] {
        try call.budget.spend(bytes: text.utf8.count)
        return .bool(text.utf8.withUnsafeBytes { pattern.matches($0) })
      }
      return try function.body(values, &call)
    case .error(let error): throw error
    default: throw .unknownFunction("")
    }
  }

  /// The second is evaluated only where the first has no value.
  private mutating func alternative(_ function: Function, _ nodes: [NodeID]) throws(EvaluationError) -> Value
  {
    let first = try evaluate(nodes[0])
    if case .optional(let wrapped?) = first { return function.name == "or" ? first : wrapped }
    return try function.body([first, try evaluate(nodes[1])], &call)
  }

  // MARK: Lists and maps

  private mutating func list(_ elements: [SyntaxTree.Element]) throws(EvaluationError) -> Value {
    var values: [Value] = []
    values.reserveCapacity(elements.count)
    for element in elements {
      let value = try evaluate(element.value)
      if !element.isOptional {
        values.append(value)
      } else if let wrapped = try wrapped(value) {
        values.append(wrapped)
      }
    }
    return .list(values)
  }

  private mutating func map(_ entries: [SyntaxTree.Entry]) throws(EvaluationError) -> Value {
    var map = MapValue()
    for entry in entries {
      let key = try evaluate(entry.key)
      let value = try evaluate(entry.value)
      if !entry.isOptional {
        try map.add(value, for: key)
      } else if let wrapped = try wrapped(value) {
        try map.add(wrapped, for: key)
      }
    }
    return .map(map)
  }

  func wrapped(_ value: Value) throws(EvaluationError) -> Value? {
    guard case .optional(let wrapped) = value else { throw .notOptional(value) }
    return wrapped
  }

  private mutating func optionalMap(
    _ target: NodeID, _ local: SyntaxTree.Local, _ body: NodeID, _ isFlat: Bool
  ) throws(EvaluationError) -> Value {
    guard let value = try wrapped(try evaluate(target)) else { return .optional(nil) }
    locals[local.number] = value
    let result = try evaluate(body)
    guard isFlat else { return .optional(result) }
    return .optional(try wrapped(result))
  }
}

extension MapValue {
  mutating func add(_ value: Value, for key: Value) throws(EvaluationError) {
    switch insert(value, for: key) {
    case .inserted: break
    case .duplicate: throw .duplicateKey(key)
    case .unsupportedKey: throw .unsupportedKey(key)
    }
  }
}

extension EvaluationError {
  /// Ends the evaluation even where the result would not depend on it.
  var isFinal: Bool { code.rawValue == "expression-budget" }
}
