/// A syntax tree whose names are resolved and whose nodes have types.
struct CheckedExpression: Sendable {
  var tree: SyntaxTree
  /// By node.
  var types: [Type]
  /// By node.
  var resolutions: [Resolution]
  /// Patterns that are literals, by the node of the call.
  var patterns: [NodeID: RegularExpression] = [:]
  /// The values of nodes that are the same in every evaluation.
  var constants: [Value?]

  /// What a name, a selection or a call means.
  enum Resolution: Sendable {
    case none
    /// An index in `Environment.variables`.
    case variable(Int)
    /// The variable as an optional value.
    case optionalVariable(Int)
    /// The number of a name that a macro binds.
    case local(Int)
    case type(TypeName)
    /// An index in `FunctionTable.functions`.
    case function(Int, isMember: Bool)
    /// Evaluates to this error: an expression that was not checked may hold unknown names.
    case error(EvaluationError)
  }
}

/// A place that may be absent: a variable, or a field of a value in one.
indirect enum AccessPath: Hashable {
  case variable(Int)
  case local(Int)
  case field(AccessPath, String)
}
