import RuleEvaluator

/// A box of inputs' values: by shared input which atoms; nil for all.
struct Box: Hashable {
  var atoms: [[Int]?]
}

/// Values with one outcome before and another after.
struct FoundRegion {
  var box: Box
  var before: Int32
  var after: Int32
  var rowsBefore: [Int]
  var rowsAfter: [Int]
}

/// Looks for all values of the inputs for which two tables give different outcomes.
///
/// Splits one input after the other by the rows that its values leave on both sides. Where the rows that are left are the same
/// on both sides, or all of them give the same, there is no difference however it goes on; so a table of ten thousand rows of
/// which one changed is done after looking at few.
struct RegionSearch {
  private let old: TableSide
  private let new: TableSide
  /// By shared input, then by cell: the atoms that it accepts.
  private let accepted: [[[Bool]]]
  private let atomCounts: [Int]
  private var texts: SharedTexts
  private var effort: Int
  private(set) var regions: [FoundRegion] = []
  private(set) var isCut = false

  /// More regions than these nobody reads; they are found before neighbours are put together.
  static let regionLimit = 5000

  init(
    _ old: TableSide, _ new: TableSide, accepted: [[[Bool]]], atomCounts: [Int], _ texts: SharedTexts,
    effort: Int
  ) {
    (self.old, self.new, self.accepted, self.atomCounts) = (old, new, accepted, atomCounts)
    (self.texts, self.effort) = (texts, effort)
  }

  /// The texts of outcomes.
  func text(_ number: Int32) -> String? { texts[number] }

  mutating func run() {
    if atomCounts.contains(0) { return }
    split(0, old.order, new.order, Box(atoms: Array(repeating: nil, count: atomCounts.count)))
    regions = Self.joined(regions)
  }

  private mutating func split(_ input: Int, _ before: [Int], _ after: [Int], _ box: Box) {
    if isCut { return }
    effort -= before.count + after.count + 1
    if effort < 0 || regions.count >= Self.regionLimit {
      isCut = true
      return
    }
    let (before, after) = (live(before, old, from: input), live(after, new, from: input))
    if isSame(before, after, from: input) || giveTheSame(before, after) { return }
    if isSettled(before, old, from: input), isSettled(after, new, from: input) {
      return settle(before, after, box)
    }
    if mattersNot(input, before, after) { return split(input + 1, before, after, box) }
    for group in groups(input, before, after) {
      var box = box
      box.atoms[input] = group.atoms.count == atomCounts[input] ? nil : group.atoms
      split(input + 1, group.before, group.after, box)
    }
  }

  private mutating func settle(_ before: [Int], _ after: [Int], _ box: Box) {
    let (old, new) = (old.outcome(before, &texts), new.outcome(after, &texts))
    if old.number == new.number { return }
    regions.append(
      FoundRegion(
        box: box, before: old.number, after: new.number, rowsBefore: old.rows, rowsAfter: new.rows))
  }

  /// Without the rows behind one that decides in any case.
  private func live(_ rows: [Int], _ side: TableSide, from input: Int) -> [Int] {
    switch side.table.hit {
    case .first, .priority:
      guard let end = rows.firstIndex(where: { isSure($0, side, from: input) }) else { return rows }
      return Array(rows[...end])
    default: return rows
    }
  }

  private func isSure(_ row: Int, _ side: TableSide, from input: Int) -> Bool {
    side.patterns[row][input...].allSatisfy { $0 == 0 }
  }

  private func isSettled(_ rows: [Int], _ side: TableSide, from input: Int) -> Bool {
    rows.allSatisfy { isSure($0, side, from: input) }
  }

  /// Whether the rows that are left are alike in all that may still matter.
  private func isSame(_ before: [Int], _ after: [Int], from input: Int) -> Bool {
    guard old.table.hit == new.table.hit, before.count == after.count,
      old.otherwise == new.otherwise
    else { return false }
    return zip(before, after).allSatisfy { left, right in
      old.outputs[left] == new.outputs[right]
        && old.isAlike(left, right, new)
        && old.patterns[left][input...] == new.patterns[right][input...]
    }
  }

