/// What type parameters stand for, found while an expression is checked.
///
/// The rules are cel-go's (checker/types.go): a parameter takes the first type it meets and widens to a more
/// general one; `dyn` goes with everything.
struct Unification {
  private var bindings: [Type?] = []

  /// Numbers for `count` new parameters; the first of them.
  mutating func newParameters(_ count: Int) -> Int {
    let first = bindings.count
    for _ in 0..<count { bindings.append(nil) }
    return first
  }

  mutating func newParameter() -> Type { .parameter(newParameters(1)) }

  /// Whether values of each type can stand where the other list's type is expected; binds parameters only if all can.
  mutating func assign(_ types: [Type], to targets: [Type]) -> Bool {
    guard types.count == targets.count else { return false }
    let before = bindings
    for (type, target) in zip(types, targets) where !unify(type, target) {
      bindings = before
      return false
    }
    return true
  }

  mutating func assign(_ type: Type, to target: Type) -> Bool {
    if type == target { return true }
    return assign([type], to: [target])
  }

  private mutating func unify(_ type: Type, _ target: Type) -> Bool {
    if case .parameter(let number) = target {
      switch bind(number, to: type) {
      case .bound: return true
      case .mismatch: return false
      case .recursive: break
      }
    }
    if case .parameter(let number) = type { return bind(number, to: target) == .bound }
    if type == .dyn || target == .dyn { return true }
    return unifyStructure(type, target)
  }

  private mutating func unifyStructure(_ type: Type, _ target: Type) -> Bool {
    switch (type, target) {
    case (.null, .optional), (.null, .abstract), (.null, .timestamp), (.null, .duration): return true
    case (.list(let left), .list(let right)), (.optional(let left), .optional(let right)):
      return unify(left, right)
    case (.map(let leftKey, let leftValue), .map(let rightKey, let rightValue)):
      return unify(leftKey, rightKey) && unify(leftValue, rightValue)
    case (.record, .map(let key, let value)): return unify(.string, key) && unify(.dyn, value)
    case (.map(let key, let value), .record): return unify(key, .string) && unify(value, .dyn)
    case (.record, .record): return true
    case (.abstract(let leftName, let left), .abstract(let rightName, let right)):
      guard leftName == rightName, left.count == right.count else { return false }
      for (leftPart, rightPart) in zip(left, right) where !unify(leftPart, rightPart) { return false }
      return true
    default: return type == target
    }
  }

  private enum Binding { case bound, mismatch, recursive }

  private mutating func bind(_ number: Int, to type: Type) -> Binding {
    if let bound = bindings[number] {
      if bound == type { return .bound }
      guard unify(type, bound) else { return .mismatch }
      bindings[number] = Self.moreGeneral(type, bound)
      return .bound
    }
    guard type != .parameter(number) else { return .bound }
    guard !occurs(number, in: type) else { return .recursive }
    bindings[number] = type
    return .bound
  }

  private func occurs(_ number: Int, in type: Type) -> Bool {
    switch type {
    case .parameter(let other):
      if other == number { return true }
      return bindings[other].map { occurs(number, in: $0) } ?? false
    case .list(let element), .optional(let element): return occurs(number, in: element)
    case .map(let key, let value): return occurs(number, in: key) || occurs(number, in: value)
    case .abstract(_, let parameters): return parameters.contains { occurs(number, in: $0) }
    default: return false
    }
  }

  /// The more general of two types that go together.
  static func moreGeneral(_ left: Type, _ right: Type) -> Type {
    isAtLeastAsGeneral(left, right) ? left : right
  }

  private static func isAtLeastAsGeneral(_ left: Type, _ right: Type) -> Bool {
    switch (left, right) {
    case (.dyn, _), (.parameter, _): true
    case (_, .dyn), (_, .parameter): false
    case (.list(let left), .list(let right)), (.optional(let left), .optional(let right)):
      isAtLeastAsGeneral(left, right)
    case (.map(let leftKey, let leftValue), .map(let rightKey, let rightValue)):
      isAtLeastAsGeneral(leftKey, rightKey) && isAtLeastAsGeneral(leftValue, rightValue)
    case (.abstract(let leftName, let left), .abstract(let rightName, let right)):
      leftName == rightName && left.count == right.count
        && zip(left, right).allSatisfy { isAtLeastAsGeneral($0, $1) }
    default: left == right
    }
  }

  /// The type with bound parameters replaced; with `isFinal` the others become `dyn`.
  func resolve(_ type: Type, isFinal: Bool = false) -> Type {
    switch type {
    case .parameter(let number):
      if let bound = bindings[number] { return resolve(bound, isFinal: isFinal) }
      return isFinal ? .dyn : type
    case .list(let element): return .list(resolve(element, isFinal: isFinal))
    case .map(let key, let value):
      return .map(resolve(key, isFinal: isFinal), resolve(value, isFinal: isFinal))
    case .optional(let wrapped): return .optional(resolve(wrapped, isFinal: isFinal))
    case .abstract(let name, let parameters):
      return .abstract(name, parameters.map { resolve($0, isFinal: isFinal) })
    default: return type
    }
  }

  /// The type of a list's elements or a map's values of these two types: the more general, or `dyn` for a mixture.
  mutating func join(_ left: Type, _ right: Type) -> Type {
    if left == right { return left }
    return assign(left, to: right) ? Self.moreGeneral(left, right) : .dyn
  }
}
