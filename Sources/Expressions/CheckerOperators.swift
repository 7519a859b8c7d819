extension Checker {
  mutating func checkNegation(_ node: NodeID, _ operand: NodeID) -> Type {
    let type = checkResolved(operand)
    switch type {
    case .int, .double, .dyn: return type
    case .parameter: return .dyn
    default:
      report(.noOverload("-", [type], isMember: false, at: range(node)))
      return .dyn
    }
  }

  mutating func checkBinary(_ node: NodeID, _ sign: BinaryOperator, _ left: NodeID, _ right: NodeID) -> Type {
    let enclosing = chain
    chain = nil
    defer { chain = enclosing }
    checkOperands(sign, left, right)
    let (leftType, rightType) = (type(left), type(right))
    checkChoices(sign, left, right)
    if refusesNull(node, sign, left, right) { return .bool }
    if let result = Self.simpleResult(sign, leftType, rightType) { return result }
    if let result = overload(Self.signatures(sign), [leftType, rightType], isMember: false) { return result }
    reportMismatch(node, sign, left, right)
    return sign == .equal || sign == .notEqual || sign == .contained || sign.isOrdering ? .bool : .dyn
  }

  /// A variable beside `null` is not read for its value: that it may be absent is not the mistake.
  private mutating func checkOperands(_ sign: BinaryOperator, _ left: NodeID, _ right: NodeID) {
    let before = present.count
    if sign == .equal || sign == .notEqual {
      for (null, other) in [(left, right), (right, left)] where isNull(null) {
        if let index = tree.qualifiedName(other).flatMap(variable) { present.append(.variable(index)) }
      }
    }
    check(left)
    check(right)
    present.removeSubrange(before...)
  }

  /// What a field or a member holds is never null, although CEL lets times and durations be compared with it.
  private mutating func refusesNull(
    _ node: NodeID, _ sign: BinaryOperator, _ left: NodeID, _ right: NodeID
  ) -> Bool {
    guard isStrict, sign == .equal || sign == .notEqual else { return false }
    for (null, other) in [(left, right), (right, left)] where isNull(null) && path(other) != nil {
      switch type(other) {
      case .timestamp, .duration:
        report(.comparedWithNull(text(other), at: range(node)))
        return true
      default: break
      }
    }
    return false
  }

  private func isNull(_ node: NodeID) -> Bool {
    if case .literal(.null) = tree.nodes[node].kind { true } else { false }
  }

  private mutating func reportMismatch(
    _ node: NodeID, _ sign: BinaryOperator, _ left: NodeID, _ right: NodeID
  ) {
    if sign == .equal || sign == .notEqual {
      for (null, other) in [(left, right), (right, left)] where isNull(null) {
        if path(other) != nil { return report(.comparedWithNull(text(other), at: range(node))) }
      }
    }
    report(.operatorMismatch(sign.rawValue, type(left), type(right), at: range(node)))
  }

  /// The frequent cases, without unification.
  private static func simpleResult(_ sign: BinaryOperator, _ left: Type, _ right: Type) -> Type? {
    guard left == right, left.isSimple else { return nil }
    switch sign {
    case .equal, .notEqual: return .bool
    case .less, .lessOrEqual, .greater, .greaterOrEqual: return left == .null ? nil : .bool
    case .add, .subtract, .multiply, .divide: return left == .int || left == .double ? left : nil
    default: return nil
    }
  }

  private static func signatures(_ sign: BinaryOperator) -> [FunctionSignature] {
    switch sign {
    case .equal, .notEqual: equality
    case .less, .lessOrEqual, .greater, .greaterOrEqual: ordering
    case .contained: membership
    case .add: addition
    case .subtract: subtraction
    case .remainder: [.int, .uint].map { FunctionSignature([$0, $0], $0) }
    case .multiply, .divide: arithmetic
    }
  }

  private static let equality = [FunctionSignature([.parameter(0), .parameter(0)], .bool)]
  private static let arithmetic = [Type.int, .uint, .double].map { FunctionSignature([$0, $0], $0) }
  private static let membership = [
    FunctionSignature([.parameter(0), .list(.parameter(0))], .bool),
    FunctionSignature([.parameter(0), .map(.parameter(0), .parameter(1))], .bool),
  ]
  private static let ordering: [FunctionSignature] = {
    let same: [Type] = [.bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration]
    let numbers: [Type] = [.int, .uint, .double]
    let mixed = numbers.flatMap { left in
      numbers.filter { $0 != left }.map { FunctionSignature([left, $0], .bool) }
    }
    return same.map { FunctionSignature([$0, $0], .bool) } + mixed
  }()
  private static let addition =
    arithmetic
    + [
      FunctionSignature([.string, .string], .string), FunctionSignature([.bytes, .bytes], .bytes),
      FunctionSignature([.list(.parameter(0)), .list(.parameter(0))], .list(.parameter(0))),
      FunctionSignature([.timestamp, .duration], .timestamp),
      FunctionSignature([.duration, .timestamp], .timestamp),
      FunctionSignature([.duration, .duration], .duration),
    ]
  private static let subtraction =
    arithmetic
    + [
      FunctionSignature([.timestamp, .timestamp], .duration),
      FunctionSignature([.timestamp, .duration], .timestamp),
      FunctionSignature([.duration, .duration], .duration),
    ]

  // MARK: Choices

  /// A choice compared with a literal that is none of its values can only be a mistake.
  private mutating func checkChoices(_ sign: BinaryOperator, _ left: NodeID, _ right: NodeID) {
    switch sign {
    case .equal, .notEqual:
      if let variable = choiceVariable(left) { checkChoice(right, of: variable) }
      if let variable = choiceVariable(right) { checkChoice(left, of: variable) }
    case .contained:
      guard let variable = choiceVariable(left), case .list(let elements) = tree.nodes[right].kind else {
        return
      }
      for element in elements { checkChoice(element.value, of: variable) }
    default: break
    }
  }

  /// The choice variable that a checked node reads, perhaps with `orValue`.
  private func choiceVariable(_ node: NodeID) -> Variable? {
    switch resolutions[node] {
    case .variable(let index), .optionalVariable(let index):
      let variable = environment.variables[index]
      return variable.choices.isEmpty ? nil : variable
    default:
      guard case .call("orValue", let target?, _) = tree.nodes[node].kind else { return nil }
      return choiceVariable(target)
    }
  }

  private mutating func checkChoice(_ node: NodeID, of variable: Variable) {
    guard case .literal(.string(let text)) = tree.nodes[node].kind else { return }
    if !variable.choices.contains(text.string) {
      report(.unknownChoice(text.string, of: variable, at: range(node)))
    }
  }

  // MARK: Indexes

  mutating func checkIndex(_ node: NodeID, _ operand: NodeID, _ index: NodeID, _ isOptional: Bool) -> Type {
    let enclosing = chain
    chain = nil
    defer { chain = enclosing }
    let operandType = checkResolved(operand)
    check(index)
    let selected = indexedType(operandType, index, node)
    if !isOptional { return selected }
    if case .optional = selected { return selected }
    return .optional(selected)
  }

  private mutating func indexedType(_ operand: Type, _ index: NodeID, _ node: NodeID) -> Type {
    switch operand {
    case .list(let element):
      if !unification.assign(types[index], to: .int) { reportIndex(operand, index, node) }
      return element
    case .map(let key, let value):
      if !unification.assign(types[index], to: key) { reportIndex(operand, index, node) }
      return value
    case .record:
      if case .literal(.string(let field)) = tree.nodes[index].kind {
        return fieldType(operand, field.string, node)
      }
      if !unification.assign(types[index], to: .string) { reportIndex(operand, index, node) }
      return .dyn
    case .optional(let wrapped):
      let selected = indexedType(unification.resolve(wrapped), index, node)
      if case .optional = selected { return selected }
      return .optional(selected)
    case .dyn, .parameter: return .dyn
    default:
      reportIndex(operand, index, node)
      return .dyn
    }
  }

  private mutating func reportIndex(_ operand: Type, _ index: NodeID, _ node: NodeID) {
    report(.operatorMismatch("[]", operand, type(index), at: range(node)))
  }
}
