import RuleEvaluator
import TicketModel
import WorkingTime

/// A class of an input's values in the words of rules, for tables that have no row for it.
extension RulebookCompiler {
  /// `type = fault`, `urgency absent`, `10 <= users <= 19`.
  func text(
    ofClass number: Int, _ partition: Partition, _ input: DecisionTable.Input, _ type: FieldType
  ) -> String {
    if number == Partition.absentClass { return "\(input.name) absent" }
    switch type {
    case .choice(let domain): return "\(input.name) = \(domain.keys[number - Partition.firstClass])"
    case .boolean: return "\(input.name) = \(number > Partition.firstClass)"
    case .text:
      guard let symbol = partition.symbol(ofClass: number) else { return "\(input.name) = any other text" }
      return "\(input.name) = \(symbols.text(of: symbol, slot: input.slot) ?? "")"
    case .list, .object: return "\(input.name) present"
    case .integer, .number, .instant, .date, .duration:
      return text(of: partition.stretch(ofClass: number), input.name, type)
    }
  }

  private func text(of stretch: ValueSet.Stretch, _ name: String, _ type: FieldType) -> String {
    if stretch.lower == stretch.upper { return "\(name) = \(text(ofKey: stretch.lower, type))" }
    switch (lowerBound(stretch.lower, type), upperBound(stretch.upper, type)) {
    case (let lower?, let upper?):
      return "\(lower.text) \(lower.isIncluded ? "<=" : "<") \(name) \(upper.isIncluded ? "<=" : "<") \(upper.text)"
    case (let lower?, nil): return "\(name) \(lower.isIncluded ? ">=" : ">") \(lower.text)"
    case (nil, let upper?): return "\(name) \(upper.isIncluded ? "<=" : "<") \(upper.text)"
    case (nil, nil): return "\(name) present"
    }
  }

  private typealias Bound = (text: String, isIncluded: Bool)

  private func lowerBound(_ key: Int64, _ type: FieldType) -> Bound? {
    key == .min ? nil : plainer(key, outside: key - 1, type)
  }

  private func upperBound(_ key: Int64, _ type: FieldType) -> Bound? {
    key == .max ? nil : plainer(key, outside: key + 1, type)
  }

  /// Integers and dates have neighbours that people name; else what a row was written with is the shorter text:
  /// `> 1.5` rather than `>= 1.5000000000000002`.
  private func plainer(_ key: Int64, outside: Int64, _ type: FieldType) -> Bound {
    let (inside, outside) = (text(ofKey: key, type), text(ofKey: outside, type))
    switch type {
    case .integer, .date: return (inside, true)
    default: return outside.count < inside.count ? (outside, false) : (inside, true)
    }
  }

  private func text(ofKey key: Int64, _ type: FieldType) -> String {
    switch type {
    case .number: TableNumber(key).text
    case .instant: Instant(milliseconds: key).text(in: timeZone)
    case .date: CivilDate(days: Int32(clamping: key)).text
    case .duration: TargetDuration.elapsed(milliseconds: key).text
    default: String(key)
    }
  }
}

/// A number as rules write it: whole ones without a fraction.
private struct TableNumber {
  let value: Double

  init(_ key: Int64) { value = number(ofOrderingKey: key) }

  var text: String { Int64(exactly: value).map(String.init) ?? String(value) }
}
