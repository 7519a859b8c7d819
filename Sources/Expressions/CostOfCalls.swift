/// What calls of functions take, and how large their results can be.
extension CostBound {
  mutating func called(
    _ node: NodeID, _ name: String, _ target: NodeID?, _ arguments: [NodeID]
  ) -> Extent {
    let operands = ((receiver(node, target).map { [$0] } ?? []) + arguments).map { extent($0) }
    let all = Extent(
      count: operands.reduce(0) { sum($0, $1.count) }, weight: operands.reduce(0) { sum($0, $1.weight) })
    steps[node] = ownSteps(name, node, all)
    guard case .function(let index, _) = expression.resolutions[node] else { return .scalar }
    switch environment.functions.functions[index].result {
    case .constant: return expression.types[node] == .string ? text(ofBytes: Self.longestNumber) : .scalar
    case .sum: return sumOfArguments(name, node, operands, all)
    case .product:
      let result = text(ofBytes: Self.resultBytes(name, operands, sum, product))
      steps[node] = sum(steps[node], result.weight)
      return result
    }
  }

  /// More bytes than any number, time or duration takes as a text.
  private static let longestNumber = 64

  private func sumOfArguments(_ name: String, _ node: NodeID, _ operands: [Extent], _ all: Extent) -> Extent {
    if Self.passingFunctions.contains(name) {
      return operands.dropFirst().reduce(operands.first ?? .scalar) { larger($0, $1) }
    }
    switch expression.types[node] {
    case .string: return text(ofBytes: sum(all.count, Self.longestNumber))
    case .list: return Extent(count: all.count, weight: sum(1, sum(all.count, all.weight)), parts: [all])
    default: return all
    }
  }

  /// Functions that hand on one of their arguments as it is.
  private static let passingFunctions: Set<String> = [
    "orValue", "or", "value", "hasValue", "optional.of", "optional.ofNonZeroValue", "dyn", "type",
  ]
  /// Functions that make a value of each code point, and take a step for each byte.
  private static let codePointFunctions: Set<String> = [
    "charAt", "indexOf", "lastIndexOf", "substring", "lowerAscii", "upperAscii", "trim", "reverse", "split",
  ]

  /// What the call takes beside its arguments.
  private func ownSteps(_ name: String, _ node: NodeID, _ all: Extent) -> Int {
    if Self.passingFunctions.contains(name) { return 0 }
    if Self.codePointFunctions.contains(name) { return product(all.weight, 17) }
    return name == "matches" && expression.patterns[node] == nil
      ? sum(100, product(all.weight, 68)) : product(all.weight, 2)
  }

  func text(ofBytes count: Int) -> Extent { Extent(count: count, weight: 1 + count / 16) }

  /// How long a text can become that is longer than its arguments together.
  private static func resultBytes(
    _ name: String, _ operands: [Extent], _ sum: (Int, Int) -> Int, _ product: (Int, Int) -> Int
  ) -> Int {
    let first = operands.first ?? .scalar
    let others = operands.dropFirst()
    switch name {
    case "replace":
      // A part may be empty, and then stands before each character and at the end.
      let new = others.dropFirst().first ?? .scalar
      return sum(first.count, product(sum(first.count, 1), new.count))
    case "join":
      let separators = product(first.count, others.first?.count ?? 0)
      return sum(product(first.weight, 17), separators)
    default:
      // `format`: a number can take 1,100 characters.
      let clauses = product(first.count, 550)
      return sum(clauses, product(others.reduce(1) { sum($0, $1.weight) }, 64))
    }
  }

  /// The receiver, unless it is a namespace.
  private func receiver(_ node: NodeID, _ target: NodeID?) -> NodeID? {
    guard case .function(_, isMember: true) = expression.resolutions[node] else { return nil }
    return target
  }
}
