extension Program {
  /// Whether it reads the value of a masked variable, so that neither its value nor an error of it may be shown.
  public var readsMasked: Bool { masked.contains(true) }

  /// Whether the value of the whole must not be shown: it comes of a masked variable, and is more than the truth of a
  /// condition about it.
  public var hidesValue: Bool {
    guard masked[expression.tree.root] else { return false }
    return type != .bool || environment.variables.contains { $0.isMasked && $0.type == .bool && reads($0) }
  }

  /// The slots of the variables that it reads.
  public var slots: Set<Int> {
    Set(expression.variables(in: expression.tree.root).map { environment.variables[$0].slot })
  }

  private func reads(_ variable: Variable) -> Bool {
    expression.variables(in: expression.tree.root).contains { environment.variables[$0] == variable }
  }

  /// The value, and what each sub-expression gave that was evaluated, in the order of the text; outer ones first.
  public func trace(_ source: some SlotSource) -> (
    outcome: Result<Value, EvaluationError>, entries: [TraceEntry]
  ) {
    var evaluator = Evaluator(expression, environment, source, trace: TraceRecorder())
    let outcome: Result<Value, EvaluationError>
    do throws(EvaluationError) {
      outcome = .success(try evaluator.evaluate(expression.tree.root))
    } catch { outcome = .failure(named(error)) }
    return (outcome, entries(evaluator.trace?.outcomes ?? []))
  }

  private func entries(
    _ outcomes: [(node: NodeID, outcome: Result<Value, EvaluationError>)]
  ) -> [TraceEntry] {
    var entries = outcomes.map(entry).sorted(by: Self.precedes)
    var around: [Range<Int>] = []
    for index in entries.indices {
      let range = entries[index].range
      while let last = around.last, last.upperBound < range.upperBound || last == range {
        around.removeLast()
      }
      entries[index].depth = around.count
      around.append(range)
    }
    return entries
  }

  private func entry(_ node: NodeID, _ outcome: Result<Value, EvaluationError>) -> TraceEntry {
    let range = expression.tree.nodes[node].range
    return TraceEntry(
      range: range, text: part(range), outcome: outcome, depth: 0, isMasked: masked[node])
  }

  private static func precedes(_ left: TraceEntry, _ right: TraceEntry) -> Bool {
    (left.range.lowerBound, right.range.upperBound) < (right.range.lowerBound, left.range.upperBound)
  }
}
