public import RuleEvaluator
public import TicketModel

/// Which values stand in each slot of tickets as the rules want them: valid ones, absent only where a field is optional.
///
/// What a table decides has the values that its rows give, so a condition on a value that nothing gives is seen to be
/// idle. All claims of the analysis are about these values; a ticket with a missing required field, or an invalid value, has
/// a finding for that.
public struct InputValues: Sendable {
  private var sets: [Int: ValueSet] = [:]

  public init(_ rulebook: Rulebook) {
    for (slot, field) in rulebook.schema.fields.enumerated() { sets[slot] = Self.values(of: field) }
    for table in rulebook.tables { add(table) }
  }

  /// The values of a slot; a computed one may have any, or none.
  public subscript(slot: Int) -> ValueSet {
    sets[slot] ?? ValueSet(.allBut([]), includesAbsent: true)
  }

  /// Leaves only the values of a slot that are in `set`.
  mutating func narrow(_ slot: Int, to set: ValueSet) { sets[slot] = self[slot].intersection(set) }

  /// What a field can hold in a valid ticket.
  public static func values(of field: Field) -> ValueSet {
    ValueSet(present(field), includesAbsent: !field.isRequired)
  }

  private static func present(_ field: Field) -> ValueSet.Present {
    // A duration cannot be written with a minus.
    if case .duration = field.type { return .stretches([ValueSet.Stretch(0, .max)]) }
    guard field.minimum != nil || field.maximum != nil else { return .allBut([]) }
    switch field.type {
    case .integer:
      let lower = field.minimum.map { Int64(exactly: $0.rounded(.up)) ?? ($0 > 0 ? .max : .min) } ?? .min
      let upper = field.maximum.map { Int64(exactly: $0.rounded(.down)) ?? ($0 < 0 ? .min : .max) } ?? .max
      return .stretches(lower <= upper ? [ValueSet.Stretch(lower, upper)] : [])
    case .number:
      let lower = field.minimum.map { orderingKey(of: $0) } ?? .min
      let upper = field.maximum.map { orderingKey(of: $0) } ?? .max
      return .stretches(lower <= upper ? [ValueSet.Stretch(lower, upper)] : [])
    default: return .allBut([])
    }
  }

  /// The outputs of a table: what its rows and `otherwise` give; of a number made of many, any.
  private mutating func add(_ table: DecisionTable) {
    let rows = table.rows + [table.otherwise].compactMap(\.self)
    for (index, output) in table.outputs.enumerated() {
      guard let slot = output.slot else { continue }
      if case .collect = table.hit {
        sets[slot] = ValueSet(.allBut([]), includesAbsent: table.hit.yieldsList)
      } else {
        sets[slot] = rows.map { ValueSet($0.outputs[index]) }.united(output.type)
      }
    }
  }
}

extension [ValueSet] {
  /// All of their values; O(n log n), where one union after the other would be quadratic.
  fileprivate func united(_ type: FieldType) -> ValueSet {
    let isOrdered = allSatisfy { if case .members = $0.present { false } else { true } }
    var members = Set<Int>()
    var stretches = [ValueSet.Stretch]()
    for set in self {
      switch set.present {
      case .members(let values): members.formUnion(values)
      case .stretches(let values): stretches += values
      case .allBut: break
      }
    }
    let merged = Set(stretches).sorted { $0.lower < $1.lower }
    return ValueSet(
      isOrdered && !merged.isEmpty ? .stretches(merged) : .members(members.sorted()),
      includesAbsent: contains(where: \.includesAbsent))
  }
}

extension ValueSet {
  /// The one value that an output is.
  init(_ value: OutputValue) {
    let slot = value.slot
    switch slot.kind {
    case .absent, .invalid, .raw: self = .absent
    case .boolean, .choice: self.init(.members([Int(slot.integer)]))
    case .text: self.init(.members([Int(slot.symbol)]))
    case .number:
      let key = orderingKey(of: slot.double)
      self.init(.stretches([Stretch(key, key)]))
    case .integer, .instant, .date, .duration: self.init(.stretches([Stretch(slot.integer, slot.integer)]))
    }
  }
}
