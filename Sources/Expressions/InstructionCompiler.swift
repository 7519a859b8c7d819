/// Turns what it knows of a checked expression into instructions: tests of slots, chained by jumps, and arithmetic.
///
/// Instructions are emitted from the last to the first, so that the targets of each are known; `&&`, `||`, `!` and
/// `?:` leave no instruction of their own. A test that it does not know becomes a call of the general evaluator.
struct InstructionCompiler {
  let expression: CheckedExpression
  let environment: Environment
  var code = InstructionCode()
  /// The first register that a comparison may use: those before it hold what a computation around it has yet to use.
  var firstRegister = 0
  /// Whether there is more than one call of the general evaluator.
  var hasFastPart = false

  /// Nil where the fast path would have nothing to do.
  static func compile(_ expression: CheckedExpression, _ environment: Environment) -> InstructionCode? {
    var compiler = InstructionCompiler(expression: expression, environment: environment)
    let root = expression.tree.root
    if expression.types[root] == .bool {
      compiler.code.entry = compiler.condition(root, Instruction.Target.yes, Instruction.Target.no)
    } else {
      let result = compiler.emit(Instruction(.result, whenTrue: Instruction.Target.yes))
      guard let entry = compiler.value(root, 0, next: result) else { return nil }
      compiler.code.entry = entry
    }
    return compiler.hasFastPart ? compiler.code : nil
  }

  mutating func emit(_ instruction: Instruction) -> Int32 {
    if instruction.operation != .general { hasFastPart = true }
    code.instructions.append(instruction)
    return Int32(truncatingIfNeeded: code.instructions.count - 1)
  }

  func kind(_ node: NodeID) -> SyntaxTree.Kind { expression.tree.nodes[node].kind }
  func constant(_ node: NodeID) -> Value? { expression.constants[node] }

  /// The variable that a node reads.
  func variable(_ node: NodeID) -> Variable? {
    switch kind(node) {
    case .identifier, .select:
      if case .variable(let index) = expression.resolutions[node] { return environment.variables[index] }
      return nil
    default: return nil
    }
  }

  /// The variable and the constant of `x.orValue(constant)`.
  func variableWithDefault(_ node: NodeID) -> (Variable, default: Value)? {
    guard case .call("orValue", let target?, let arguments) = kind(node), arguments.count == 1,
      case .optionalVariable(let index) = expression.resolutions[target], let value = constant(arguments[0])
    else { return nil }
    return (environment.variables[index], value)
  }

  // MARK: Conditions

  /// The instruction at which a condition starts that goes on at one of two targets.
  mutating func condition(_ node: NodeID, _ yes: Int32, _ no: Int32) -> Int32 {
    if case .bool(let value)? = constant(node) { return value ? yes : no }
    switch kind(node) {
    case .not(let operand): return condition(operand, no, yes)
    case .and(let operands): return operands.reversed().reduce(yes) { condition($1, $0, no) }
    case .or(let operands): return operands.reversed().reduce(no) { condition($1, yes, $0) }
    case .conditional(let test, let first, let second):
      let first = condition(first, yes, no)
      let second = condition(second, yes, no)
      return condition(test, first, second)
    case .has(let operand):
      if let variable = variable(operand) { return presence(of: variable, yes, no) }
    case .identifier, .select:
      if let variable = variable(node), variable.type == .bool {
        return emit(Instruction(.bool, first: variable.slot, whenTrue: yes, whenFalse: no))
      }
    case .binary(.contained, let left, let right):
      if let entry = membership(left, right, yes, no) { return entry }
    case .binary(let sign, let left, let right):
      if let entry = comparison(sign, left, right, yes, no) { return entry }
    case .call:
      if let entry = call(node, yes, no) { return entry }
    default: break
    }
    return emit(Instruction(.general, literal: Int64(node), whenTrue: yes, whenFalse: no))
  }

  private mutating func presence(of variable: Variable, _ yes: Int32, _ no: Int32) -> Int32 {
    emit(Instruction(.present, first: variable.slot, whenTrue: yes, whenFalse: no))
  }

