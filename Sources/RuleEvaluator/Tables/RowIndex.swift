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
  private let columns: [Column]
  /// The tables of all columns' look-ups.
  private let lookupTable: [Int64]
  private let sets: RowSets

  private struct Column: BitwiseCopyable {
    var slot: Int
    var lookup: ClassLookup
    /// The sets of all columns stand one after the other; this column's first has this number.
    var firstSet: Int
  }

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
    var columns = [Column]()
    var table = [Int64]()
    for (column, input) in inputs.enumerated() {
      let firstSet = sets.count
      let partition = Self.add(byColumn[column] ?? [], input.domain, to: &sets)
      let entries = partition.lookupTable
      let lookup = ClassLookup(kind: partition.lookupKind, start: table.count, count: entries.count)
      columns.append(Column(slot: input.slot, lookup: lookup, firstSet: firstSet))
      table += entries
    }
    (self.columns, lookupTable, self.sets) = (columns, table, sets)
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
    // By class, and the end: the rows that begin to accept there, or no longer do. A wide range costs as much as one value.
    var changes = [[Int]](repeating: [], count: partition.classCount + 1)
    for (row, set) in accepted {
      for range in partition.ranges(in: set) {
        changes[range.lowerBound].append(row)
        changes[range.upperBound].append(row)
      }
    }
    var words = sets.words(of: (0..<sets.rowCount).filter { accepted[$0] == nil })
    for number in 0..<partition.classCount {
      for row in changes[number] { words[row >> 6] ^= 1 << UInt64(row & 63) }
      sets.append(words)
    }
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
    let columns = columns.span
    let table = lookupTable.span
    for index in columns.indices {
      let column = columns[index]
      let number = column.firstSet &+ column.lookup.classify(values[column.slot], table)
      chosen[index] = Int32(truncatingIfNeeded: number)
    }
    sets.forEachRow(inAll: UnsafeBufferPointer(rebasing: chosen[..<columns.count]), body)
  }

  /// Whether all cells of `row` hold. Allocates nothing.
  func accepts(row: Int, _ values: UnsafeBufferPointer<Slot>) -> Bool {
    for column in columns.indices where !accepts(row: row, column: column, values) { return false }
    return true
  }

  /// Whether the cell of `row` in `column` holds.
  func accepts(row: Int, column: Int, _ values: UnsafeBufferPointer<Slot>) -> Bool {
    let column = columns[column]
    let number = column.firstSet + column.lookup.classify(values[column.slot], lookupTable.span)
    return sets.contains(row, inSet: number)
  }
}
