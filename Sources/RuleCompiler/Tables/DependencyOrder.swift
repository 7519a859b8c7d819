/// Sorts things so that each comes after those it depends on, or finds a circle. O(things + dependencies).
struct DependencyOrder {
  private enum Mark { case unseen, open, done }

  private let dependencies: [[Int]]
  private var marks: [Mark]
  private var path: [Int] = []
  private var order: [Int] = []
  /// Things that depend on one another in a circle; nil where there are none, or before `sorted`.
  private(set) var cycle: [Int]?

  init(_ dependencies: [[Int]]) {
    self.dependencies = dependencies
    marks = Array(repeating: .unseen, count: dependencies.count)
  }

  /// The order; incomplete where there is a cycle. Things that are free to go first keep their order.
  mutating func sorted() -> [Int] {
    for thing in dependencies.indices { visit(thing) }
    return order
  }

  private mutating func visit(_ thing: Int) {
    switch marks[thing] {
    case .done: return
    case .open: cycle = cycle ?? Array(path[(path.firstIndex(of: thing) ?? 0)...])
    case .unseen:
      marks[thing] = .open
      path.append(thing)
      for dependency in dependencies[thing] { visit(dependency) }
      path.removeLast()
      marks[thing] = .done
      order.append(thing)
    }
  }
}
