extension Value {
  /// The language's `==`: never an error; numbers compare across types, NaN equals nothing.
  public func isEqual(to other: Value) -> Bool {
    switch (self, other) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.string(let left), .string(let right)): left == right
    case (.bytes(let left), .bytes(let right)): left == right
    case (.timestamp(let left), .timestamp(let right)): left == right
    case (.duration(let left), .duration(let right)): left == right
    case (.type(let left), .type(let right)): left == right
    case (.list(let left), .list(let right)):
      left.count == right.count && zip(left, right).allSatisfy { $0.isEqual(to: $1) }
    case (.map(let left), .map(let right)): left.isEqual(to: right)
    case (.optional(let left), .optional(let right)): Self.areEqual(left, right)
    default: Number(self).flatMap { left in Number(other).map { left.isEqual(to: $0) } } ?? false
    }
  }

  private static func areEqual(_ left: Value?, _ right: Value?) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    return left.isEqual(to: right)
  }

  /// What a comparison of this value may cost: the values in it, and a step for 16 bytes of text; at most `limit`.
  func size(limit: Int) -> Int {
    switch self {
    case .string(let it): return 1 + it.utf8.count / 16
    case .bytes(let it): return 1 + it.count / 16
    case .list(let it): return Self.size(of: it, limit: limit)
    case .map(let it):
      var size = 1
      for entry in it.entries where size < limit {
        size += entry.key.size(limit: limit - size) + entry.value.size(limit: limit - size)
      }
      return size
    case .optional(let it?): return 1 + it.size(limit: limit)
    default: return 1
    }
  }

  private static func size(of values: [Value], limit: Int) -> Int {
    var size = 1
    for value in values where size < limit { size += value.size(limit: limit - size) }
    return size
  }
}

extension MapValue {
  fileprivate func isEqual(to other: MapValue) -> Bool {
    count == other.count
      && entries.allSatisfy { entry in other.value(for: entry.key).map { entry.value.isEqual(to: $0) } == true
      }
  }
}

/// A number of one of the three types, compared by its mathematical value.
enum Number {
  case int(Int64)
  case uint(UInt64)
  case double(Double)

  init?(_ value: Value) {
    switch value {
    case .int(let it): self = .int(it)
    case .uint(let it): self = .uint(it)
    case .double(let it): self = .double(it)
    default: return nil
    }
  }

  func isEqual(to other: Number) -> Bool { compare(other) == 0 }

  /// Below 0, 0 or above 0; nil where one is NaN.
  func compare(_ other: Number) -> Int? {
    switch (self, other) {
    case (.int(let left), .int(let right)): order(left, right)
    case (.uint(let left), .uint(let right)): order(left, right)
    case (.double(let left), .double(let right)): left.isNaN || right.isNaN ? nil : order(left, right)
    case (.int(let left), .uint(let right)): left < 0 ? -1 : order(UInt64(left), right)
    case (.uint(let left), .int(let right)): right < 0 ? 1 : order(left, UInt64(right))
    case (.int(let left), .double(let right)): Self.compare(Double(left), right)
    case (.uint(let left), .double(let right)): Self.compare(Double(left), right)
    case (.double(let left), .int(let right)): Self.compare(left, Double(right))
    case (.double(let left), .uint(let right)): Self.compare(left, Double(right))
    }
  }

  /// As cel-go does: the integer is converted, so that neighbours beyond 2^53 may be equal.
  private static func compare(_ left: Double, _ right: Double) -> Int? {
    left.isNaN || right.isNaN ? nil : order(left, right)
  }
}

func order<T: Comparable>(_ left: T, _ right: T) -> Int { left < right ? -1 : left > right ? 1 : 0 }

extension Value {
  /// The order of two values, or nil where the types have none; `.some(nil)` where one is NaN.
  func compare(_ other: Value) -> Int?? {
    switch (self, other) {
    case (.bool(let left), .bool(let right)): order(left ? 1 : 0, right ? 1 : 0)
    case (.string(let left), .string(let right)): order(left, right)
    case (.bytes(let left), .bytes(let right)): order(Text(utf8: left), Text(utf8: right))
    case (.timestamp(let left), .timestamp(let right)): order(left, right)
    case (.duration(let left), .duration(let right)): order(left, right)
    default:
      if let left = Number(self), let right = Number(other) { .some(left.compare(right)) } else { nil }
    }
  }
}
