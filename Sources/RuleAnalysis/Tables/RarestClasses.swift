/// A quick look for a gap: of one input after the other the class that the fewest of the rows accept that are left.
///
/// Finds most gaps that there are in time proportional to the rows; proves nothing where it finds none.
struct RarestClasses {
  /// By input the number of a class; nil where it does not matter, or for everything where no gap was found.
  private(set) var point: [Int?]?

  init(_ table: ClassTable, _ rows: [Int], _ region: [[Range<Int>]]) {
    var chosen = [Int?](repeating: nil, count: table.columns.count)
    var left = rows
    for (input, column) in table.columns.enumerated() {
      if left.isEmpty { break }
      let number = Self.rarest(column, left, region[input])
      let accepting = left.filter { row in column.ranges(ofRow: row).contains { $0.contains(number) } }
      if accepting.count < left.count { chosen[input] = number }
      left = accepting
    }
    if left.isEmpty { point = chosen }
  }

  /// The class in `region`, which is not empty, that the fewest of `rows` accept.
  private static func rarest(_ column: ClassColumn, _ rows: [Int], _ region: [Range<Int>]) -> Int {
    var changes = [Int]()
    for row in rows {
      for range in column.ranges(ofRow: row) {
        // In order of the position, at one position those that begin last.
        changes.append(range.lowerBound << 1 | 1)
        changes.append(range.upperBound << 1)
      }
    }
    // Where nothing changes the count stays.
    changes += region.map { $0.lowerBound << 1 | 1 }
    let isNeutral = Set(region.map(\.lowerBound))
    changes.sort()
    return sweep(changes, isNeutral, region)
  }

  private static func sweep(_ changes: [Int], _ neutral: Set<Int>, _ region: [Range<Int>]) -> Int {
    var (best, fewest, count, index) = (region[0].lowerBound, Int.max, 0, 0)
    var stretch = 0
    while index < changes.count {
      let position = changes[index] >> 1
      while index < changes.count, changes[index] >> 1 == position {
        count += changes[index] & 1 == 1 ? 1 : -1
        index += 1
      }
      if neutral.contains(position) { count -= 1 }
      while stretch < region.count, region[stretch].upperBound <= position { stretch += 1 }
      guard stretch < region.count else { break }
      if region[stretch].contains(position), count < fewest { (best, fewest) = (position, count) }
    }
    return best
  }
}
