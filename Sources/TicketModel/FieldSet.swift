/// A set of fields that is emptied in O(1).
struct FieldSet {
  private var generation: UInt64 = 0
  private var generations: [UInt64]

  init(count: Int) { generations = Array(repeating: 0, count: count) }

  mutating func removeAll() { generation += 1 }

  /// False if the field is in the set already.
  mutating func insert(_ slot: Int) -> Bool {
    if generations[slot] == generation { return false }
    generations[slot] = generation
    return true
  }
}
