/// A value of the Common Expression Language, JSON profile (langdef.md, "Values").
///
/// `==` tells values of different types apart and so `1` from `1u` and `1.0`; an expression's own `==` is
/// `isEqual(to:)`, which compares numbers across types.
public enum Value: Equatable, Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case uint(UInt64)
  case double(Double)
  case string(Text)
  case bytes([UInt8])
  case list([Value])
  case map(MapValue)
  case timestamp(Timestamp)
  /// In nanoseconds: 292 years at most.
  case duration(Int64)
  case type(TypeName)
  indirect case optional(Value?)

  public static func string(_ text: String) -> Value { .string(Text(text)) }
}

/// The name of a value's type, as `type(x)` gives it.
public struct TypeName: Hashable, Sendable, CustomStringConvertible {
  public var name: String

  public init(_ name: String) { self.name = name }
  public var description: String { name }
}

extension Value {
  public var typeName: TypeName {
    switch self {
    case .null: TypeName("null_type")
    case .bool: TypeName("bool")
    case .int: TypeName("int")
    case .uint: TypeName("uint")
    case .double: TypeName("double")
    case .string: TypeName("string")
    case .bytes: TypeName("bytes")
    case .list: TypeName("list")
    case .map: TypeName("map")
    case .timestamp: TypeName("google.protobuf.Timestamp")
    case .duration: TypeName("google.protobuf.Duration")
    case .type: TypeName("type")
    case .optional: TypeName("optional_type")
    }
  }

  /// Whether it is what `optional.ofNonZeroValue` takes for nothing: null, zero, or empty.
  var isZero: Bool {
    switch self {
    case .null: true
    case .bool(let it): !it
    case .int(let it): it == 0
    case .uint(let it): it == 0
    case .double(let it): it == 0
    case .string(let it): it.utf8.isEmpty
    case .bytes(let it): it.isEmpty
    case .list(let it): it.isEmpty
    case .map(let it): it.isEmpty
    case .timestamp(let it): it == Timestamp(seconds: 0, nanoseconds: 0)
    case .duration(let it): it == 0
    case .type: false
    case .optional(let it): it == nil
    }
  }
}

extension Value: CustomStringConvertible {
  /// As an expression would spell it, shortened after 200 characters.
  public var description: String {
    var writer = LiteralWriter(limit: 200)
    writer.write(self)
    return writer.text
  }
}