  /// Whether every row that may decide gives the same, on both sides.
  private func giveTheSame(_ before: [Int], _ after: [Int]) -> Bool {
    guard old.decidesAlone, new.decidesAlone else { return false }
    let (left, right) = (possible(before, old), possible(after, new))
    return left.count == 1 && left == right
  }

  private func possible(_ rows: [Int], _ side: TableSide) -> Set<Int32> {
    var numbers = Set<Int32>()
    for row in rows {
      numbers.insert(side.outputs[row])
      if numbers.count > 1 { return numbers }
    }
    return numbers.union([side.otherwise])
  }

  private func mattersNot(_ input: Int, _ before: [Int], _ after: [Int]) -> Bool {
    before.allSatisfy { old.patterns[$0][input] == 0 } && after.allSatisfy { new.patterns[$0][input] == 0 }
  }

  private struct Group {
    var atoms: [Int]
    var before: [Int]
    var after: [Int]
  }

  /// The atoms of an input by the rows that they leave.
  private mutating func groups(_ input: Int, _ before: [Int], _ after: [Int]) -> [Group] {
    var groups = [Group]()
    var indexes: [[Int]: Int] = [:]
    for atom in 0..<atomCounts[input] {
      effort -= before.count + after.count
      if effort < 0 {
        isCut = true
        return groups
      }
      let left = before.filter { accepted[input][Int(old.patterns[$0][input])][atom] }
      let right = after.filter { accepted[input][Int(new.patterns[$0][input])][atom] }
      let key = left + [-1] + right
      if let index = indexes[key] {
        groups[index].atoms.append(atom)
      } else {
        indexes[key] = groups.count
        groups.append(Group(atoms: [atom], before: left, after: right))
      }
    }
    return groups
  }

  // MARK: Neighbours

  private struct Side: Hashable {
    var box: Box
    var rowsBefore: [Int]
    var rowsAfter: [Int]
    var outcomes: [Int32]
  }

  /// Boxes that differ in one input alone, with the same rows on both sides, are one box.
  private static func joined(_ regions: [FoundRegion]) -> [FoundRegion] {
    var regions = regions
    var count = regions.count + 1
    while regions.count < count {
      count = regions.count
      for input in 0..<(regions.first?.box.atoms.count ?? 0) { regions = joined(regions, along: input) }
    }
    return regions
  }

  private static func joined(_ regions: [FoundRegion], along input: Int) -> [FoundRegion] {
    var joined = [FoundRegion]()
    var indexes: [Side: Int] = [:]
    for region in regions {
      guard let atoms = region.box.atoms[input] else {
        joined.append(region)
        continue
      }
      var rest = region.box
      rest.atoms[input] = []
      let key = Side(
        box: rest, rowsBefore: region.rowsBefore, rowsAfter: region.rowsAfter,
        outcomes: [region.before, region.after])
      if let index = indexes[key] {
        joined[index].box.atoms[input] = (joined[index].box.atoms[input] ?? []) + atoms
      } else {
        indexes[key] = joined.count
        joined.append(region)
      }
    }
    return joined.map { region in
      var region = region
      region.box.atoms[input]?.sort()
      return region
    }
  }
}

extension TableSide {
  /// Whether one row decides and others cannot spoil it.
  var decidesAlone: Bool {
    switch table.hit {
    case .first, .priority: true
    default: false
    }
  }

  /// Whether rows that agree in all shared outputs agree in those that are not shared, where that matters.
  func isAlike(_ row: Int, _ other: Int, _ side: TableSide) -> Bool {
    table.hit == .any ? table.rows[row].outputs == side.table.rows[other].outputs : true
  }
}
