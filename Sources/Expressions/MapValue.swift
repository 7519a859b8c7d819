/// A map with unique keys, in the order in which they were written.
///
/// Keys are bools, ints, uints and strings. Numbers that are equal are the same key: `1`, `1u` and, for looking up, `1.0`.
public struct MapValue: Sendable {
  public private(set) var entries: [(key: Value, value: Value)] = []
  private var indexes: [Key: Int] = [:]

  private enum Key: Hashable, Sendable {
    case bool(Bool)
    case int(Int64)
    /// Above `Int64.max`.
    case uint(UInt64)
    case string(Text)
  }

  public init() {}

  /// The first of two equal keys wins; keys that no map can have are left out.
  public init(_ entries: [(key: Value, value: Value)]) {
    for entry in entries { _ = insert(entry.value, for: entry.key) }
  }

  public var count: Int { entries.count }
  public var isEmpty: Bool { entries.isEmpty }

  public enum Insertion: Sendable { case inserted, duplicate, unsupportedKey }

  /// Adds an entry unless its key is there or cannot be one.
  public mutating func insert(_ value: Value, for key: Value) -> Insertion {
    if case .double = key { return .unsupportedKey }
    guard let normal = Self.normalized(key) else { return .unsupportedKey }
    guard indexes[normal] == nil else { return .duplicate }
    indexes[normal] = entries.count
    entries.append((key, value))
    return .inserted
  }

  /// The value for a key; numbers find their equals.
  public func value(for key: Value) -> Value? {
    Self.normalized(key).flatMap { indexes[$0] }.map { entries[$0].value }
  }

  private static func normalized(_ key: Value) -> Key? {
    switch key {
    case .bool(let it): .bool(it)
    case .int(let it): .int(it)
    case .uint(let it): Int64(exactly: it).map(Key.int) ?? .uint(it)
    case .double(let it): Int64(exactly: it).map(Key.int) ?? UInt64(exactly: it).map(Key.uint)
    case .string(let it): .string(it)
    default: nil
    }
  }
}

extension MapValue: Equatable {
  /// Whatever the order.
  public static func == (left: MapValue, right: MapValue) -> Bool {
    left.count == right.count
      && left.entries.allSatisfy { entry in
        normalized(entry.key).flatMap { right.indexes[$0] }.map {
          right.entries[$0].key == entry.key && right.entries[$0].value == entry.value
        } == true
      }
  }
}
