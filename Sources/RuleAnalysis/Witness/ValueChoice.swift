import Expressions
import RuleEvaluator
import TicketModel
import WorkingTime

/// Picks a value of a set and writes it as tickets do: a plain one where there are many.
struct ValueChoice {
  private let rulebook: Rulebook
  private let texts: ClassText
  private let patterns: [Int: FieldPattern]

  init(_ rulebook: Rulebook) {
    self.rulebook = rulebook
    texts = ClassText(rulebook)
    patterns = Dictionary(rulebook.patterns.map { ($0.slot, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// JSON of a value that is there; nil where none is found.
  func json(of set: ValueSet, _ slot: Int) -> String? {
    let type = rulebook.schema.fields[slot].type
    switch type {
    case .choice(let domain):
      return domain.keys.indices.first(where: set.contains(member:)).map { quotedJSON(domain.keys[$0]) }
    case .boolean: return [0, 1].first(where: set.contains(member:)).map { $0 == 1 ? "true" : "false" }
    case .text: return text(of: set, slot).map(quotedJSON)
    case .list(let element): return set.present == .allBut([]) ? list(element) : nil
    case .object: return nil
    case .integer, .number: return key(of: set, type).map { texts.text(ofKey: $0, type) }
    case .instant, .date, .duration: return key(of: set, type).map { quotedJSON(texts.text(ofKey: $0, type)) }
    }
  }

  private func list(_ element: FieldType) -> String {
    if case .object = element { "[{}]" } else { "[\"x\"]" }
  }

  /// A text that rules mention, else one that none does and that the field's pattern allows.
  private func text(of set: ValueSet, _ slot: Int) -> String? {
    switch set.present {
    case .members(let symbols):
      return symbols.lazy.compactMap { rulebook.text(ofSymbol: UInt32($0), slot: slot) }.first
    case .allBut(let symbols):
      let mentioned = Set(symbols.compactMap { rulebook.text(ofSymbol: UInt32($0), slot: slot) })
      return ["other", "x", "another", "1", "T-1", "000000", "a@b.c"].first { text in
        !mentioned.contains(text) && matches(text, slot)
      }
    case .stretches: return nil
    }
  }

  private func matches(_ text: String, _ slot: Int) -> Bool {
    guard let pattern = patterns[slot] else { return true }
    var text = text
    return text.withUTF8 { pattern.expression.matchesWhole(UnsafeRawBufferPointer($0)) }
  }

  /// The bound of a stretch that people would name, else something near the present.
  private func key(of set: ValueSet, _ type: FieldType) -> Int64? {
    let stretches: [ValueSet.Stretch]
    switch set.present {
    case .stretches(let given): stretches = given
    case .allBut([]): stretches = [.everything]
    case .members, .allBut: return nil
    }
    let range = Self.range(of: type)
    let usual = Self.usual(type)
    for stretch in stretches {
      let (lower, upper) = (max(stretch.lower, range.lowerBound), min(stretch.upper, range.upperBound))
      if lower > upper { continue }
      if lower <= usual, usual <= upper { return usual }
      let bound = stretch.lower > range.lowerBound ? lower : upper
      return type.isNumber ? wholeKey(lower, upper) ?? bound : bound
    }
    return nil
  }

  /// A whole number between two keys of numbers, if there is one.
  private func wholeKey(_ lower: Int64, _ upper: Int64) -> Int64? {
    let (low, high) = (number(ofOrderingKey: lower).rounded(.up), number(ofOrderingKey: upper).rounded(.down))
    // The key below that of zero belongs to no number, so the bound itself may not do.
    let keys = [low, high, high - 1].filter { $0.magnitude < 1e15 }.map(orderingKey)
    return keys.first { lower <= $0 && $0 <= upper }
  }

  private static func usual(_ type: FieldType) -> Int64 {
    switch type {
    case .instant: 1_767_229_200_000  // 2026-01-01T01:00:00Z
    case .date: 20_454  // 2026-01-01
    case .duration: 3_600_000
    default: 0
    }
  }

  /// The keys of values that tickets can write.
  private static func range(of type: FieldType) -> ClosedRange<Int64> {
    switch type {
    case .number: orderingKey(of: -.greatestFiniteMagnitude)...orderingKey(of: .greatestFiniteMagnitude)
    case .instant: -62_135_596_800_000...253_402_300_799_999
    case .date: Int64(CivilDate.earliest.days)...Int64(CivilDate.latest.days)
    case .duration: 0...TargetDuration.largestMilliseconds
    default: .min ... .max
    }
  }
}

extension FieldType {
  fileprivate var isNumber: Bool { if case .number = self { true } else { false } }
}

extension ValueSet {
  fileprivate func contains(member: Int) -> Bool { contains(Slot(kind: .choice, integer: Int64(member))) }
}
