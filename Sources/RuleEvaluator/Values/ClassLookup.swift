import TicketModel

/// Finds the class of a value in a `Partition`: trivial, so that an index can keep one for each column side by side, with
/// the tables of all of them in one array.
struct ClassLookup: BitwiseCopyable, Sendable {
  /// The kinds of domain, as `Partition.Domain`.
  enum Kind: BitwiseCopyable, Sendable { case members, texts, ordered, opaque }

  let kind: Kind
  /// The stretch of the table that is this partition's.
  let start: Int
  let count: Int

  /// The class of a value. O(1), for ordered domains O(log bounds).
  @inline(__always)
  func classify(_ slot: Slot, _ table: borrowing Span<Int64>) -> Int {
    switch slot.kind {
    case .absent: return Partition.absentClass
    case .invalid: return Partition.invalidClass
    default: break
    }
    switch kind {
    case .members: return Partition.firstClass &+ Int(slot.integer)
    case .texts:
      let symbol = Int(slot.symbol)
      return symbol < count ? Int(table[start &+ symbol]) : Partition.firstClass
    case .ordered:
      let key = slot.kind == .number ? orderingKey(of: slot.double) : slot.integer
      return Partition.firstClass &+ countOfBounds(notAbove: key, table)
    case .opaque: return Partition.firstClass
    }
  }

  private func countOfBounds(notAbove key: Int64, _ table: borrowing Span<Int64>) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if table[start + middle] <= key { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