  private mutating func call(_ node: NodeID, _ yes: Int32, _ no: Int32) -> Int32? {
    guard case .call(let name, let target, let arguments) = kind(node),
      case .function = expression.resolutions[node]
    else { return nil }
    if name == "hasValue", let target, case .optionalVariable(let index) = expression.resolutions[target] {
      return presence(of: environment.variables[index], yes, no)
    }
    if name == "orValue", let (variable, value) = variableWithDefault(node), variable.type == .bool,
      case .bool(let bool) = value
    {
      let test = emit(Instruction(.bool, first: variable.slot, whenTrue: yes, whenFalse: no))
      return emit(Instruction(.present, first: variable.slot, whenTrue: test, whenFalse: bool ? yes : no))
    }
    let operands = (target.map { [$0] } ?? []) + arguments
    guard operands.count == 2 else { return nil }
    if let variable = textVariable(operands[0]) {
      return textCall(node, name, variable, operands[1], yes, no)
    }
    guard let (variable, value) = variableWithDefault(operands[0]), variable.type == .string,
      variable.choices.isEmpty, case .string(let text) = value,
      let entry = textCall(node, name, variable, operands[1], yes, no)
    else { return nil }
    let holds = text.utf8.withUnsafeBytes { code.holds(code.instructions[Int(entry)], $0) }
    return emit(
      Instruction(.present, first: variable.slot, whenTrue: entry, whenFalse: holds ? yes : no))
  }

  /// A variable whose slot is a text.
  func textVariable(_ node: NodeID) -> Variable? {
    variable(node).flatMap { $0.type == .string && $0.choices.isEmpty ? $0 : nil }
  }

  /// Longer parts would make the naive search of the fast path slow.
  private static let longestPart = 256

  private mutating func textCall(
    _ node: NodeID, _ name: String, _ variable: Variable, _ argument: NodeID, _ yes: Int32, _ no: Int32
  ) -> Int32? {
    guard case .string(let part)? = constant(argument), part.utf8.count <= Self.longestPart else {
      return nil
    }
    let operation: Instruction.Operation
    switch name {
    case "startsWith": operation = .textStarts
    case "endsWith": operation = .textEnds
    case "contains": operation = .textContains
    case "matches":
      guard let pattern = expression.patterns[node] else { return nil }
      code.patterns.append(pattern)
      let index = Int64(code.patterns.count - 1)
      return emit(
        Instruction(.textMatches, first: variable.slot, literal: index, whenTrue: yes, whenFalse: no))
    default: return nil
    }
    let literal = addText(part)
    return emit(Instruction(operation, first: variable.slot, literal: literal, whenTrue: yes, whenFalse: no))
  }

  /// The stretch of the constants that holds the text.
  private mutating func addText(_ text: Text) -> Int64 {
    let start = code.bytes.count
    code.bytes += text.utf8
    return Int64(start) << 32 | Int64(text.utf8.count)
  }

  // MARK: Membership

  private mutating func membership(_ left: NodeID, _ right: NodeID, _ yes: Int32, _ no: Int32) -> Int32? {
    guard case .list(let list)? = constant(right) else { return nil }
    if let (variable, value) = variableWithDefault(left) {
      guard let entry = membership(variable, list, yes, no) else { return nil }
      let otherwise = list.contains { value.isEqual(to: $0) } ? yes : no
      return emit(Instruction(.present, first: variable.slot, whenTrue: entry, whenFalse: otherwise))
    }
    return variable(left).flatMap { membership($0, list, yes, no) }
  }

  private mutating func membership(_ variable: Variable, _ list: [Value], _ yes: Int32, _ no: Int32) -> Int32?
  {
    switch variable.type {
    case .string where !variable.choices.isEmpty: return choiceMembership(variable, list, yes, no)
    case .string: return textMembership(variable, list, yes, no)
    case .int: return intMembership(variable, list, yes, no)
    default: return nil
    }
  }

