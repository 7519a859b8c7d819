internal import Diagnostics

extension Checker {
  mutating func checkCall(_ node: NodeID, _ name: String, _ target: NodeID?, _ arguments: [NodeID]) -> Type {
    let enclosing = chain
    chain = nil
    defer { chain = enclosing }
    guard let target else {
      let isAbsolute = name.hasPrefix(".")
      let qualified = QualifiedName(
        names: [isAbsolute ? String(name.dropFirst()) : name], isAbsolute: isAbsolute)
      return checkCall(node, qualified, arguments, isMember: false)
    }
    if let namespaced = namespacedFunction(name, target) {
      return checkCall(node, namespaced, arguments, isMember: false)
    }
    if Self.optionalMethods.contains(name) { checkOptionalTarget(target, of: name) } else { check(target) }
    return checkCall(
      node, QualifiedName(names: [name], isAbsolute: true), [target] + arguments, isMember: true)
  }

  /// `math.abs(x)` calls the function `math.abs`, unless `math` is bound by a macro.
  private func namespacedFunction(_ name: String, _ target: NodeID) -> QualifiedName? {
    guard var qualified = tree.qualifiedName(target), !qualified.isOptional,
      qualified.isAbsolute || local(qualified.names[0]) == nil
    else { return nil }
    qualified.names.append(name)
    return functionIndex(qualified) == nil ? nil : qualified
  }

  private func functionIndex(_ name: QualifiedName) -> Int? {
    for candidate in candidates(name) {
      if let index = environment.functions.index(of: candidate) { return index }
    }
    return nil
  }

  private static let optionalMethods: Set<String> = ["hasValue", "value", "or", "orValue"]

  /// A variable that may be absent is itself an optional for the methods of optionals.
  mutating func checkOptionalTarget(_ target: NodeID, of method: String) {
    guard let name = tree.qualifiedName(target), name.isAbsolute || local(name.names[0]) == nil,
      let variable = variable(name), environment.variables[variable].isOptional
    else {
      check(target)
      return
    }
    resolutions[target] = .optionalVariable(variable)
    types[target] = .optional(environment.variables[variable].type)
    // `value()` alone takes it for granted that there is one.
    if method == "value", !present.contains(.variable(variable)) {
      report(.mayBeAbsent(name.text, isVariable: true, at: range(target)))
    }
  }

  /// With a receiver, that is the first of the arguments and checked already.
  private mutating func checkCall(
    _ node: NodeID, _ name: QualifiedName, _ arguments: [NodeID], isMember: Bool
  ) -> Type {
    for argument in isMember ? arguments.dropFirst() : ArraySlice(arguments) { check(argument) }
    guard let index = functionIndex(name) else {
      report(.unknownFunction(name.text, environment.functions.names, at: range(node)))
      resolutions[node] = .error(.unknownFunction(name.text))
      return .dyn
    }
    let function = environment.functions.functions[index]
    resolutions[node] = .function(index, isMember: isMember)
    if function.name == "math.greatest" || function.name == "math.least" {
      return checkExtreme(node, function.name, arguments, isMember: isMember)
    }
    if !function.accepts(arguments.count, isMember: isMember) {
      resolutions[node] = .error(.unknownFunction("\(name.text)/\(arguments.count)"))
    }
    checkConstants(node, function.name, arguments)
    let argumentTypes = arguments.map { types[$0] }
    if let result = overload(function.signatures, argumentTypes, isMember: isMember) { return result }
    reportOverload(node, name.text, arguments, isMember: isMember)
    return .dyn
  }

  private mutating func reportOverload(
    _ node: NodeID, _ name: String, _ arguments: [NodeID], isMember: Bool
  ) {
    let types = arguments.map { unification.resolve(self.types[$0]) }
    var problem = ExpressionProblem.noOverload(name, types, isMember: isMember, at: range(node))
    if isMember, let target = arguments.first, Self.optionalMethods.contains(name) {
      if case .optional(let wrapped) = types[0] {
        problem.hint = ExpressionProblem.otherwiseOfType(wrapped)
      } else if problems.contains(where: { $0.code == "expression-optional" && $0.range == range(target) }) {
        return  // That one says how to write it.
      } else if path(target) != nil {
        problem.hint = ExpressionProblem.alwaysThere(text(target), method: name)
      }
    }
    report(problem)
  }

