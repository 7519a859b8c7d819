/// The index of a node in its `SyntaxTree`.
typealias NodeID = Int

/// An expression as written: nodes in one array, children before their parents.
///
/// An array instead of linked nodes: freeing a deep tree of linked nodes recurses without a limit.
struct SyntaxTree: Sendable {
  var nodes: [Node] = []
  var root: NodeID = 0
  /// How many names macros bind in all; each has a number of its own.
  var localCount = 0

  struct Node: Sendable {
    var kind: Kind
    /// The bytes of the expression that the node covers.
    var range: Range<Int>
    /// How many nodes deep the longest path below is.
    var depth: Int
  }

  enum Kind: Sendable {
    case literal(Value)
    case identifier(String, isAbsolute: Bool)
    case select(NodeID, field: String, isOptional: Bool)
    /// `has(operand)`: the operand is a selection or a name.
    case has(NodeID)
    case index(NodeID, NodeID, isOptional: Bool)
    case call(String, target: NodeID?, arguments: [NodeID])
    case negate(NodeID)
    case not(NodeID)
    case binary(BinaryOperator, NodeID, NodeID)
    case and([NodeID])
    case or([NodeID])
    case conditional(NodeID, NodeID, NodeID)
    case list([Element])
    case map([Entry])
    case comprehension(Comprehension)
    case bind(Local, NodeID, NodeID)
    /// `target.optMap(local, body)`, or `optFlatMap`.
    case optionalMap(NodeID, Local, NodeID, isFlat: Bool)
  }

  struct Element: Sendable {
    var value: NodeID
    /// `[?x]`: only where the optional has a value.
    var isOptional: Bool
  }

  struct Entry: Sendable {
    var key: NodeID
    var value: NodeID
    var isOptional: Bool
  }

  /// A name that a macro binds.
  struct Local: Sendable {
    var name: String
    /// Where its value stands during evaluation.
    var number: Int
  }

  struct Comprehension: Sendable {
    enum Kind: String, Sendable {
      case all, exists, existsOne, map, filter, transformList, transformMap, transformMapEntry
    }
    var kind: Kind
    var range: NodeID
    /// The element of a list or the key of a map; with two variables the index or the key.
    var first: Local
    /// With two variables the element of a list or the value of a map.
    var second: Local?
    var filter: NodeID?
    var body: NodeID
  }
}

enum BinaryOperator: String, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case remainder = "%"
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case contained = "in"

  var isOrdering: Bool {
    switch self {
    case .less, .lessOrEqual, .greater, .greaterOrEqual: true
    default: false
    }
  }
}

extension SyntaxTree {
  /// The nodes directly below, in the order in which they are written.
  func children(of node: NodeID) -> [NodeID] {
    switch nodes[node].kind {
    case .literal, .identifier: []
    case .select(let operand, _, _), .has(let operand), .negate(let operand), .not(let operand): [operand]
    case .index(let operand, let index, _): [operand, index]
    case .call(_, let target, let arguments): (target.map { [$0] } ?? []) + arguments
    case .binary(_, let left, let right): [left, right]
    case .and(let operands), .or(let operands): operands
    case .conditional(let condition, let first, let second): [condition, first, second]
    case .list(let elements): elements.map(\.value)
    case .map(let entries): entries.flatMap { [$0.key, $0.value] }
    case .comprehension(let it): [it.range] + (it.filter.map { [$0] } ?? []) + [it.body]
    case .bind(_, let value, let body), .optionalMap(let value, _, let body, _): [value, body]
    }
  }

  /// The names of a chain such as `a.b.c`, or nil where the node is anything else.
  func qualifiedName(_ node: NodeID) -> QualifiedName? {
    switch nodes[node].kind {
    case .identifier(let name, let isAbsolute):
      return QualifiedName(names: [name], isAbsolute: isAbsolute)
    case .select(let operand, let field, let isOptional):
      guard var name = qualifiedName(operand) else { return nil }
      name.names.append(field)
      if isOptional { name.isOptional = true }
      return name
    default: return nil
    }
  }
}

/// A chain of names joined by dots.
struct QualifiedName {
  var names: [String]
  /// Written with a leading dot: found in the root scope only.
  var isAbsolute: Bool
  /// At least one dot is written `.?`.
  var isOptional = false

  var text: String { names.joined(separator: ".") }
}
