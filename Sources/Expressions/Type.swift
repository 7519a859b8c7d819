/// A type as the checker knows it (langdef.md, "Gradual Type Checking").
public indirect enum Type: Hashable, Sendable {
  /// Any type; decided during evaluation.
  case dyn
  case null, bool, int, uint, double, string, bytes, timestamp, duration
  case list(Type)
  case map(Type, Type)
  /// A map with known string keys, as a ticket's lists of objects hold.
  case record(Record)
  case optional(Type)
  /// The type of types.
  case type
  case abstract(String, [Type])
  /// A parameter of an overload, by number.
  case parameter(Int)

  public struct Record: Hashable, Sendable {
    public struct Field: Hashable, Sendable {
      public var name: String
      public var type: Type
      public var isOptional: Bool

      public init(_ name: String, _ type: Type, isOptional: Bool) {
        self.name = name
        self.type = type
        self.isOptional = isOptional
      }
    }
    public var fields: [Field]

    public init(_ fields: [Field]) { self.fields = fields }
  }
}

extension Type: CustomStringConvertible {
  public var description: String {
    switch self {
    case .dyn, .parameter: "dyn"
    case .null: "null"
    case .bool: "bool"
    case .int: "int"
    case .uint: "uint"
    case .double: "double"
    case .string: "string"
    case .bytes: "bytes"
    case .timestamp: "timestamp"
    case .duration: "duration"
    case .list(let element): "list(\(element))"
    case .map(let key, let value): "map(\(key), \(value))"
    case .record: "object"
    case .optional(let wrapped): "optional(\(wrapped))"
    case .type: "type"
    case .abstract(let name, let parameters):
      "\(name)(\(parameters.map(\.description).joined(separator: ", ")))"
    }
  }
}

extension Type {
  var isNumeric: Bool { self == .int || self == .uint || self == .double }

  /// Whether values of the type fit a machine word or two and need no memory of their own.
  var isSimple: Bool {
    switch self {
    case .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration: true
    default: false
    }
  }

  /// The same type with its parameters' numbers raised, so that each use of an overload has its own.
  func shifted(by offset: Int) -> Type {
    switch self {
    case .parameter(let number): .parameter(number + offset)
    case .list(let element): .list(element.shifted(by: offset))
    case .map(let key, let value): .map(key.shifted(by: offset), value.shifted(by: offset))
    case .optional(let wrapped): .optional(wrapped.shifted(by: offset))
    case .abstract(let name, let parameters): .abstract(name, parameters.map { $0.shifted(by: offset) })
    default: self
    }
  }
}
