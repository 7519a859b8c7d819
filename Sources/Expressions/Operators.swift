/// The operators on values whose types are known only now.
extension Value {
  func adding(_ other: Value, _ budget: inout Budget) throws(EvaluationError) -> Value {
    switch (self, other) {
    case (.int(let left), .int(let right)):
      return .int(try Self.checked(left.addingReportingOverflow(right), "int"))
    case (.uint(let left), .uint(let right)):
      return .uint(try Self.checked(left.addingReportingOverflow(right), "uint"))
    case (.double(let left), .double(let right)): return .double(left + right)
    case (.string(let left), .string(let right)):
      try budget.spend(bytes: left.utf8.count + right.utf8.count)
      return .string(Text(utf8: left.utf8 + right.utf8))
    case (.bytes(let left), .bytes(let right)):
      try budget.spend(bytes: left.count + right.count)
      return .bytes(left + right)
    case (.list(let left), .list(let right)):
      try budget.spend(left.count + right.count)
      return .list(left + right)
    case (.timestamp(let left), .duration(let right)), (.duration(let right), .timestamp(let left)):
      guard let sum = left.adding(right) else { throw .overflow("timestamp") }
      return .timestamp(sum)
    case (.duration(let left), .duration(let right)):
      return .duration(try Self.checked(left.addingReportingOverflow(right), "duration"))
    default: throw .unsupported("+", [self, other])
    }
  }

  func subtracting(_ other: Value) throws(EvaluationError) -> Value {
    switch (self, other) {
    case (.int(let left), .int(let right)):
      return .int(try Self.checked(left.subtractingReportingOverflow(right), "int"))
    case (.uint(let left), .uint(let right)):
      return .uint(try Self.checked(left.subtractingReportingOverflow(right), "uint"))
    case (.double(let left), .double(let right)): return .double(left - right)
    case (.timestamp(let left), .timestamp(let right)):
      guard let difference = left.since(right) else { throw .overflow("duration") }
      return .duration(difference)
    case (.timestamp(let left), .duration(let right)):
      guard right != .min, let difference = left.adding(-right) else { throw .overflow("timestamp") }
      return .timestamp(difference)
    case (.duration(let left), .duration(let right)):
      return .duration(try Self.checked(left.subtractingReportingOverflow(right), "duration"))
    default: throw .unsupported("-", [self, other])
    }
  }

  func multiplied(by other: Value) throws(EvaluationError) -> Value {
    switch (self, other) {
    case (.int(let left), .int(let right)):
      .int(try Self.checked(left.multipliedReportingOverflow(by: right), "int"))
    case (.uint(let left), .uint(let right)):
      .uint(try Self.checked(left.multipliedReportingOverflow(by: right), "uint"))
    case (.double(let left), .double(let right)): .double(left * right)
    default: throw .unsupported("*", [self, other])
    }
  }

  func divided(by other: Value) throws(EvaluationError) -> Value {
    switch (self, other) {
    case (.int, .int(0)), (.uint, .uint(0)): throw .divisionByZero
    case (.int(let left), .int(let right)):
      .int(try Self.checked(left.dividedReportingOverflow(by: right), "int"))
    case (.uint(let left), .uint(let right)): .uint(left / right)
    case (.double(let left), .double(let right)): .double(left / right)
    default: throw .unsupported("/", [self, other])
    }
  }

  func remainder(by other: Value) throws(EvaluationError) -> Value {
    switch (self, other) {
    case (.int, .int(0)), (.uint, .uint(0)): throw .divisionByZero
    case (.int(let left), .int(let right)):
      .int(try Self.checked(left.remainderReportingOverflow(dividingBy: right), "int"))
    case (.uint(let left), .uint(let right)): .uint(left % right)
    default: throw .unsupported("%", [self, other])
    }
  }

  func negated() throws(EvaluationError) -> Value {
    switch self {
    case .int(.min): throw .overflow("int")
    case .int(let it): .int(-it)
    case .double(let it): .double(-it)
    default: throw .unsupported("-", [self])
    }
  }

  private static func checked<Number>(
    _ result: (partialValue: Number, overflow: Bool), _ type: String
  ) throws(EvaluationError) -> Number {
    if result.overflow { throw .overflow(type) }
    return result.partialValue
  }

  /// `<`, `<=`, `>` or `>=`.
  func isOrdered(_ sign: BinaryOperator, _ other: Value) throws(EvaluationError) -> Bool {
    guard let comparison = compare(other) else { throw .unsupported(sign.rawValue, [self, other]) }
    guard let order = comparison else { return false }
    return switch sign {
    case .less: order < 0
    case .lessOrEqual: order <= 0
    case .greater: order > 0
    default: order >= 0
    }
  }

  func isContained(in other: Value, _ budget: inout Budget) throws(EvaluationError) -> Bool {
    switch other {
    case .list(let list):
      for element in list {
        try budget.spend(equalityOf: self, element)
        if isEqual(to: element) { return true }
      }
      return false
    case .map(let map): return map.value(for: self) != nil
    default: throw .unsupported("in", [self, other])
    }
  }

  // MARK: Elements

  /// `self[index]`; nil where there is no such element.
  func element(at index: Value) throws(EvaluationError) -> Value? {
    switch self {
    case .list(let list):
      guard let position = index.position else { throw .unsupported("[]", [self, index]) }
      return list.indices.contains(position) ? list[position] : nil
    case .map(let map):
      switch index {
      case .bool, .int, .uint, .double, .string: return map.value(for: index)
      default: throw .unsupported("[]", [self, index])
      }
    case .optional(let wrapped): return try wrapped?.element(at: index)
    default: throw .unsupported("[]", [self, index])
    }
  }

  /// Any number that is whole; -1 where it is too large for an index.
  private var position: Int? {
    switch self {
    case .int(let it): Int(exactly: it) ?? -1
    case .uint(let it): Int(exactly: it) ?? -1
    case .double(let it): Int(exactly: it)
    default: nil
    }
  }

  /// `self.field`; nil where a map has no such key.
  func field(_ name: Text) throws(EvaluationError) -> Value? {
    switch self {
    case .map(let map): return map.value(for: .string(name))
    case .optional(let wrapped): return try wrapped?.field(name)
    default: throw .notSelectable(self)
    }
  }
}

extension Budget {
  /// Steps for comparing two values: those of the smaller. Its size is found in as many steps, by doubling, because
  /// the larger may be a million times as large.
  mutating func spend(equalityOf left: Value, _ right: Value) throws(EvaluationError) {
    var limit = 64
    while true {
      let size = min(left.size(limit: limit), right.size(limit: limit))
      if size < limit || limit > remaining { return try spend(size) }
      limit *= 2
    }
  }
}
