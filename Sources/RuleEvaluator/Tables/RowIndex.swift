import TicketModel

/// Finds the rows whose cells all hold: for each column a map from the value's class to the set of rows that accept
/// it, and a row matches where all columns' sets meet.
///
/// A set is kept in two levels: a summary with one bit for each word of 64 rows that is not empty, and the words
/// that are not empty. So a table of 10,000 rows in which a product names five of them costs about as much as a
/// table of 50 rows.
public struct RowIndex: Sendable {
  /// One cell that is not `any`.
  public struct Restriction: Sendable {
    public var row: Int
    public var column: Int
    public var set: ValueSet

    public init(row: Int, column: Int, set: ValueSet) {
      self.row = row
      self.column = column
      self.set = set
    }
  }

  public let rowCount: Int
  /// Where the evaluator finds the value of each column.
  let slots: [Int]
  private let partitions: [Partition]
  /// The sets of all columns one after the other; a column's first set has this number.
  private let firstSet: [Int32]
  private let sets: RowSets

  var columnCount: Int { slots.count }

  /// - Parameters:
  ///   - inputs: the slot and the domain of each column.
  ///   - restrictions: every cell but those that hold for all values; several for one row and column must all hold.
  public init(
    rowCount: Int, inputs: [(slot: Int, domain: Partition.Domain)], restrictions: [Restriction]
  ) {
    self.rowCount = rowCount
    slots = inputs.map(\.slot)
    let byColumn = Dictionary(grouping: restrictions, by: \.column)
    var sets = RowSets(rowCount: rowCount)
    var partitions = [Partition]()
    var firstSet = [Int32]()
    for (column, input) in inputs.enumerated() {
      firstSet.append(Int32(sets.count))
      partitions.append(Self.add(byColumn[column] ?? [], input.domain, to: &sets))
    }
    (self.partitions, self.firstSet, self.sets) = (partitions, firstSet, sets)
  }

  /// Adds the set of each class of one column.
  private static func add(
    _ restrictions: [Restriction], _ domain: Partition.Domain, to sets: inout RowSets
  ) -> Partition {
    var accepted = [Int: ValueSet]()
    for restriction in restrictions {
      accepted[restriction.row] =
        accepted[restriction.row]?.intersection(restriction.set) ?? restriction.set
    }
    let partition = Partition(domain, cutBy: accepted.values)
    var rows = [[Int]](repeating: [], count: partition.classCount)
    for (row, set) in accepted {
      for number in partition.classes(in: set) { rows[number].append(row) }
    }
    let unrestricted = (0..<sets.rowCount).filter { accepted[$0] == nil }
    let common = sets.words(of: unrestricted)
    for number in 0..<partition.classCount { sets.append(rows[number], beside: common) }
    return partition
  }

  /// Calls `body` with each matching row, ascending, until it returns false. Allocates nothing.
  ///
  /// - Parameters:
  ///   - values: the slots of the ticket and of the tables before this one.
  ///   - chosen: room for one number a column, which is overwritten.
  @inline(__always)
  func forEachMatch(
    _ values: UnsafeBufferPointer<Slot>, _ chosen: UnsafeMutableBufferPointer<Int32>,
    _ body: (Int) -> Bool
  ) {
    let count = slots.count
    // Through a buffer, or else each partition's arrays are retained to look at them.
    partitions.withUnsafeBufferPointer { partitions in
      for column in 0..<count {
        let number = partitions[column].classify(values[slots[column]])
        chosen[column] = firstSet[column] &+ Int32(truncatingIfNeeded: number)
      }
    }
    sets.forEachRow(inAll: UnsafeBufferPointer(rebasing: chosen[..<count]), body)
  }

  /// Whether the cell of `row` in `column` holds.
  func accepts(row: Int, column: Int, _ values: UnsafeBufferPointer<Slot>) -> Bool {
    sets.contains(row, inSet: Int(firstSet[column]) + partitions[column].classify(values[slots[column]]))
  }
}
