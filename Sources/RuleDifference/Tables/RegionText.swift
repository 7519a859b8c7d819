import RuleEvaluator
import TicketModel
import WorkingTime

/// Values of an input in the words of rules.
struct RegionText {
  let zone: TimeZoneRules

  /// The atoms of one input; not all of them.
  func text(_ input: SharedInput, _ atoms: [Int]) -> String {
    if input.old == nil, input.new == nil {
      return atoms == [1] ? "(\(input.name))" : "not (\(input.name))"
    }
    let labels = atoms.map { input.atoms[$0].label }
    let rest = input.atoms.indices.filter { !atoms.contains($0) }.map { input.atoms[$0].label }
    if rest == [.absent] { return "\(input.name) present" }
    let parts = [words(labels, input, rest), labels.contains(.absent) ? "\(input.name) absent" : nil]
    return parts.compactMap(\.self).joined(separator: " or ")
  }

  /// All but absent; nil where nothing is left.
  private func words(_ labels: [Atom.Label], _ input: SharedInput, _ rest: [Atom.Label]) -> String? {
    let present = labels.filter { $0 != .absent }
    if present.isEmpty { return nil }
    if present == [.present] { return "\(input.name) present" }
    if case .stretch = present[0] { return stretches(present, input) }
    let excluded = rest.compactMap(\.word)
    let isShorter = present.contains(.otherText) || excluded.count < 3 && present.count > 3
    if isShorter {
      let list = excluded.joined(separator: " | ")
      return excluded.isEmpty
        ? "\(input.name) = any other text"
        : "\(input.name) = not \(excluded.count > 1 ? "(\(list))" : list)"
    }
    return "\(input.name) = \(present.compactMap(\.word).joined(separator: " | "))"
  }

  private func stretches(_ labels: [Atom.Label], _ input: SharedInput) -> String {
    var merged = [(lower: Int64, upper: Int64)]()
    for case .stretch(let lower, let upper) in labels {
      if let last = merged.last, last.upper != .max, last.upper + 1 == lower {
        merged[merged.count - 1].upper = upper
      } else {
        merged.append((lower, upper))
      }
    }
    return merged.map { text($0.lower, $0.upper, input) }.joined(separator: " or ")
  }

  private typealias Bound = (text: String, isIncluded: Bool)

  private func text(_ lower: Int64, _ upper: Int64, _ input: SharedInput) -> String {
    let (name, type) = (input.name, input.type)
    if lower == upper { return "\(name) = \(text(lower, type))" }
    let above =
      lower == .min || type.isDuration && lower <= 0 ? nil : plainer(lower, outside: lower - 1, type)
    let below = upper == .max ? nil : plainer(upper, outside: upper + 1, type)
    let (greater, less) = (above?.isIncluded == true ? ">=" : ">", below?.isIncluded == true ? "<=" : "<")
    switch (above, below) {
    case (let above?, let below?):
      return "\(above.text) \(above.isIncluded ? "<=" : "<") \(name) \(less) \(below.text)"
    case (let above?, nil): return "\(name) \(greater) \(above.text)"
    case (nil, let below?): return "\(name) \(less) \(below.text)"
    case (nil, nil): return "\(name) present"
    }
  }

  /// What a rule was written with is the shorter text: `< 10` rather than `<= 9.999999999999998`.
  private func plainer(_ key: Int64, outside: Int64, _ type: FieldType) -> Bound {
    let (inside, outside) = (text(key, type), text(outside, type))
    switch type {
    case .integer, .date: return (inside, true)
    default: return outside.count < inside.count ? (outside, false) : (inside, true)
    }
  }

  private func text(_ key: Int64, _ type: FieldType) -> String {
    switch type {
    case .number:
      let value = number(ofOrderingKey: key)
      return Int64(exactly: value).map { String($0) } ?? String(value)
    case .instant: return Instant(milliseconds: key).text(in: zone)
    case .date: return CivilDate(days: Int32(clamping: key)).text
    case .duration: return TargetDuration.elapsed(milliseconds: key).text
    default: return String(key)
    }
  }
}

extension Atom.Label {
  fileprivate var word: String? { if case .word(let word) = self { word } else { nil } }
}

extension FieldType {
  fileprivate var isDuration: Bool { if case .duration = self { true } else { false } }
}
