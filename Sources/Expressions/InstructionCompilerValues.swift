extension InstructionCompiler {
  /// Compares two computed numbers, timestamps or durations.
  mutating func valueComparison(
    _ relation: Instruction.Relation, _ left: NodeID, _ right: NodeID, _ yes: Int32, _ no: Int32
  ) -> Int32? {
    let (leftType, rightType) = (expression.types[left], expression.types[right])
    let operation: Instruction.Operation
    switch (leftType, rightType) {
    case (.int, .int), (.duration, .duration): operation = .compareInts
    case (.timestamp, .timestamp): operation = .compareTimestamps
    case (.int, .double), (.double, .int), (.double, .double): operation = .compareDoubles
    default: return nil
    }
    let first = firstRegister
    guard first + 1 < InstructionCode.registerCount else { return nil }
    let test = emit(
      Instruction(operation, relation, first: first, second: first + 1, whenTrue: yes, whenFalse: no))
    let isMixed = leftType != rightType
    guard let second = number(right, first + 1, asDouble: isMixed, next: test) else { return nil }
    return number(left, first, asDouble: isMixed, next: second)
  }

  private mutating func number(_ node: NodeID, _ register: Int, asDouble: Bool, next: Int32) -> Int32? {
    guard asDouble, expression.types[node] == .int else { return value(node, register, next: next) }
    let conversion = emit(Instruction(.convertIntToDouble, first: register, whenTrue: next))
    return value(node, register, next: conversion)
  }

  /// The instruction at which the steps start that leave a node's value in a register; nil where they are not known.
  mutating func value(_ node: NodeID, _ register: Int, next: Int32) -> Int32? {
    guard register < InstructionCode.registerCount else { return nil }
    if let constant = constant(node) { return load(constant, register, next) }
    if let variable = variable(node) { return load(variable, register, next) }
    if let (variable, value) = variableWithDefault(node) {
      guard let loaded = load(variable, register, next), let otherwise = load(value, register, next) else {
        return nil
      }
      return emit(Instruction(.present, first: variable.slot, whenTrue: loaded, whenFalse: otherwise))
    }
    switch kind(node) {
    case .binary(let sign, let left, let right): return arithmetic(sign, left, right, register, next)
    case .negate(let operand): return negation(operand, register, next)
    case .conditional(let condition, let first, let second):
      guard let first = value(first, register, next: next), let second = value(second, register, next: next)
      else {
        return nil
      }
      let before = firstRegister
      firstRegister = register
      defer { firstRegister = before }
      return self.condition(condition, first, second)
    case .call("double", nil, let arguments)
    where arguments.count == 1 && expression.types[arguments[0]] == .int:
      return number(arguments[0], register, asDouble: true, next: next)
    case .call: return call(node, register, next)
    default: return nil
    }
  }

  private mutating func call(_ node: NodeID, _ register: Int, _ next: Int32) -> Int32? {
    if let variable = sizedText(node) {
      return emit(Instruction(.sizeOfText, first: variable.slot, second: register, whenTrue: next))
    }
    guard case .call(let name, let target, let arguments) = kind(node),
      case .function = expression.resolutions[node]
    else { return nil }
    if name == "int", target == nil, arguments.count == 1 {
      return numberOfText(arguments[0], register, next)
    }
    let part = TimePart.allCases.first { $0.function == name }
    guard let part, let target, expression.types[target] == .timestamp else { return nil }
    return partOfTime(part, target, arguments, register, next)
  }

  /// `int(x)` and `int(x.substring(2, 4))` of a text variable.
  private mutating func numberOfText(_ node: NodeID, _ register: Int, _ next: Int32) -> Int32? {
    var (text, stretch) = (node, 0..<Int64(UInt32.max))
    if case .call("substring", let target?, let arguments) = kind(node), arguments.count == 2,
      case .function = expression.resolutions[node],
      case .int(let first)? = constant(arguments[0]), case .int(let end)? = constant(arguments[1]),
      0 <= first, first <= end, end < Int64(UInt32.max)
    {
      (text, stretch) = (target, first..<end)
    }
    guard let variable = textVariable(text) else { return nil }
    return emit(
      Instruction(
        .numberOfText, first: variable.slot, second: register,
        literal: stretch.lowerBound << 32 | stretch.upperBound, whenTrue: next))
  }

  /// `t.getHours()` and `t.getHours('Asia/Shanghai')`.
  private mutating func partOfTime(
    _ part: TimePart, _ time: NodeID, _ arguments: [NodeID], _ register: Int, _ next: Int32
  ) -> Int32? {
    var zone = Text("UTC")
    if let argument = arguments.first {
      guard arguments.count == 1, case .string(let name)? = constant(argument) else { return nil }
      zone = name
    }
    code.zones.append(zone)
    let step = emit(
      Instruction(
        .partOfTime, first: register, second: part.rawValue, literal: Int64(code.zones.count - 1),
        whenTrue: next))
    return value(time, register, next: step)
  }

  private mutating func load(_ constant: Value, _ register: Int, _ next: Int32) -> Int32? {
    let value: SlotValue
    switch constant {
    case .int(let it): value = .int(it)
    case .double(let it): value = .double(it)
    case .timestamp(let it): value = .timestamp(it)
    case .duration(let it): value = .duration(nanoseconds: it)
    default: return nil
    }
    return emit(
      Instruction(
        .constant, kind: value.kind, first: register, second: Int(value.nanoseconds), literal: value.bits,
        whenTrue: next))
  }

  private mutating func load(_ variable: Variable, _ register: Int, _ next: Int32) -> Int32? {
    let kind: SlotValue.Kind
    switch variable.type {
    case .int: kind = .int
    case .double: kind = .double
    case .timestamp: kind = .timestamp
    case .duration: kind = .duration
    default: return nil
    }
    return emit(Instruction(.load, kind: kind, first: variable.slot, second: register, whenTrue: next))
  }

  private mutating func negation(_ operand: NodeID, _ register: Int, _ next: Int32) -> Int32? {
    let operation: Instruction.Operation
    switch expression.types[operand] {
    case .int: operation = .negateInt
    case .double: operation = .negateDouble
    default: return nil
    }
    let step = emit(Instruction(operation, first: register, whenTrue: next))
    return value(operand, register, next: step)
  }

  private mutating func arithmetic(
    _ sign: BinaryOperator, _ left: NodeID, _ right: NodeID, _ register: Int, _ next: Int32
  ) -> Int32? {
    guard let operation = Self.operation(sign, expression.types[left], expression.types[right]) else {
      return nil
    }
    let step = emit(Instruction(operation, first: register, second: register + 1, whenTrue: next))
    guard let second = value(right, register + 1, next: step) else { return nil }
    return value(left, register, next: second)
  }

  private static func operation(_ sign: BinaryOperator, _ left: Type, _ right: Type) -> Instruction.Operation?
  {
    switch (sign, left, right) {
    case (.add, .int, .int), (.add, .duration, .duration): .addInts
    case (.subtract, .int, .int), (.subtract, .duration, .duration): .subtractInts
    case (.multiply, .int, .int): .multiplyInts
    case (.divide, .int, .int): .divideInts
    case (.remainder, .int, .int): .remainderOfInts
    case (.add, .double, .double): .addDoubles
    case (.subtract, .double, .double): .subtractDoubles
    case (.multiply, .double, .double): .multiplyDoubles
    case (.divide, .double, .double): .divideDoubles
    case (.add, .timestamp, .duration): .addToTimestamp
    case (.subtract, .timestamp, .duration): .subtractFromTimestamp
    case (.subtract, .timestamp, .timestamp): .subtractTimestamps
    default: nil
    }
  }
}
