public import RuleEvaluator

/// A decision table over the classes of its inputs' values: what each row accepts, as ranges of numbers.
public struct ClassTable: Sendable {
  public let table: DecisionTable
  var columns: [ClassColumn]

  /// Tables with more rows are not analysed: what is kept of every two rows would take a gigabyte.
  static let largestRowCount = 32_768

  /// Nil for a table that is too large to analyse.
  ///
  /// - Parameter values: the values that tickets can have, by input.
  public init?(_ table: DecisionTable, values: [ValueSet]) {
    guard table.rows.count <= Self.largestRowCount else { return nil }
    self.table = table
    var cells = [[Int: ValueSet]](repeating: [:], count: table.inputs.count)
    for (row, declaration) in table.rows.enumerated() {
      for cell in declaration.cells { cells[cell.input][row] = cell.set }
    }
    columns = table.inputs.indices.map { input in
      ClassColumn(
        table.inputs[input].domain, values: values[input], cells: cells[input], rowCount: table.rows.count)
    }
  }

  /// Whether a row has an expression, of which the analysis knows nothing.
  func isOpaque(_ row: Int) -> Bool { table.rows[row].expression != nil }

  /// The rows that hold wherever their cells do.
  var sureRows: [Int] { table.rows.indices.filter { !isOpaque($0) } }

  /// Values for which no row is sure to hold.
  public func gap() -> GapSearch.Answer {
    var limit = WorkLimit()
    return gap(&limit)
  }

  /// The same within a limit. A gap in which nothing is absent tells more, so it is looked for first.
  func gap(_ limit: inout WorkLimit) -> GapSearch.Answer {
    let rows = sureRows
    let present = gap(besides: rows, within: columns.map(\.present), &limit)
    if case .point = present { return present }
    return gap(besides: rows, within: columns.map(\.everything), &limit)
  }

  /// Values within `region` for which none of `rows` holds.
  func gap(
    besides rows: [Int], within region: [[Range<Int>]], _ limit: inout WorkLimit
  ) -> GapSearch.Answer {
    if region.contains(where: \.isEmpty) { return .covered }
    if limit.isReached { return .undecided }
    limit.spend(rows.count * columns.count)
    if let point = RarestClasses(self, rows, region).point { return .point(point) }
    var search = GapSearch(self, rows, region)
    limit.spend(search.preparation)
    return search.answer(&limit)
  }

  /// What a row accepts, by input.
  func region(of row: Int) -> [[Range<Int>]] { columns.map { $0.ranges(ofRow: row) } }
}

/// One input: the classes of values that tickets can have, numbered from 0, and what each row accepts of them.
struct ClassColumn: Sendable {
  let partition: Partition
  /// The class of the partition by its number here.
  let classes: [Int]
  /// What the different cells accept; the first accepts everything.
  let sets: [[Range<Int>]]
  /// The cell of each row, as an index in `sets`.
  let cells: [Int32]

  init(_ domain: Partition.Domain, values: ValueSet, cells: [Int: ValueSet], rowCount: Int) {
    let partition = Partition(domain, cutBy: Array(Set(cells.values)) + [values])
    let classes = partition.classes(in: values)
    let numbering = ClassNumbering(classes, of: partition.classCount)
    var sets = [classes.isEmpty ? [] : [0..<classes.count]]
    var indexes: [ValueSet: Int32] = [:]
    self.cells = (0..<rowCount).map { row in
      guard let set = cells[row] else { return 0 }
      if let index = indexes[set] { return index }
      indexes[set] = Int32(sets.count)
      sets.append(numbering.ranges(partition.ranges(in: set)))
      return Int32(sets.count - 1)
    }
    (self.partition, self.classes, self.sets) = (partition, classes, sets)
  }

  var everything: [Range<Int>] { sets[0] }

  /// Everything but absent.
  var present: [Range<Int>] {
    guard classes.first == Partition.absentClass else { return everything }
    return classes.count == 1 ? [] : [1..<classes.count]
  }

  func ranges(ofRow row: Int) -> [Range<Int>] { sets[Int(cells[row])] }

  /// The values of a class that has this number here.
  func values(ofClass number: Int) -> ValueSet { partition.set(ofClass: classes[number]) }
}

/// Numbers of a partition's classes to numbers of those that can occur.
private struct ClassNumbering {
  /// By class: how many classes below it can occur.
  private var below: [Int]

  init(_ classes: [Int], of count: Int) {
    below = Array(repeating: 0, count: count + 1)
    for number in classes { below[number + 1] = 1 }
    for number in 0..<count { below[number + 1] += below[number] }
  }

  func ranges(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var numbered = [Range<Int>]()
    for range in ranges {
      let range = below[range.lowerBound]..<below[range.upperBound]
      if range.isEmpty { continue }
      if let last = numbered.last, last.upperBound == range.lowerBound {
        numbered[numbered.count - 1] = last.lowerBound..<range.upperBound
      } else {
        numbered.append(range)
      }
    }
    return numbered
  }
}

extension [Range<Int>] {
  /// What two lists of ascending ranges share.
  func intersection(_ other: [Range<Int>]) -> [Range<Int>] {
    var shared = [Range<Int>]()
    var (left, right) = (0, 0)
    while left < count, right < other.count {
      let range = self[left].clamped(to: other[right])
      if !range.isEmpty { shared.append(range) }
      if self[left].upperBound < other[right].upperBound { left += 1 } else { right += 1 }
    }
    return shared
  }
}
