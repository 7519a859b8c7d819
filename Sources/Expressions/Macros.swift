extension Parser {
  /// `has(x.y)`; also `has(x)`, which the checker may refuse.
  mutating func presenceMacro(_ arguments: [NodeID], _ range: Range<Int>) throws(ExpressionProblem) -> NodeID
  {
    guard arguments.count == 1 else { throw .malformedMacro("has", "has(x.y)", at: range) }
    switch tree.nodes[arguments[0]].kind {
    case .select(_, _, isOptional: false), .identifier: return try add(.has(arguments[0]), range)
    default: throw .malformedMacro("has", "has(x.y)", at: self.range(arguments[0]))
    }
  }

  /// The node of a macro that is called like a method, or nil where the call is an ordinary one.
  mutating func receiverMacro(
    _ name: String, _ target: NodeID, _ arguments: [NodeID], _ range: Range<Int>
  ) throws(ExpressionProblem) -> NodeID? {
    switch (name, arguments.count) {
    case ("bind", 3) where isName(target, "cel"):
      let local = newLocal(try simpleName(arguments[0]))
      return try add(.bind(local, arguments[1], arguments[2]), range)
    case ("optMap", 2), ("optFlatMap", 2):
      let local = newLocal(try simpleName(arguments[0]))
      return try add(.optionalMap(target, local, arguments[1], isFlat: name == "optFlatMap"), range)
    default:
      guard let shape = Self.comprehension(name, arguments.count) else { return nil }
      return try comprehension(shape, target, arguments, range)
    }
  }

  private typealias Shape = (kind: SyntaxTree.Comprehension.Kind, variables: Int, hasFilter: Bool)

  private static func comprehension(_ name: String, _ count: Int) -> Shape? {
    switch (name, count) {
    case ("all", 2): (.all, 1, false)
    case ("all", 3): (.all, 2, false)
    case ("exists", 2): (.exists, 1, false)
    case ("exists", 3): (.exists, 2, false)
    case ("exists_one", 2), ("existsOne", 2): (.existsOne, 1, false)
    case ("exists_one", 3), ("existsOne", 3): (.existsOne, 2, false)
    case ("map", 2): (.map, 1, false)
    case ("map", 3): (.map, 1, true)
    case ("filter", 2): (.filter, 1, false)
    case ("transformList", 3): (.transformList, 2, false)
    case ("transformList", 4): (.transformList, 2, true)
    case ("transformMap", 3): (.transformMap, 2, false)
    case ("transformMap", 4): (.transformMap, 2, true)
    case ("transformMapEntry", 3): (.transformMapEntry, 2, false)
    case ("transformMapEntry", 4): (.transformMapEntry, 2, true)
    default: nil
    }
  }

  private mutating func comprehension(
    _ shape: Shape, _ target: NodeID, _ arguments: [NodeID], _ range: Range<Int>
  ) throws(ExpressionProblem) -> NodeID {
    let first = newLocal(try simpleName(arguments[0]))
    let second = shape.variables == 2 ? newLocal(try simpleName(arguments[1])) : nil
    if let second, second.name == first.name {
      throw .repeatedLocal(first.name, at: self.range(arguments[1]))
    }
    let comprehension = SyntaxTree.Comprehension(
      kind: shape.kind, range: target, first: first, second: second,
      filter: shape.hasFilter ? arguments[shape.variables] : nil, body: arguments[arguments.count - 1])
    return try add(.comprehension(comprehension), range)
  }

  private func simpleName(_ node: NodeID) throws(ExpressionProblem) -> String {
    guard case .identifier(let name, isAbsolute: false) = tree.nodes[node].kind else {
      throw .notASimpleName(at: range(node))
    }
    return name
  }

  private func isName(_ node: NodeID, _ name: String) -> Bool {
    if case .identifier(name, isAbsolute: false) = tree.nodes[node].kind { true } else { false }
  }
}
