import Diagnostics
import LocatedYAML

/// A mapping whose unknown keys were reported: each key is read by what is expected there.
struct Mapping {
  let entries: [Node.Entry]
  let place: Place
  /// As messages name it: "a window".
  let what: String
  let parser: FileParser

  subscript(key: String) -> Node? { entries.first { $0.key.value == key }?.value }

  /// The value of a key that must be there.
  func required(_ key: String) -> Node? {
    if let node = self[key] { return node }
    parser.report(.missingKey(key, of: what, at: place))
    return nil
  }

  /// What `read` makes of the value of `key`, where it is written.
  func optional<Value>(_ key: String, _ read: (Node, String) -> Value?) -> Value? {
    self[key].flatMap { read($0, quoted(key)) }
  }

  /// What `read` makes of the value of `key`, which must be there.
  func required<Value>(_ key: String, _ read: (Node, String) -> Value?) -> Value? {
    required(key).flatMap { read($0, quoted(key)) }
  }

  func flag(_ key: String) -> Bool { optional(key, parser.boolean) ?? false }
}
