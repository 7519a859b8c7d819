import Diagnostics
import RuleEvaluator
import RuleSyntax
import TicketModel

/// Cells to sets over their input's domain.
extension RulebookCompiler {
  /// The set that `cell` means for values in `entry`'s slot; nil where it was reported.
  mutating func set(_ cell: Cell, _ entry: Scope.Entry) -> ValueSet? {
    switch cell.content {
    case .any: return .any
    case .present: return .present
    case .absent: return .absent
    case .literal(let literal): return set(literal, entry)
    case .oneOf(let cells):
      let sets = cells.map { set($0, entry) }
      return sets.contains { $0 == nil }
        ? nil : sets.compactMap(\.self).reduce(.nothing(entry)) { $0.union($1) }
    case .not(let cell): return complement(of: cell, entry)
    case .range(let lower, let upper): return set(from: lower, to: upper, entry, at: cell.place)
    }
  }

  /// `not present` and `not absent` say what they say; `not x` else needs a value.
  private mutating func complement(of cell: Cell, _ entry: Scope.Entry) -> ValueSet? {
    switch cell.content {
    case .present: .absent
    case .absent: .present
    default: set(cell, entry)?.complement
    }
  }

  private mutating func set(_ literal: Located<String>, _ entry: Scope.Entry) -> ValueSet? {
    switch entry.type {
    case .list, .object:
      report(.cellOnList(literal))
      return nil
    case .integer, .number, .instant, .date, .duration:
      return key(literal, entry.type).map { ValueSet(.stretches([ValueSet.Stretch($0, $0)])) }
    case .text, .boolean, .choice:
      return member(literal, entry).map { ValueSet(.members([$0])) }
    }
  }

  private mutating func set(
    from lower: Cell.Bound?, to upper: Cell.Bound?, _ entry: Scope.Entry, at place: Place
  ) -> ValueSet? {
    switch entry.type {
    case .choice(let domain) where domain.isOrdered:
      return choices(from: lower, to: upper, entry, domain.choices.count, at: place)
    case .integer, .number, .instant, .date, .duration: break
    default:
      report(.rangeOfUnordered(place, entry.type))
      return nil
    }
    var stretch = ValueSet.Stretch.everything
    var isEmpty = false
    if let lower {
      guard let key = key(lower.literal, entry.type) else { return nil }
      (stretch.lower, isEmpty) = key.addingReportingOverflow(lower.isIncluded ? 0 : 1)
    }
    if let upper {
      guard let key = key(upper.literal, entry.type) else { return nil }
      let (last, overflow) = key.subtractingReportingOverflow(upper.isIncluded ? 0 : 1)
      stretch.upper = last
      isEmpty = isEmpty || overflow
    }
    if isEmpty || stretch.lower > stretch.upper {
      report(.emptyRange(place, entry.type, isClosed: lower != nil && upper != nil))
      return nil
    }
    return ValueSet(.stretches([stretch]))
  }

  private mutating func choices(
    from lower: Cell.Bound?, to upper: Cell.Bound?, _ entry: Scope.Entry, _ count: Int, at place: Place
  ) -> ValueSet? {
    var (first, last) = (0, count - 1)
    if let lower {
      guard let index = member(lower.literal, entry) else { return nil }
      first = lower.isIncluded ? index : index + 1
    }
    if let upper {
      guard let index = member(upper.literal, entry) else { return nil }
      last = upper.isIncluded ? index : index - 1
    }
    if first > last {
      report(.emptyRange(place, entry.type, isClosed: lower != nil && upper != nil))
      return nil
    }
    return ValueSet(.members(Array(first...last)))
  }

  /// The number of a choice, a truth value or a text.
  private mutating func member(_ literal: Located<String>, _ entry: Scope.Entry) -> Int? {
    switch output(literal, entry.type, slot: entry.slot) {
    case .choice(let index, _): index
    case .boolean(let value): value ? 1 : 0
    case .text(_, let symbol): Int(symbol)
    default: nil
    }
  }

  /// The place of a value in an ordered domain.
  private mutating func key(_ literal: Located<String>, _ type: FieldType) -> Int64? {
    guard let slot = output(literal, type, slot: -1)?.slot else { return nil }
    return slot.kind == .number ? orderingKey(of: slot.double) : slot.integer
  }
}

extension ValueSet {
  /// The empty set of a domain.
  fileprivate static func nothing(_ entry: Scope.Entry) -> ValueSet {
    ValueSet(entry.type.domain == .ordered ? .stretches([]) : .members([]))
  }
}
