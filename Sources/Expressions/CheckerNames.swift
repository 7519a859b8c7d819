extension Checker {
  /// The type of a name or of a chain of names that is one variable; nil where the chain is something else.
  private mutating func resolve(_ node: NodeID, _ name: QualifiedName) -> Type? {
    if !name.isAbsolute, let local = local(name.names[0]) {
      guard name.names.count == 1 else { return nil }
      resolutions[node] = .local(local.local.number)
      return local.type
    }
    if let variable = variable(name) { return read(variable, node, asOptional: name.isOptional) }
    guard !name.isOptional, let type = typeName(name) else { return nil }
    resolutions[node] = .type(type)
    return .type
  }

  func local(_ name: String) -> (local: SyntaxTree.Local, type: Type)? {
    locals.last { $0.local.name == name }
  }

  /// With container `a.b`, the name `x` may mean `a.b.x`, `a.x` or `x`, in this order.
  func candidates(_ name: QualifiedName) -> [String] {
    guard !name.isAbsolute, !environment.container.isEmpty else { return [name.text] }
    var scope = environment.container.split(separator: ".").map(String.init)
    var candidates: [String] = []
    while !scope.isEmpty {
      candidates.append((scope + name.names).joined(separator: "."))
      scope.removeLast()
    }
    return candidates + [name.text]
  }

  func variable(_ name: QualifiedName) -> Int? {
    if name.names.count == 1, environment.container.isEmpty { return environment.index(of: name.names[0]) }
    for candidate in candidates(name) {
      if let index = environment.index(of: candidate) { return index }
    }
    return nil
  }

  private func typeName(_ name: QualifiedName) -> TypeName? { Self.typeNames[name.text] }

  private static let typeNames: [String: TypeName] = Dictionary(
    uniqueKeysWithValues: [
      "bool", "int", "uint", "double", "string", "bytes", "list", "map", "null_type", "type", "optional_type",
      "google.protobuf.Timestamp", "google.protobuf.Duration",
    ].map { ($0, TypeName($0)) })

  /// Reading a variable that may be absent takes a condition around it that shows that it is there.
  private mutating func read(_ index: Int, _ node: NodeID, asOptional: Bool) -> Type {
    let variable = environment.variables[index]
    if asOptional {
      resolutions[node] = .optionalVariable(index)
      return .optional(variable.type)
    }
    resolutions[node] = .variable(index)
    if variable.isOptional, !present.contains(.variable(index)) {
      report(.mayBeAbsent(variable.name, isVariable: true, at: range(node)))
    }
    return variable.type
  }

  mutating func checkName(_ node: NodeID, _ name: QualifiedName) -> Type {
    if let type = resolve(node, name) { return type }
    let (text, range) = chain ?? (name.text, range(node))
    report(
      .unknownName(text, among: environment.variables, locals.map(\.local.name), at: range))
    resolutions[node] = .error(.unknownName(name.text))
    return .dyn
  }

  mutating func checkSelect(_ node: NodeID, _ operand: NodeID, _ field: String, _ isOptional: Bool) -> Type {
    guard let name = tree.qualifiedName(node) else {
      let before = chain
      chain = nil
      defer { chain = before }
      return selectedType(node, operand, field, isOptional)
    }
    if let type = resolve(node, name) { return type }
    let before = chain
    if before == nil { chain = (name.text, range(node)) }
    defer { chain = before }
    return selectedType(node, operand, field, isOptional)
  }

  private mutating func selectedType(
    _ node: NodeID, _ operand: NodeID, _ field: String, _ isOptional: Bool
  ) -> Type {
    let operandType = checkResolved(operand)
    let selected = fieldType(operandType, field, node)
    if case .record(let record) = operandType, !isOptional,
      record.fields.contains(where: { $0.name == field && $0.isOptional }), let path = path(node),
      !present.contains(path)
    {
      report(.mayBeAbsent(text(node), isVariable: false, at: range(node)))
    }
    if !isOptional { return selected }
    if case .optional = selected { return selected }
    return .optional(selected)
  }

  func text(_ node: NodeID) -> String { String(decoding: source[range(node)], as: UTF8.self) }

  /// The type of `operand.field`; a selection from an optional is optional.
  mutating func fieldType(_ operand: Type, _ field: String, _ node: NodeID) -> Type {
    switch operand {
    case .map(_, let value): return value
    case .record(let record):
      if let match = record.fields.first(where: { $0.name == field }) { return match.type }
      report(.unknownField(field, record.fields.map(\.name), at: range(node)))
      return .dyn
    case .optional(let wrapped):
      let selected = fieldType(unification.resolve(wrapped), field, node)
      if case .optional = selected { return selected }
      return .optional(selected)
    case .dyn, .parameter: return .dyn
    default:
      report(.notSelectable(operand, at: range(node)))
      return .dyn
    }
  }

  // MARK: Presence

  /// `has(x.y)` and, for variables, `has(x)`.
  mutating func checkPresence(_ operand: NodeID) -> Type {
    if let name = tree.qualifiedName(operand), name.isAbsolute || local(name.names[0]) == nil,
      let variable = variable(name)
    {
      types[operand] = environment.variables[variable].type
      if environment.allowsPresenceOfVariables {
        resolutions[operand] = .variable(variable)
      } else {
        refusePresence(of: name.text, operand)
      }
      return .bool
    }
    switch tree.nodes[operand].kind {
    case .select(let base, let field, _):
      if chain == nil, let name = tree.qualifiedName(operand) { chain = (name.text, range(operand)) }
      let baseType = checkResolved(base)
      chain = nil
      types[operand] = fieldType(baseType, field, operand)
    case .identifier(let name, _):
      if local(name) != nil || !environment.allowsPresenceOfVariables {
        refusePresence(of: name, operand)
      } else {
        _ = check(operand)
      }
    default: refusePresence(of: text(operand), operand)
    }
    return .bool
  }

  private mutating func refusePresence(of name: String, _ operand: NodeID) {
    let problem = ExpressionProblem.presenceOfName(name, at: range(operand))
    report(problem)
    resolutions[operand] = .error(EvaluationError(problem.code, problem.message))
  }

  /// The place that a checked node reads, if it is one.
  func path(_ node: NodeID) -> AccessPath? {
    switch resolutions[node] {
    case .variable(let index), .optionalVariable(let index): return .variable(index)
    case .local(let number): return .local(number)
    default:
      guard case .select(let operand, let field, _) = tree.nodes[node].kind else { return nil }
      return path(operand).map { .field($0, field) }
    }
  }

  /// What must be there where a checked condition has this value.
  func presencesShown(by node: NodeID, being value: Bool) -> [AccessPath] {
    switch tree.nodes[node].kind {
    case .has(let operand): return value ? path(operand).map { [$0] } ?? [] : []
    case .not(let operand): return presencesShown(by: operand, being: !value)
    case .call("hasValue", let target?, _): return value ? path(target).map { [$0] } ?? [] : []
    case .and(let operands): return presences(operands, being: value, isJoined: value)
    case .or(let operands): return presences(operands, being: value, isJoined: !value)
    case .conditional(let condition, let first, let second):
      return presences(ofConditional: condition, first, second, being: value)
    default: return []
    }
  }

  /// Joined where all operands have the value, else what each of them alone would show.
  private func presences(_ operands: [NodeID], being value: Bool, isJoined: Bool) -> [AccessPath] {
    let shown = operands.map { presencesShown(by: $0, being: value) }
    if isJoined { return shown.flatMap { $0 } }
    return shown.dropFirst().reduce(shown.first ?? []) { common, other in common.filter(other.contains) }
  }

  /// `a ? b : false` is true only where both hold.
  private func presences(
    ofConditional condition: NodeID, _ first: NodeID, _ second: NodeID, being value: Bool
  ) -> [AccessPath] {
    if isLiteral(second, !value) {
      return presencesShown(by: condition, being: true) + presencesShown(by: first, being: value)
    }
    if isLiteral(first, !value) {
      return presencesShown(by: condition, being: false) + presencesShown(by: second, being: value)
    }
    return []
  }

  private func isLiteral(_ node: NodeID, _ value: Bool) -> Bool {
    if case .literal(.bool(value)) = tree.nodes[node].kind { true } else { false }
  }
}