  /// The result of the overloads that take these types: `dyn` where they differ, nil where there is none.
  mutating func overload(_ signatures: [FunctionSignature], _ arguments: [Type], isMember: Bool) -> Type? {
    var result: Type?
    for signature in signatures where signature.isMember == isMember {
      guard signature.parameters.count == arguments.count else { continue }
      let count = signature.parameterCount
      let first = unification.newParameters(count)
      let parameters = count == 0 ? signature.parameters : signature.parameters.map { $0.shifted(by: first) }
      guard unification.assign(arguments, to: parameters) else { continue }
      let type = unification.resolve(signature.result.shifted(by: first))
      result = result == nil || result == type ? type : .dyn
    }
    return result
  }

  /// Any number of numbers of any type, or one list of them.
  private mutating func checkExtreme(
    _ node: NodeID, _ name: String, _ arguments: [NodeID], isMember: Bool
  ) -> Type {
    guard !arguments.isEmpty, !isMember else {
      report(.noOverload(name, arguments.map { type($0) }, isMember: isMember, at: range(node)))
      resolutions[node] = .error(.unknownFunction("\(name)/0"))
      return .dyn
    }
    var candidates = arguments.map { type($0) }
    if arguments.count == 1, case .list(let element) = candidates[0] { candidates = [element] }
    for (candidate, argument) in zip(candidates, arguments) where !mayBeNumber(candidate) {
      report(.notNumeric(name, candidate, at: range(argument)))
    }
    return candidates.allSatisfy { $0 == candidates[0] && $0.isNumeric } ? candidates[0] : .dyn
  }

  private func mayBeNumber(_ type: Type) -> Bool {
    switch type {
    case .dyn, .parameter, .int, .uint, .double: true
    default: false
    }
  }

  // MARK: Literals that are checked now instead of in each evaluation

  private mutating func checkConstants(_ node: NodeID, _ function: String, _ arguments: [NodeID]) {
    switch (function, arguments.count) {
    case ("timestamp", 1), ("duration", 1): checkConversion(function, arguments[0])
    case ("matches", 2): checkPattern(node, arguments[1])
    case (let name, 2) where name.hasPrefix("get"): checkZone(arguments[1])
    default: break
    }
  }

  private mutating func checkConversion(_ function: String, _ argument: NodeID) {
    guard isStrict, case .literal(let value) = tree.nodes[argument].kind, case .string = value,
      let index = environment.functions.index(of: function)
    else { return }
    var call = CallContext(budget: Budget(10_000), zoneOffset: environment.zoneOffset)
    do throws(EvaluationError) {
      _ = try environment.functions.functions[index].body([value], &call)
    } catch {
      report(.invalidConstant(EvaluationError(error.code, error.message, at: range(argument))))
    }
  }

  private mutating func checkZone(_ argument: NodeID) {
    guard isStrict, case .literal(.string(let zone)) = tree.nodes[argument].kind else { return }
    do throws(EvaluationError) {
      _ = try zoneOffset(zone, 0, environment.zoneOffset)
    } catch {
      report(.invalidConstant(EvaluationError(error.code, error.message, at: range(argument))))
    }
  }

  private mutating func checkPattern(_ node: NodeID, _ argument: NodeID) {
    guard case .literal(.string(let pattern)) = tree.nodes[argument].kind else { return }
    do throws(RegularExpression.Failure) {
      patterns[node] = try RegularExpression(pattern.string)
    } catch {
      report(.invalidPattern(error.reason, at: place(of: error.range, inPattern: pattern, literal: argument)))
    }
  }

  /// Inside the literal, where the pattern stands there as it is; else the whole literal.
  private func place(of part: Range<Int>, inPattern pattern: Text, literal: NodeID) -> Range<Int> {
    let written = Array(source[range(literal)])
    guard let found = firstRange(of: pattern.utf8, in: written) else { return range(literal) }
    let start = range(literal).lowerBound + found.lowerBound
    return (start + part.lowerBound)..<(start + part.upperBound)
  }
}