  private mutating func choiceMembership(
    _ variable: Variable, _ list: [Value], _ yes: Int32, _ no: Int32
  ) -> Int32? {
    guard variable.choices.count <= 64 else { return nil }
    var mask: UInt64 = 0
    for value in list {
      guard case .string(let text) = value else { return nil }
      if let index = variable.choices.firstIndex(of: text.string) { mask |= 1 << UInt64(index) }
    }
    return emit(
      Instruction(
        .choiceInMask, first: variable.slot, second: variable.choices.count, literal: Int64(bitPattern: mask),
        whenTrue: yes, whenFalse: no))
  }

  private mutating func textMembership(
    _ variable: Variable, _ list: [Value], _ yes: Int32, _ no: Int32
  ) -> Int32? {
    var stretches: [Int64] = []
    for value in list {
      guard case .string(let text) = value else { return nil }
      stretches.append(addText(text))
    }
    let first = Int64(code.texts.count)
    code.texts += stretches
    return emit(
      Instruction(
        .textIn, first: variable.slot, second: list.count, literal: first, whenTrue: yes, whenFalse: no))
  }

  private mutating func intMembership(
    _ variable: Variable, _ list: [Value], _ yes: Int32, _ no: Int32
  ) -> Int32? {
    guard 1...16 ~= list.count else { return nil }
    var entry = no
    for value in list {
      guard case .int(let number) = value else { return nil }
      entry = emit(
        Instruction(.int, .equal, first: variable.slot, literal: number, whenTrue: yes, whenFalse: entry))
    }
    return entry
  }

  // MARK: Comparisons

  private mutating func comparison(
    _ sign: BinaryOperator, _ left: NodeID, _ right: NodeID, _ yes: Int32, _ no: Int32
  ) -> Int32? {
    guard let relation = Instruction.Relation(sign) else { return nil }
    if constant(left) != nil { return comparison(relation.mirrored, right, left, yes, no) }
    return comparison(relation, left, right, yes, no)
  }

  private mutating func comparison(
    _ relation: Instruction.Relation, _ left: NodeID, _ right: NodeID, _ yes: Int32, _ no: Int32
  ) -> Int32? {
    if let literal = constant(right) {
      if let entry = comparison(relation, left, with: literal, yes, no) { return entry }
    } else if let first = variable(left), let second = variable(right) {
      if let entry = comparison(relation, first, second, yes, no) { return entry }
    }
    return valueComparison(relation, left, right, yes, no)
  }

  private mutating func comparison(
    _ relation: Instruction.Relation, _ left: NodeID, with literal: Value, _ yes: Int32, _ no: Int32
  ) -> Int32? {
    if let variable = variable(left) { return comparison(relation, variable, with: literal, yes, no) }
    if let (variable, value) = variableWithDefault(left) {
      guard let entry = comparison(relation, variable, with: literal, yes, no) else { return nil }
      let otherwise = relation.holds(value, literal) ? yes : no
      return emit(Instruction(.present, first: variable.slot, whenTrue: entry, whenFalse: otherwise))
    }
    if case .duration(let length) = literal, case .binary(.subtract, let end, let start) = kind(left),
      let end = timestampVariable(end), let start = timestampVariable(start)
    {
      return emit(
        Instruction(
          .age, relation, first: end.slot, second: start.slot, literal: length, whenTrue: yes, whenFalse: no))
    }
    if case .int(let number) = literal, let variable = sizedText(left) {
      return emit(
        Instruction(
          .textSize, relation, first: variable.slot, literal: number, whenTrue: yes, whenFalse: no))
    }
    if case .bool(let value) = literal, relation == .equal || relation == .notEqual {
      guard expression.types[left] == .bool else { return nil }
      return value == (relation == .equal) ? condition(left, yes, no) : condition(left, no, yes)
    }
    return nil
  }

  private func timestampVariable(_ node: NodeID) -> Variable? {
    variable(node).flatMap { $0.type == .timestamp ? $0 : nil }
  }

