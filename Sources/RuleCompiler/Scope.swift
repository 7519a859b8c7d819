import Diagnostics
import RuleEvaluator
import TicketModel

/// The names that cells may use, and the slots that they mean: fields, then the outputs of tables.
struct Scope {
  struct Entry {
    var slot: Int
    var type: FieldType
    /// Whether every ticket has a value.
    var isRequired: Bool
    /// Whether a table decides it, rather than the ticket.
    var isDecided: Bool
  }

  private var entries: [String: Entry] = [:]
  private var schema = Schema()
  private(set) var slotCount = 0

  init() {}

  init(_ schema: Schema) {
    self.schema = schema
    slotCount = schema.fields.count + 1
    for (slot, field) in schema.fields.enumerated() {
      entries[field.name] = Entry(
        slot: slot, type: field.type, isRequired: field.isRequired, isDecided: false)
    }
  }

  /// A slot for a value that has no name outside of its table.
  mutating func reserveSlot() -> Int {
    slotCount += 1
    return slotCount - 1
  }

  /// Where expressions find the instant of evaluation: behind the fields.
  var nowSlot: Int { schema.fields.count }

  subscript(name: String) -> Entry? { entries[name] }

  var names: [String] { entries.keys.sorted() }

  /// The ticket's own field of that name, also where a decision has taken the name over.
  func field(_ name: String) -> (slot: Int, field: Field)? {
    schema.slot(of: name).map { ($0, schema.fields[$0]) }
  }

  /// The ticket's own field in that slot.
  func ownField(ofSlot slot: Int) -> Field? {
    schema.fields.indices.contains(slot) ? schema.fields[slot] : nil
  }

  var fieldNames: [String] { schema.names }

  /// Gives an output a slot, and its name to it unless that is the ticket's.
  ///
  /// - Parameter shadowing: whether the name means the decision from now on although the ticket has such a field.
  mutating func declare(_ output: String, _ type: FieldType, shadowing: Bool) -> Int {
    let slot = slotCount
    slotCount += 1
    if shadowing || entries[output] == nil {
      entries[output] = Entry(slot: slot, type: type, isRequired: false, isDecided: true)
    }
    return slot
  }
}

/// The numbers of the texts that rules mention, slot by slot.
struct Symbols {
  private var numbers: [Int: [String: UInt32]] = [:]

  /// The number of `text`, from 1; the same for the same text and slot.
  mutating func number(of text: String, slot: Int) -> UInt32 {
    let next = UInt32(numbers[slot, default: [:]].count + 1)
    if let number = numbers[slot]?[text] { return number }
    numbers[slot, default: [:]][text] = next
    return next
  }

  /// The text with that number.
  func text(of number: Int, slot: Int) -> String? { numbers[slot]?.first { $0.value == number }?.key }

  /// The tables with which the decoder numbers the fields' texts.
  func tables(forSlotsBelow count: Int) -> [Int: SymbolTable] {
    Dictionary(uniqueKeysWithValues: numbers.keys.filter { $0 < count }.map { ($0, table(ofSlot: $0)) })
  }

  func table(ofSlot slot: Int) -> SymbolTable {
    SymbolTable(numbers[slot, default: [:]].map { (text: $0.key, value: $0.value) })
  }
}

extension FieldType {
  /// What cells can say about values of this type.
  var domain: Partition.Domain {
    switch self {
    case .text: .texts
    case .boolean: .members(count: 2)
    case .choice(let domain): .members(count: domain.choices.count)
    case .integer, .number, .instant, .date, .duration: .ordered
    case .list, .object: .opaque
    }
  }
}
