import RuleEvaluator
import TicketModel
import WorkingTime

/// A cell's set with one value more, one fewer, one that is its neighbour, or a bound that has moved.
struct SetVariants {
  /// What a cell might have said instead.
  struct Variant {
    /// As rules write it.
    var text: String
    var set: ValueSet
  }

  let set: ValueSet
  let domain: Partition.Domain
  /// The type of the input's values; nil where it is not known.
  let type: FieldType?
  /// The cell as it is written.
  let text: String
  let zone: TimeZoneRules

  /// All variants that differ from the set, each once.
  var all: [Variant] {
    var variants = [Variant(text: "any", set: .any)] + presence
    switch domain {
    case .members(let count): variants += members(count)
    case .texts: variants += texts
    case .ordered: variants += bounds
    case .opaque: break
    }
    var seen: Set<ValueSet> = [set]
    return variants.filter { seen.insert($0.set).inserted }
  }

  /// `absent` and `present` for each other.
  private var presence: [Variant] {
    if set == .absent { return [Variant(text: "present", set: .present)] }
    if set == .present { return [Variant(text: "absent", set: .absent)] }
    guard set.includesAbsent else { return [] }
    return [
      Variant(
        text: "present and \(text)", set: ValueSet(set.present, includesInvalid: set.includesInvalid))
    ]
  }

  // MARK: Choices and truth values

  private var isFrom: Bool { text.hasPrefix("from ") }

  private func members(_ count: Int) -> [Variant] {
    switch set.present {
    case .members(let list): memberLists(list, count).map { variant($0, isNot: false) }
    case .allBut(let list): list.isEmpty ? [] : memberLists(list, count).map { variant($0, isNot: true) }
    case .stretches: []
    }
  }

  private func variant(_ list: [Int], isNot: Bool) -> Variant {
    let words = list.isEmpty ? "nothing" : list.map(name).joined(separator: " | ")
    let text = isNot ? (list.count > 1 ? "not (\(words))" : "not \(words)") : words
    return Variant(
      text: isFrom ? fromText(list) : text, set: set.with(isNot ? .allBut(list) : .members(list)))
  }

  private func fromText(_ list: [Int]) -> String { list.first.map { "from \(name($0))" } ?? "nothing" }

  private func name(_ member: Int) -> String {
    if case .choice(let choices)? = type, choices.keys.indices.contains(member) {
      return choices.keys[member]
    }
    return member == 0 ? "false" : "true"
  }

  private func memberLists(_ list: [Int], _ count: Int) -> [[Int]] {
    guard let first = list.first, let last = list.last else { return [] }
    if isFrom {
      return (first > 0 ? [[first - 1] + list] : []) + (list.count > 1 ? [Array(list.dropFirst())] : [])
    }
    let added = [last + 1, first - 1].first { $0 >= 0 && $0 < count && !list.contains($0) }
    var lists = [[Int]]()
    if list.count == 1, let added { lists.append([added]) }
    if list.count > 1 { lists += list.map { member in list.filter { $0 != member } } }
    if let added, list.count + 1 < count { lists.append((list + [added]).sorted()) }
    return lists
  }

  // MARK: Texts

  /// Texts are numbers here; which text a number is only the cell as it is written tells.
  private var texts: [Variant] {
    switch set.present {
    case .members(let list) where list.count > 1:
      list.indices.map { index in
        var rest = list
        rest.remove(at: index)
        return Variant(text: "\(text) without text \(index + 1)", set: set.with(.members(rest)))
      }
    case .allBut(let list) where !list.isEmpty:
      [Variant(text: "present", set: set.with(.allBut([])))]
    default: []
    }
  }

  // MARK: Ordered values

  private var bounds: [Variant] {
    guard case .stretches(let stretches) = set.present else { return [] }
    var variants = [Variant]()
    for (index, stretch) in stretches.enumerated() {
      for key in steps where stretch.lower != .min {
        append(ValueSet.Stretch(stretch.lower + key, stretch.upper), at: index, of: stretches, to: &variants)
      }
      for key in steps where stretch.upper != .max && stretch.upper != stretch.lower {
        append(ValueSet.Stretch(stretch.lower, stretch.upper + key), at: index, of: stretches, to: &variants)
      }
    }
    return variants
  }

  /// By how much a bound moves: a whole number or a day up and down; of what has no neighbours that people name, the bound
  /// itself is taken in or out.
  private var steps: [Int64] { [1, -1] }

  private func append(
    _ stretch: ValueSet.Stretch, at index: Int, of stretches: [ValueSet.Stretch], to variants: inout [Variant]
  ) {
    guard stretch.lower <= stretch.upper else { return }
    var changed = stretches
    changed[index] = stretch
    let variant = ValueSet(.stretches(changed)).union(ValueSet(.stretches([])))
    variants.append(
      Variant(text: changed.map(words).joined(separator: " | "), set: set.with(variant.present)))
  }

  private func words(_ stretch: ValueSet.Stretch) -> String {
    if stretch.lower == stretch.upper { return words(stretch.lower) }
    if stretch.lower == .min { return "...\(words(stretch.upper))" }
    return stretch.upper == .max
      ? "\(words(stretch.lower))..." : "\(words(stretch.lower))...\(words(stretch.upper))"
  }

  private func words(_ key: Int64) -> String {
    switch type {
    case .number?: numberText(number(ofOrderingKey: key))
    case .instant?: Instant(milliseconds: key).text(in: zone)
    case .date?: CivilDate(days: Int32(clamping: key)).text
    case .duration?: TargetDuration.elapsed(milliseconds: max(0, key)).text
    default: String(key)
    }
  }
}

extension ValueSet {
  fileprivate func with(_ present: Present) -> ValueSet {
    ValueSet(present, includesAbsent: includesAbsent, includesInvalid: includesInvalid)
  }

  /// Whether no value is in it. Sets that list all values of a domain count as not empty, and as not the whole.
  var isEmpty: Bool {
    if includesAbsent || includesInvalid { return false }
    return present == .members([]) || present == .stretches([])
  }

  /// Whether every value of this set is in `other`; false where that is not plain.
  func isSubset(of other: ValueSet) -> Bool { intersection(other) == self }

  /// The values that this set has and `other` has not.
  func subtracting(_ other: ValueSet) -> ValueSet {
    var rest = intersection(other.complement)
    rest.includesAbsent = includesAbsent && !other.includesAbsent
    rest.includesInvalid = includesInvalid && !other.includesInvalid
    return rest
  }
}
