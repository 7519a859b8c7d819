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
  let columns: [Column]
  private let summaryCount: Int

  struct Column: Sendable {
    /// Where the evaluator finds the value.
    let slot: Int
    let partition: Partition
    /// For each class, `summaryCount` words: which words of rows are not empty.
    var summaries: [UInt64] = []
    /// For each summary word, the index in `words` of its first word of rows.
    var starts: [UInt32] = []
    var words: [UInt64] = []
  }

  /// - Parameters:
  ///   - inputs: the slot and the domain of each column.
  ///   - restrictions: every cell but those that hold for all values; several for one row and column must all hold.
  public init(
    rowCount: Int, inputs: [(slot: Int, domain: Partition.Domain)], restrictions: [Restriction]
  ) {
    self.rowCount = rowCount
    let wordCount = (rowCount + 63) / 64
    summaryCount = (wordCount + 63) / 64
    let byColumn = Dictionary(grouping: restrictions, by: \.column)
    columns = inputs.enumerated().map { index, input in
      Self.column(
        slot: input.slot, domain: input.domain, rowCount: rowCount, byColumn[index] ?? [])
    }
  }

  private static func column(
    slot: Int, domain: Partition.Domain, rowCount: Int, _ restrictions: [Restriction]
  ) -> Column {
    var sets = [Int: ValueSet]()
    for restriction in restrictions {
      sets[restriction.row] = sets[restriction.row]?.intersection(restriction.set) ?? restriction.set
    }
    let partition = Partition(domain, cutBy: sets.values)
    var unrestricted = [UInt64](repeating: 0, count: (rowCount + 63) / 64)
    for row in 0..<rowCount where sets[row] == nil { unrestricted[row >> 6] |= 1 << UInt64(row & 63) }
    var rows = [[Int]](repeating: [], count: partition.classCount)
    for (row, set) in sets {
      for number in partition.classes(in: set) { rows[number].append(row) }
    }
    var column = Column(slot: slot, partition: partition)
    for number in 0..<partition.classCount {
      var words = unrestricted
      for row in rows[number] { words[row >> 6] |= 1 << UInt64(row & 63) }
      column.append(words)
    }
    return column
  }

  /// Calls `body` with each matching row, ascending, until it returns false. Allocates nothing.
  ///
  /// - Parameter classes: room for one number a column, which is overwritten.
  @inline(__always)
  func forEachMatch(
    _ values: UnsafeBufferPointer<Slot>, _ classes: UnsafeMutableBufferPointer<Int32>,
    _ body: (Int) -> Bool
  ) {
    for index in columns.indices {
      let column = columns[index]
      classes[index] = Int32(truncatingIfNeeded: column.partition.classify(values[column.slot]))
    }
    for summary in 0..<summaryCount {
      var live = ~UInt64(0)
      for index in columns.indices { live &= columns[index].summary(classes[index], summary, summaryCount) }
      if columns.isEmpty { live = allWords(of: summary) }
      while live != 0 {
        let word = live.trailingZeroBitCount
        live &= live - 1
        var rows = ~UInt64(0)
        for index in columns.indices {
          rows &= columns[index].word(classes[index], summary, summaryCount, word)
        }
        let first = (summary << 6 | word) << 6
        if columns.isEmpty { rows = allRows(from: first) }
        while rows != 0 {
          if !body(first | rows.trailingZeroBitCount) { return }
          rows &= rows - 1
        }
      }
    }
  }

  private func allWords(of summary: Int) -> UInt64 {
    let count = min(64, (rowCount + 63) / 64 - summary << 6)
    return count == 64 ? ~0 : (1 << UInt64(count)) - 1
  }

  private func allRows(from first: Int) -> UInt64 {
    let count = min(64, rowCount - first)
    return count == 64 ? ~0 : (1 << UInt64(count)) - 1
  }

  /// Whether the cell of `row` in `column` holds.
  func accepts(row: Int, column: Int, _ values: UnsafeBufferPointer<Slot>) -> Bool {
    let number = columns[column].partition.classify(values[columns[column].slot])
    let (summary, word) = (row >> 12, row >> 6 & 63)
    guard columns[column].summary(Int32(number), summary, summaryCount) >> UInt64(word) & 1 == 1 else {
      return false
    }
    let rows = columns[column].word(Int32(number), summary, summaryCount, word)
    return rows >> UInt64(row & 63) & 1 == 1
  }
}

extension RowIndex.Column {
  fileprivate mutating func append(_ rows: [UInt64]) {
    for first in stride(from: 0, to: rows.count, by: 64) {
      var summary: UInt64 = 0
      starts.append(UInt32(words.count))
      for (index, word) in rows[first..<min(first + 64, rows.count)].enumerated() where word != 0 {
        summary |= 1 << UInt64(index)
        words.append(word)
      }
      summaries.append(summary)
    }
  }

  @inline(__always)
  fileprivate func summary(_ number: Int32, _ summary: Int, _ summaryCount: Int) -> UInt64 {
    summaries[Int(number) &* summaryCount &+ summary]
  }

  @inline(__always)
  fileprivate func word(_ number: Int32, _ summary: Int, _ summaryCount: Int, _ word: Int) -> UInt64 {
    let index = Int(number) &* summaryCount &+ summary
    let before = summaries[index] & ((1 << UInt64(word)) &- 1)
    return words[Int(starts[index]) &+ before.nonzeroBitCount]
  }
}
