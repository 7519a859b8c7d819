/// What one sub-expression gave in one evaluation.
public struct TraceEntry: Sendable {
  /// The bytes of the expression's UTF-8 that it covers.
  public var range: Range<Int>
  /// The sub-expression as written.
  public var text: String
  public var outcome: Result<Value, EvaluationError>
  /// How many of the other sub-expressions it is part of; 0 for the whole.
  public var depth: Int
  /// Whether it may have been computed of a masked variable, so that it must not be shown.
  public var isMasked: Bool
}

/// Collects what nodes give; leaves out literals and what happens inside loops.
struct TraceRecorder {
  private(set) var outcomes: [(node: NodeID, outcome: Result<Value, EvaluationError>)] = []
  private var loops = 0

  mutating func enterLoop() { loops += 1 }
  mutating func leaveLoop() { loops -= 1 }

  mutating func record(_ node: NodeID, _ outcome: Result<Value, EvaluationError>) {
    if loops == 0 { outcomes.append((node, outcome)) }
  }
}
