/// How much a search may still do, so that a table made to be hard cannot keep the linter busy for hours.
struct WorkLimit {
  /// In words of 64 rows that are looked at; a thousand million take about a second.
  private(set) var rest: Int

  init(_ rest: Int = 50_000_000) { self.rest = rest }

  var isReached: Bool { rest <= 0 }

  mutating func spend(_ words: Int) { rest -= words }
}

/// Values within a region for which none of some rows holds, or the proof that there are none.
///
/// Splits one input after the other by the classes of its values and keeps the rows that are left: where none is, the classes
/// are a gap. Three things keep it short: of two classes only the one that leaves fewer rows matters if those are among the
/// other's; where a row that is left accepts everything from here on, there is no gap; and what failed once for the
/// same rows is not tried again.
public struct GapSearch {
  public enum Answer: Hashable, Sendable {
    /// Some row holds whatever the values are.
    case covered
    /// By input the number of a class among those that can occur; nil where it does not matter.
    case point([Int?])
    /// The search took too long.
    case undecided
  }

  /// What it took to lay out the classes, in words of 64 rows.
  let preparation: Int
  private let order: [Int]
  private let options: [[Option]]
  /// By place in `order`: the rows that accept everything in all inputs from there on.
  private let sureFrom: [[UInt64]]
  private let all: [UInt64]
  private var failed: [Set<[UInt64]>]

  /// A class, and the rows that accept it.
  private struct Option {
    var number: Int
    var rows: [UInt64]
  }

  init(_ table: ClassTable, _ rows: [Int], _ region: [[Range<Int>]]) {
    let words = (rows.count + 63) / 64
    var all = [UInt64](repeating: 0, count: words)
    for index in rows.indices { all.insert(index) }
    let columns = table.columns.indices.map { Self.options(table.columns[$0], rows, region[$0], words) }
    // What tells the most rows apart comes first.
    let order = columns.indices.sorted { left, right in
      let (first, second) = (columns[left].sure.count(of: all), columns[right].sure.count(of: all))
      return first != second ? first < second : left < right
    }
    var sure = [all]
    for column in order.reversed() { sure.append(sure[sure.count - 1].intersection(columns[column].sure)) }
    preparation = words * columns.reduce(0) { $0 + $1.stretchCount }
    self.order = order
    self.all = all
    options = order.map { columns[$0].options }
    sureFrom = Array(sure.reversed())
    failed = Array(repeating: [], count: order.count + 1)
  }

  mutating func answer(_ limit: inout WorkLimit) -> Answer {
    var chosen = [Int?](repeating: nil, count: order.count)
    switch find(all, 0, &chosen, &limit) {
    case true?: return .point(chosen)
    case false?: return .covered
    case nil: return .undecided
    }
  }

  /// Whether there is a gap among the rows that are left; nil where the limit was reached.
  private mutating func find(
    _ left: [UInt64], _ depth: Int, _ chosen: inout [Int?], _ limit: inout WorkLimit
  ) -> Bool? {
    if left.isEmptySet { return true }
    if !left.intersection(sureFrom[depth]).isEmptySet || depth == order.count { return false }
    if failed[depth].contains(left) { return false }
    limit.spend(options[depth].count * left.count + 8)
    if limit.isReached { return nil }
    for option in options[depth] {
      chosen[order[depth]] = option.number
      guard let isFound = find(left.intersection(option.rows), depth + 1, &chosen, &limit) else { return nil }
      if isFound { return true }
    }
    chosen[order[depth]] = nil
    failed[depth].insert(left)
    return false
  }
}

extension GapSearch {
  /// The classes of one column that matter, those that few rows accept first, and the rows that accept all of them.
  private static func options(
    _ column: ClassColumn, _ rows: [Int], _ region: [Range<Int>], _ words: Int
  ) -> (options: [Option], sure: [UInt64], stretchCount: Int) {
    var found = [[UInt64]: Int]()
    var options = [Option]()
    var sure = [UInt64](repeating: .max, count: words)
    let stretches = stretches(column, rows, region, words)
    for (number, accepting) in stretches
    where found.updateValue(number, forKey: accepting) == nil {
      options.append(Option(number: number, rows: accepting))
      sure = sure.intersection(accepting)
    }
    options.sort { ($0.rows.count(of: $0.rows), $0.number) < ($1.rows.count(of: $1.rows), $1.number) }
    return (options.count > 256 ? options : minimal(options), sure, stretches.count)
  }

  /// Without those that leave all the rows that another leaves, and more.
  private static func minimal(_ options: [Option]) -> [Option] {
    var kept = [Option]()
    for option in options where !kept.contains(where: { $0.rows.isSubset(of: option.rows) }) {
      kept.append(option)
    }
    return kept
  }

  /// The first class of each stretch of the region that no cell cuts, and the rows that accept it.
  private static func stretches(
    _ column: ClassColumn, _ rows: [Int], _ region: [Range<Int>], _ words: Int
  ) -> [(number: Int, rows: [UInt64])] {
    var changes = [Int: [Int]]()
    for (index, row) in rows.enumerated() {
      for range in column.ranges(ofRow: row).intersection(region) {
        changes[range.lowerBound, default: []].append(index)
        changes[range.upperBound, default: []].append(index)
      }
    }
    for range in region { changes[range.lowerBound, default: []] += [] }
    var accepting = [UInt64](repeating: 0, count: words)
    var stretches = [(number: Int, rows: [UInt64])]()
    for number in changes.keys.sorted() {
      for index in changes[number] ?? [] { accepting.toggle(index) }
      if region.contains(where: { $0.contains(number) }) { stretches.append((number, accepting)) }
    }
    return stretches
  }
}

/// Sets of small numbers as bits.
extension [UInt64] {
  mutating func insert(_ member: Int) { self[member >> 6] |= 1 << UInt64(member & 63) }

  mutating func toggle(_ member: Int) { self[member >> 6] ^= 1 << UInt64(member & 63) }

  func contains(member: Int) -> Bool { self[member >> 6] >> UInt64(member & 63) & 1 == 1 }

  var isEmptySet: Bool { allSatisfy { $0 == 0 } }

  func intersection(_ other: [UInt64]) -> [UInt64] {
    var shared = self
    for word in shared.indices { shared[word] &= other[word] }
    return shared
  }

  func isSubset(of other: [UInt64]) -> Bool {
    for word in indices where self[word] & ~other[word] != 0 { return false }
    return true
  }

  /// How many members of `all` are in the set.
  func count(of all: [UInt64]) -> Int {
    var count = 0
    for word in indices { count += (self[word] & all[word]).nonzeroBitCount }
    return count
  }
}
