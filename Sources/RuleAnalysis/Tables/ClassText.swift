import RuleEvaluator
import TicketModel
public import WorkingTime

/// Classes of inputs' values in the words of rules: `type = fault`, `urgency absent`, `10 <= users <= 19`.
public struct ClassText {
  private let zone: TimeZoneRules
  private let symbol: (UInt32, Int) -> String?

  /// - Parameter symbol: the text with this number in this slot.
  public init(zone: TimeZoneRules, symbol: @escaping (UInt32, Int) -> String?) {
    self.zone = zone
    self.symbol = symbol
  }

  init(_ rulebook: Rulebook) {
    self.init(zone: rulebook.timeZone) { rulebook.text(ofSymbol: $0, slot: $1) }
  }

  /// The inputs that matter for a point, in their order; empty where none does.
  public func text(of point: [Int?], in classes: ClassTable) -> String {
    let named = point.enumerated().compactMap { input, number in
      number.map { text(ofClass: $0, classes.columns[input], classes.table.inputs[input]) }
    }
    return named.joined(separator: ", ")
  }

  private func text(ofClass number: Int, _ column: ClassColumn, _ input: DecisionTable.Input) -> String {
    let number = column.classes[number]
    if number == Partition.absentClass { return "\(input.name) absent" }
    switch input.type {
    case .choice(let domain): return "\(input.name) = \(domain.keys[number - Partition.firstClass])"
    case .boolean: return "\(input.name) = \(number > Partition.firstClass)"
    case .text:
      guard let text = column.partition.symbol(ofClass: number) else {
        return "\(input.name) = any other text"
      }
      return "\(input.name) = \(symbol(UInt32(text), input.slot) ?? "")"
    case .list, .object: return "\(input.name) present"
    case .integer, .number, .instant, .date, .duration:
      return text(of: column.partition.stretch(ofClass: number), input.name, input.type)
    }
  }

  private func text(of stretch: ValueSet.Stretch, _ name: String, _ type: FieldType) -> String {
    if stretch.lower == stretch.upper { return "\(name) = \(text(ofKey: stretch.lower, type))" }
    switch (lowerBound(stretch.lower, type), upperBound(stretch.upper, type)) {
    case (let lower?, let upper?):
      return
        "\(lower.text) \(lower.isIncluded ? "<=" : "<") \(name) \(upper.isIncluded ? "<=" : "<") \(upper.text)"
    case (let lower?, nil): return "\(name) \(lower.isIncluded ? ">=" : ">") \(lower.text)"
    case (nil, let upper?): return "\(name) \(upper.isIncluded ? "<=" : "<") \(upper.text)"
    case (nil, nil): return "\(name) present"
    }
  }

  private typealias Bound = (text: String, isIncluded: Bool)

  private func lowerBound(_ key: Int64, _ type: FieldType) -> Bound? {
    if case .duration = type, key == 0 { return nil }
    return key == .min ? nil : plainer(key, outside: key - 1, type)
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

  /// The value with this key in an ordered domain, as rules write it.
  func text(ofKey key: Int64, _ type: FieldType) -> String {
    switch type {
    case .number: numberText(number(ofOrderingKey: key))
    case .instant: Instant(milliseconds: key).text(in: zone)
    case .date: CivilDate(days: Int32(clamping: key)).text
    case .duration: TargetDuration.elapsed(milliseconds: key).text
    default: String(key)
    }
  }

  /// Whole numbers without a fraction.
  private func numberText(_ value: Double) -> String {
    Int64(exactly: value).map { String($0) } ?? String(value)
  }
}

extension Rulebook {
  /// The text with this number in a field or an output; for a computed input, in its table.
  func text(ofSymbol symbol: UInt32, slot: Int) -> String? {
    if let text = layout.text(ofSymbol: symbol, slot: slot) { return text }
    for table in tables + windows.compactMap(\.targetTable) {
      for input in table.inputs where input.slot == slot {
        if let text = input.symbols?.text(of: symbol) { return text }
      }
    }
    let text = outputText(symbol: symbol, slot: slot)
    return text.isEmpty ? nil : text
  }
}

extension ResponseWindow {
  /// The table that decides the target, where one does.
  var targetTable: DecisionTable? {
    guard case .decided(let table) = target else { return nil }
    return table
  }
}
