import RuleEvaluator

/// Of every two rows of a table: whether some values satisfy both, and whether whatever satisfies one satisfies the other.
///
/// Exact over the classes, input by input. Where every cell is one stretch of classes, two stretches meet if each begins before
/// the other ends. Else the rows that accept a class are the leaves of two trees, which give for any range of classes the
/// rows that accept one of them, and those that accept all: a cell costs the logarithm of the number of classes.
struct RowRelations {
  /// By row: the rows that some values satisfy together with it.
  private(set) var meets: BitMatrix
  /// By row: the rows that hold wherever it does.
  private(set) var within: BitMatrix
  /// By row: the input in which it accepts nothing that tickets can have.
  private(set) var impossible: [Int?]

  /// The most words that the trees of one input may take: half a gigabyte.
  private static let largestTree = 64_000_000

  /// Nil where the table has too many rows and classes.
  init?(_ table: ClassTable) {
    let count = table.table.rows.count
    meets = BitMatrix(rowCount: count, members: count, filled: true)
    within = BitMatrix(rowCount: count, members: count, filled: true)
    impossible = Array(repeating: nil, count: count)
    for (input, column) in table.columns.enumerated() {
      guard column.classes.count * meets.wordCount * 4 <= Self.largestTree else { return nil }
      add(column, input)
    }
    trim(count)
  }

  private mutating func add(_ column: ClassColumn, _ input: Int) {
    if column.sets.allSatisfy({ $0.count <= 1 }) {
      let stretches = RowStretches(column)
      add(column, input) { stretches.rows(accepting: $0) }
    } else {
      let trees = RowTrees(column)
      add(column, input) { trees.rows(accepting: $0) }
    }
  }

  private mutating func add(
    _ column: ClassColumn, _ input: Int, _ accepting: ([Range<Int>]) -> (some: [UInt64], every: [UInt64])
  ) {
    var rows = [[Int]](repeating: [], count: column.sets.count)
    for (row, set) in column.cells.enumerated() { rows[Int(set)].append(row) }
    for (set, rows) in rows.enumerated() where !rows.isEmpty {
      let ranges = column.sets[set]
      let (some, every) = accepting(ranges)
      for row in rows {
        meets.intersect(row, with: some)
        within.intersect(row, with: every)
        if ranges.isEmpty { impossible[row] = impossible[row] ?? input }
      }
    }
  }

  /// Clears the bits behind the last row.
  private mutating func trim(_ count: Int) {
    var mask = [UInt64](repeating: .max, count: meets.wordCount)
    if count % 64 != 0, !mask.isEmpty { mask[mask.count - 1] = 1 << UInt64(count % 64) - 1 }
    for row in 0..<count {
      meets.intersect(row, with: mask)
      within.intersect(row, with: mask)
    }
  }
}

/// The rows that accept any, or all, of a range of one input's classes.
private struct RowTrees {
  private let classCount: Int
  private var some: BitMatrix
  private var every: BitMatrix

  init(_ column: ClassColumn) {
    classCount = column.classes.count
    some = Self.leaves(column)
    every = some
    for node in stride(from: classCount - 1, to: 0, by: -1) {
      some.combine(2 * node, 2 * node + 1, into: node, sharing: false)
      every.combine(2 * node, 2 * node + 1, into: node, sharing: true)
    }
  }

  /// Goes through the classes and keeps count of who accepts the one at hand.
  private static func leaves(_ column: ClassColumn) -> BitMatrix {
    let classCount = column.classes.count
    var changes = [[Int32]](repeating: [], count: classCount + 1)
    for (row, set) in column.cells.enumerated() {
      for range in column.sets[Int(set)] {
        changes[range.lowerBound].append(Int32(row))
        changes[range.upperBound].append(Int32(row))
      }
    }
    var leaves = BitMatrix(rowCount: 2 * classCount, members: column.cells.count)
    var accepting = [UInt64](repeating: 0, count: leaves.wordCount)
    for number in 0..<classCount {
      for row in changes[number] { accepting.toggle(Int(row)) }
      leaves.set(classCount + number, to: accepting)
    }
    return leaves
  }

  func rows(accepting ranges: [Range<Int>]) -> (some: [UInt64], every: [UInt64]) {
    var some = [UInt64](repeating: 0, count: self.some.wordCount)
    var every = [UInt64](repeating: .max, count: some.count)
    for range in ranges {
      var (low, high) = (range.lowerBound + classCount, range.upperBound + classCount)
      while low < high {
        if low & 1 == 1 {
          merge(low, &some, &every)
          low += 1
        }
        if high & 1 == 1 {
          high -= 1
          merge(high, &some, &every)
        }
        (low, high) = (low / 2, high / 2)
      }
    }
    return (some, every)
  }

  private func merge(_ node: Int, _ some: inout [UInt64], _ every: inout [UInt64]) {
    self.some.merge(node, into: &some, sharing: false)
    self.every.merge(node, into: &every, sharing: true)
  }
}

/// The same where each row accepts one stretch of classes, or none.
private struct RowStretches {
  /// By class, and the end: the rows that begin before it.
  private var begun: BitMatrix
  /// By class: the rows that end behind it.
  private var endingLater: BitMatrix

  init(_ column: ClassColumn) {
    let classCount = column.classes.count
    var starts = [[Int32]](repeating: [], count: classCount + 1)
    var ends = [[Int32]](repeating: [], count: classCount + 1)
    for (row, set) in column.cells.enumerated() {
      guard let range = column.sets[Int(set)].first else { continue }
      starts[range.lowerBound].append(Int32(row))
      ends[range.upperBound].append(Int32(row))
    }
    begun = BitMatrix(rowCount: classCount + 1, members: column.cells.count)
    endingLater = begun
    var rows = [UInt64](repeating: 0, count: begun.wordCount)
    for number in 0...classCount {
      begun.set(number, to: rows)
      for row in starts[number] { rows.insert(Int(row)) }
    }
    rows = [UInt64](repeating: 0, count: begun.wordCount)
    for number in stride(from: classCount, through: 0, by: -1) {
      endingLater.set(number, to: rows)
      for row in ends[number] { rows.insert(Int(row)) }
    }
  }

  func rows(accepting ranges: [Range<Int>]) -> (some: [UInt64], every: [UInt64]) {
    var some = [UInt64](repeating: .max, count: begun.wordCount)
    var every = some
    guard let range = ranges.first else { return (some.map { _ in 0 }, every) }
    begun.merge(range.upperBound, into: &some, sharing: true)
    endingLater.merge(range.lowerBound, into: &some, sharing: true)
    begun.merge(range.lowerBound + 1, into: &every, sharing: true)
    endingLater.merge(range.upperBound - 1, into: &every, sharing: true)
    return (some, every)
  }
}
