import RuleAnalysis
import RuleEvaluator
import TicketModel
import WorkingTime

/// An input as one of the rulebooks has it.
struct OwnInput {
  let rulebook: Rulebook
  let input: DecisionTable.Input
  /// The values that valid tickets have.
  let values: ValueSet
  /// The cells of its column.
  let cells: [ValueSet]

  /// The text of the expression that computes it; nil for a field or an output.
  var expression: String? { input.expression.map { rulebook.expressions[$0].text } }

  func text(ofSymbol symbol: Int) -> String? {
    if let symbols = input.symbols { return symbols.text(of: UInt32(symbol)) }
    if let text = rulebook.layout.text(ofSymbol: UInt32(symbol), slot: input.slot) { return text }
    let text = rulebook.outputText(symbol: UInt32(symbol), slot: input.slot)
    return text.isEmpty ? nil : text
  }

  /// The numbers of the texts that rules mention.
  var symbols: [String: UInt32] {
    let pairs = mentioned.compactMap { symbol in text(ofSymbol: symbol).map { ($0, UInt32(symbol)) } }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  /// The symbols in cells and in what a table gives.
  var mentioned: [Int] {
    let members = (cells + [values]).flatMap { set -> [Int] in
      switch set.present {
      case .members(let members), .allBut(let members): members
      case .stretches: []
      }
    }
    return Set(members).sorted()
  }
}

/// Values of an input that no cell of either table tells apart.
struct Atom {
  enum Label: Hashable {
    case absent
    /// A choice, a truth value, a text.
    case word(String)
    case otherText
    case stretch(Int64, Int64)
    case present
    /// Of an expression: whether it holds.
    case holds(Bool)
  }

  var label: Label
  /// One of the values, as each rulebook reads it.
  var old: Slot
  var new: Slot
  /// All of them.
  var oldSet: ValueSet
  var newSet: ValueSet

  init(_ label: Label, old: Slot, new: Slot, oldSet: ValueSet, newSet: ValueSet) {
    (self.label, self.old, self.new, self.oldSet, self.newSet) = (label, old, new, oldSet, newSet)
  }

  init(_ label: Label, both slot: Slot, set: ValueSet) {
    self.init(label, old: slot, new: slot, oldSet: set, newSet: set)
  }
}

/// An input of both tables, or of one of them, or an expression of rows: its values cut into atoms.
struct SharedInput {
  let name: String
  let old: OwnInput?
  let new: OwnInput?
  let type: FieldType
  let atoms: [Atom]

  /// The obstacle where both have it and cannot be compared.
  static func obstacle(_ old: OwnInput, _ new: OwnInput) -> TableDifference.Obstacle? {
    if old.input.type.name == new.input.type.name { return nil }
    return .inputType(name: old.input.name, before: old.input.type.name, after: new.input.type.name)
  }

  /// - Precondition: there is at least one, and both have the same type.
  init(name: String, old: OwnInput?, new: OwnInput?) {
    let sides = [old, new].compactMap(\.self)
    (self.name, self.old, self.new) = (name, old, new)
    type = sides.first?.input.type ?? .boolean
    let possible = Self.atoms(type, old, new).filter { atom in
      old?.values.contains(atom.old) == true || new?.values.contains(atom.new) == true
    }
    atoms = possible
  }

  /// A row's expression.
  init(expression: String) {
    (name, old, new, type) = (expression, nil, nil, .boolean)
    atoms = [false, true].map { holds in
      Atom(.holds(holds), both: Slot(kind: .boolean, integer: holds ? 1 : 0), set: .any)
    }
  }

  private static func atoms(_ type: FieldType, _ old: OwnInput?, _ new: OwnInput?) -> [Atom] {
    [Atom(.absent, both: .absent, set: .absent)] + present(type, old, new)
  }

  private static func present(_ type: FieldType, _ old: OwnInput?, _ new: OwnInput?) -> [Atom] {
    switch type {
    case .choice: return choices(old, new)
    case .boolean:
      return [0, 1].map { value in
        Atom(
          .word(value == 1 ? "true" : "false"), both: Slot(kind: .boolean, integer: Int64(value)),
          set: ValueSet(.members([value])))
      }
    case .text: return texts(old, new)
    case .list, .object: return [Atom(.present, both: Slot(kind: .raw), set: .present)]
    case .integer, .number, .instant, .date, .duration:
      return stretches([old, new].compactMap(\.self).flatMap { $0.cells + [$0.values] })
    }
  }

  /// Over the keys of both: what one does not know is not valid there.
  private static func choices(_ old: OwnInput?, _ new: OwnInput?) -> [Atom] {
    let (before, after) = (old?.keys ?? [], new?.keys ?? [])
    let keys = before + after.filter { !before.contains($0) }
    return keys.map { key in
      let (old, new) = (choice(key, before), choice(key, after))
      return Atom(.word(key), old: old.slot, new: new.slot, oldSet: old.set, newSet: new.set)
    }
  }

  private static func choice(_ key: String, _ keys: [String]) -> (slot: Slot, set: ValueSet) {
    guard let index = keys.firstIndex(of: key) else {
      return (Slot(kind: .invalid), ValueSet(.members([]), includesInvalid: true))
    }
    return (Slot(kind: .choice, integer: Int64(index)), ValueSet(.members([index])))
  }

  private static func texts(_ old: OwnInput?, _ new: OwnInput?) -> [Atom] {
    let (left, right) = (old?.symbols ?? [:], new?.symbols ?? [:])
    let texts = Set(left.keys).union(right.keys).sorted()
    let named = texts.map { text in
      let (before, after) = (left[text] ?? 0, right[text] ?? 0)
      return Atom(
        .word(text), old: Slot(kind: .text, symbol: before), new: Slot(kind: .text, symbol: after),
        oldSet: ValueSet(.members([Int(before)])), newSet: ValueSet(.members([Int(after)])))
    }
    let other = Atom(
      .otherText, old: Slot(kind: .text), new: Slot(kind: .text),
      oldSet: ValueSet(.allBut(old?.mentioned ?? [])), newSet: ValueSet(.allBut(new?.mentioned ?? [])))
    return named + [other]
  }

  private static func stretches(_ sets: [ValueSet]) -> [Atom] {
    var bounds = Set<Int64>()
    for set in sets {
      guard case .stretches(let stretches) = set.present else { continue }
      for stretch in stretches {
        if stretch.lower != .min { bounds.insert(stretch.lower) }
        if stretch.upper != .max { bounds.insert(stretch.upper + 1) }
      }
    }
    let starts = [Int64.min] + bounds.sorted()
    return starts.indices.map { index in
      let upper = index + 1 < starts.count ? starts[index + 1] - 1 : .max
      // Any ordered value is compared by its key, of numbers the ordering key.
      return Atom(
        .stretch(starts[index], upper), both: Slot(kind: .integer, integer: starts[index]),
        set: ValueSet(.stretches([ValueSet.Stretch(starts[index], upper)])))
    }
  }
}

extension OwnInput {
  fileprivate var keys: [String] {
    guard case .choice(let domain) = input.type else { return [] }
    return domain.keys
  }
}
