extension Checker {
  /// Checks something in which `local` is bound.
  mutating func with<Result>(
    _ local: SyntaxTree.Local, _ type: Type, _ body: (inout Checker) -> Result
  ) -> Result {
    let enclosing = chain
    chain = nil
    locals.append((local, type))
    defer {
      locals.removeLast()
      chain = enclosing
    }
    return body(&self)
  }

  mutating func checkComprehension(_ comprehension: SyntaxTree.Comprehension) -> Type {
    let (key, element, isMap) = elementTypes(comprehension.range)
    guard let second = comprehension.second else {
      let type = isMap ? key : element
      return with(comprehension.first, type) { $0.checkBody(comprehension, type) }
    }
    return with(comprehension.first, key) { checker in
      checker.with(second, element) { $0.checkBody(comprehension, key) }
    }
  }

  /// The types of a list's indexes and elements, or of a map's keys and values.
  private mutating func elementTypes(_ range: NodeID) -> (key: Type, element: Type, isMap: Bool) {
    let type = checkResolved(range)
    switch type {
    case .list(let element): return (.int, element, false)
    case .map(let key, let value): return (key, value, true)
    case .record: return (.string, .dyn, true)
    case .dyn, .parameter: return (.dyn, .dyn, false)
    default:
      report(.notIterable(type, at: self.range(range)))
      return (.dyn, .dyn, false)
    }
  }

  private mutating func checkBody(_ comprehension: SyntaxTree.Comprehension, _ first: Type) -> Type {
    if let filter = comprehension.filter { checkCondition(filter) }
    let body = comprehension.body
    switch comprehension.kind {
    case .all, .exists, .existsOne: return checkCondition(body)
    case .filter:
      checkCondition(body)
      return .list(first)
    case .map, .transformList: return .list(check(body))
    case .transformMap: return .map(first, check(body))
    case .transformMapEntry:
      let type = check(body)
      let parameters = Type.map(unification.newParameter(), unification.newParameter())
      if !unification.assign(type, to: parameters) {
        report(.typeMismatch(unification.resolve(type), expected: .map(.dyn, .dyn), at: range(body)))
      }
      return unification.resolve(parameters)
    }
  }

  mutating func checkOptionalMap(
    _ target: NodeID, _ local: SyntaxTree.Local, _ body: NodeID, _ isFlat: Bool
  ) -> Type {
    checkOptionalTarget(target, of: "optMap")
    let wrapped = unification.newParameter()
    if !unification.assign(types[target], to: .optional(wrapped)) {
      report(.typeMismatch(type(target), expected: .optional(.dyn), at: range(target)))
    }
    let type = with(local, unification.resolve(wrapped)) { $0.check(body) }
    guard isFlat else { return .optional(type) }
    let result = Type.optional(unification.newParameter())
    if !unification.assign(type, to: result) {
      report(.typeMismatch(unification.resolve(type), expected: .optional(.dyn), at: range(body)))
    }
    return unification.resolve(result)
  }
}