  /// The variable in `size(x)` or `x.size()`.
  func sizedText(_ node: NodeID) -> Variable? {
    guard case .call("size", let target, let arguments) = kind(node),
      case .function = expression.resolutions[node]
    else { return nil }
    return (target ?? arguments.first).flatMap(textVariable)
  }

  private mutating func comparison(
    _ relation: Instruction.Relation, _ variable: Variable, with literal: Value, _ yes: Int32, _ no: Int32
  ) -> Int32? {
    let slot = variable.slot
    switch (variable.type, literal) {
    case (.string, .string(let text)) where !variable.choices.isEmpty:
      return choiceComparison(relation, variable, text, yes, no)
    case (.string, .string(let text)):
      guard relation == .equal || relation == .notEqual else { return nil }
      let (equal, other) = relation == .equal ? (yes, no) : (no, yes)
      let literal = addText(text)
      return emit(Instruction(.textEquals, first: slot, literal: literal, whenTrue: equal, whenFalse: other))
    case (.bool, .bool(let value)) where relation == .equal || relation == .notEqual:
      let isPlain = value == (relation == .equal)
      return emit(
        Instruction(.bool, first: slot, whenTrue: isPlain ? yes : no, whenFalse: isPlain ? no : yes))
    case (.int, .int(let number)):
      return emit(Instruction(.int, relation, first: slot, literal: number, whenTrue: yes, whenFalse: no))
    case (.double, .double(let number)): return doubleComparison(relation, slot, number, yes, no)
    case (.double, .int(let number)): return doubleComparison(relation, slot, Double(number), yes, no)
    case (.timestamp, .timestamp(let time)):
      let literal = SlotValue.timestamp(time)
      return emit(
        Instruction(
          .timestamp, relation, first: slot, second: Int(literal.nanoseconds), literal: literal.bits,
          whenTrue: yes,
          whenFalse: no))
    case (.duration, .duration(let length)):
      return emit(
        Instruction(.duration, relation, first: slot, literal: length, whenTrue: yes, whenFalse: no))
    default: return nil
    }
  }

  private mutating func doubleComparison(
    _ relation: Instruction.Relation, _ slot: Int, _ number: Double, _ yes: Int32, _ no: Int32
  ) -> Int32 {
    let bits = Int64(bitPattern: number.bitPattern)
    return emit(Instruction(.double, relation, first: slot, literal: bits, whenTrue: yes, whenFalse: no))
  }

  private mutating func choiceComparison(
    _ relation: Instruction.Relation, _ variable: Variable, _ text: Text, _ yes: Int32, _ no: Int32
  ) -> Int32? {
    guard relation == .equal || relation == .notEqual,
      let index = variable.choices.firstIndex(of: text.string)
    else { return nil }
    let (equal, other) = relation == .equal ? (yes, no) : (no, yes)
    return emit(
      Instruction(
        .choice, first: variable.slot, second: variable.choices.count, literal: Int64(index), whenTrue: equal,
        whenFalse: other))
  }

  private mutating func comparison(
    _ relation: Instruction.Relation, _ first: Variable, _ second: Variable, _ yes: Int32, _ no: Int32
  ) -> Int32? {
    guard first.type == second.type else { return nil }
    let operation: Instruction.Operation
    switch first.type {
    case .int, .duration: operation = .twoInts
    case .double: operation = .twoDoubles
    case .timestamp: operation = .twoTimestamps
    default: return nil
    }
    let kind: SlotValue.Kind = first.type == .duration ? .duration : .int
    return emit(
      Instruction(
        operation, relation, kind: kind, first: first.slot, second: second.slot, whenTrue: yes, whenFalse: no)
    )
  }
}

extension Instruction.Relation {
  /// For two constants.
  fileprivate func holds(_ left: Value, _ right: Value) -> Bool {
    switch self {
    case .equal: return left.isEqual(to: right)
    case .notEqual: return !left.isEqual(to: right)
    default:
      guard let comparison = left.compare(right), let order = comparison else { return false }
      return holds(order, 0)
    }
  }
}
