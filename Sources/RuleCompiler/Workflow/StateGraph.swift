import RuleEvaluator

/// The states of a workflow and the steps between them, asked whether every ticket can come to an end.
struct StateGraph {
  let initial: Int
  private let next: [[Int]]
  private let isClosed: [Bool]

  init(_ states: [Workflow.State], initial: Int) {
    self.initial = initial
    next = states.enumerated().map { index, state in state.next.filter { $0 != index } }
    isClosed = states.map { $0.category == .closed }
  }

  /// States that no other leads to, without the initial one.
  var orphans: [Int] {
    let entered = Set(next.joined())
    return next.indices.filter { $0 != initial && !entered.contains($0) }
  }

  /// States that no path leads to, neither from the initial state nor from an orphan.
  var islands: [Int] {
    let reached = closure(of: [initial] + orphans, next)
    return next.indices.filter { !reached.contains($0) }
  }

  /// States that lead nowhere although they are not closed.
  var deadEnds: [Int] { next.indices.filter { next[$0].isEmpty && !isClosed[$0] } }

  /// States from which no path leads to a closed one; none where there are dead ends, which are the reason.
  var endless: [Int] {
    if !deadEnds.isEmpty { return [] }
    var previous = [[Int]](repeating: [], count: next.count)
    for (state, followers) in next.enumerated() {
      for follower in followers { previous[follower].append(state) }
    }
    let ending = closure(of: next.indices.filter { isClosed[$0] }, previous)
    return next.indices.filter { !ending.contains($0) }
  }

  /// The states that steps lead to from `start`, with these.
  private func closure(of start: [Int], _ steps: [[Int]]) -> Set<Int> {
    var reached = Set(start)
    var open = start
    while let state = open.popLast() {
      for follower in steps[state] where reached.insert(follower).inserted { open.append(follower) }
    }
    return reached
  }
}
