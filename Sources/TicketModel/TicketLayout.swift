public import WorkingTime

/// What the decoder needs to know of a schema: built once when the rules load, shared by all workers.
public struct TicketLayout: Sendable {
  public let schema: Schema
  /// Whether `history` is decoded.
  public let tracksHistory: Bool
  /// The zone of local times without an offset.
  public let localZone: TimeZoneRules

  let tables: FieldTables

  /// - Parameters:
  ///   - schema: the fields; a field's index is its slot.
  ///   - symbols: for text fields, by slot: the texts that rules mention.
  ///   - tracksHistory: whether `history` is decoded; if not, it is skipped like an undeclared field.
  ///   - localZone: the zone of local times without an offset.
  public init(
    schema: Schema, symbols: [Int: SymbolTable] = [:], tracksHistory: Bool, localZone: TimeZoneRules
  ) {
    self.schema = schema
    self.tracksHistory = tracksHistory
    self.localZone = localZone
    tables = FieldTables(schema, symbols, tracksHistory: tracksHistory, localZone: localZone)
  }
}

extension TicketLayout {
  /// The text of the field in `slot` that has this symbol; nil where rules mention none such.
  public func text(ofSymbol symbol: UInt32, slot: Int) -> String? {
    guard tables.plans.indices.contains(slot), tables.plans[slot].table >= 0 else { return nil }
    return tables.symbols[tables.plans[slot].table].text(of: symbol)
  }
}

/// The schema as the decoder reads it. A class, so that passing it on copies and counts nothing.
final class FieldTables: Sendable {
  let keys: KeyTable
  let plans: [FieldPlan]
  /// Of texts and choices.
  let symbols: [SymbolTable]
  let localZone: TimeZoneRules

  init(_ schema: Schema, _ symbols: [Int: SymbolTable], tracksHistory: Bool, localZone: TimeZoneRules) {
    self.localZone = localZone
    keys = KeyTable(fields: schema.names, tracksHistory: tracksHistory)
    var tables: [SymbolTable] = []
    plans = schema.fields.enumerated().map { slot, field in
      var plan = FieldPlan(field)
      if let table = Self.table(of: field.type, symbols[slot]) {
        plan.table = tables.count
        tables.append(table)
      }
      return plan
    }
    self.symbols = tables
  }

  private static func table(of type: FieldType, _ symbols: SymbolTable?) -> SymbolTable? {
    switch type {
    case .choice(let domain): domain.table
    case .text: symbols.flatMap { $0.isEmpty ? nil : $0 }
    default: nil
    }
  }
}

/// How one field's values are read, in trivial types.
struct FieldPlan {
  enum Kind: UInt8 {
    case text, integer, number, boolean, instant, date, duration, choice, list, object
  }

  var kind: Kind
  /// In `FieldTables.symbols`, or -1.
  var table = -1
  /// Inclusive bounds.
  var minimum: Double
  var maximum: Double
  /// The same bounds for integers, rounded inwards.
  var least: Int64
  var greatest: Int64

  init(_ field: Field) {
    kind = Kind(field.type)
    minimum = field.minimum ?? -.infinity
    maximum = field.maximum ?? .infinity
    least = Int64(exactly: minimum.rounded(.up)) ?? (minimum > 0 ? .max : .min)
    greatest = Int64(exactly: maximum.rounded(.down)) ?? (maximum < 0 ? .min : .max)
  }
}

extension FieldPlan.Kind {
  fileprivate init(_ type: FieldType) {
    self =
      switch type {
      case .text: .text
      case .integer: .integer
      case .number: .number
      case .boolean: .boolean
      case .instant: .instant
      case .date: .date
      case .duration: .duration
      case .choice: .choice
      case .list: .list
      case .object: .object
      }
  }
}

extension ChoiceDomain {
  /// Every spelling to the index of its choice plus 1; the same precedence as `index(of:)`.
  fileprivate var table: SymbolTable {
    let numbered = choices.enumerated().map { (choice: $1, number: UInt32($0 + 1)) }
    return SymbolTable(
      numbered.map { ($0.choice.key, $0.number) }
        + numbered.flatMap { entry in entry.choice.spellings.map { ($0, entry.number) } })
  }
}
