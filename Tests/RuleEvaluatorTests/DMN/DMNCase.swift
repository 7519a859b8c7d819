import Foundation

/// A file of outside cases: decision tables in DMN, and what they give for what is given.
struct DMNFile: Decodable {
  struct TypeDefinition: Decodable {
    var type: String?
    var values: String?
  }

  struct Table: Decodable {
    struct Input: Decodable {
      var expression: String
      var type: String?
    }

    struct Output: Decodable {
      var name: String?
      var type: String?
      var values: String?
      var `default`: String?
    }

    struct Row: Decodable {
      var when: [String]
      var then: [String]
    }

    var decision: String
    var hit: String?
    var aggregation: String?
    var inputs: [Input]
    var outputs: [Output]
    var rows: [Row]
  }

  struct Case: Decodable {
    var id: String
    var given: [String: JSONValue]
    var expect: [String: JSONValue]
  }

  var types: [String: TypeDefinition]?
  var tables: [Table]
  var cases: [Case]
}

/// A value as a case spells it.
indirect enum JSONValue: Decodable, Hashable, CustomStringConvertible {
  case null
  case boolean(Bool)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .list(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  var description: String {
    switch self {
    case .null: "null"
    case .boolean(let value): String(value)
    case .number(let value): Int64(exactly: value).map(String.init) ?? String(value)
    case .text(let text): text.debugDescription
    case .list(let values): "[\(values.map(\.description).joined(separator: ", "))]"
    case .object(let members):
      "{\(members.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", "))}"
    }
  }

  /// Equal but for the rounding of sums; lists of tables that collect have no order.
  func matches(_ other: JSONValue, inAnyOrder: Bool) -> Bool {
    switch (self, other) {
    case (.number(let left), .number(let right)):
      abs(left - right) <= 1e-9 * Swift.max(1, abs(left), abs(right))
    case (.list(let left), .list(let right)):
      left.count == right.count
        && zip(left.sorted(inAnyOrder), right.sorted(inAnyOrder)).allSatisfy {
          $0.matches($1, inAnyOrder: false)
        }
    case (.object(let left), .object(let right)):
      Set(left.keys) == Set(right.keys)
        && left.allSatisfy { key, value in right[key].map { value.matches($0, inAnyOrder: false) } ?? false }
    default: self == other
    }
  }
}

extension [JSONValue] {
  fileprivate func sorted(_ isWanted: Bool) -> [JSONValue] {
    isWanted ? sorted { $0.description < $1.description } : self
  }
}
