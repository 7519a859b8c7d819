import Diagnostics
import RuleEvaluator
import TicketModel

/// Cells and values in people's words: fields and choices by their labels.
struct CellWords: Sendable {
  let rulebook: Rulebook
  let tag: String
  let language: Language

  init(_ rulebook: Rulebook, language tag: String) {
    self.rulebook = rulebook
    self.tag = tag
    language = Language(tag: tag)
  }

  /// What people call the value in `slot`; `name` where the rules give it no label.
  func label(ofSlot slot: Int, named name: String) -> String {
    // What a table decides is often a field's name, too.
    guard let field = slot < rulebook.schema.fields.count ? slot : rulebook.schema.slot(of: name) else {
      return name
    }
    return rulebook.schema.fields[field].label.text(in: tag) ?? name
  }

  func label(ofSlot slot: Int) -> String { label(ofSlot: slot, named: rulebook.schema.fields[slot].name) }

  /// A choice's label for its key; any other text as it is.
  func value(_ text: String, inSlot slot: Int) -> String { value(text, type(ofSlot: slot)) }

  func value(_ text: String, _ type: FieldType?) -> String {
    switch (text, type) {
    case ("absent", _): return absent
    case ("not valid", _): return say("无效", "not valid")
    case (_, .choice(let domain)?): return domain.choices.first { $0.key == text }.map(label) ?? text
    case ("true", .boolean?), ("false", .boolean?): return boolean(text == "true")
    default: return text
    }
  }

  func label(_ choice: ChoiceDomain.Choice) -> String { choice.label.text(in: tag) ?? choice.key }

  /// What a cell accepts; as it is written where it speaks of numbers, instants or texts.
  func text(_ set: ValueSet, written text: String, slot: Int) -> String {
    if set == .absent { return absent }
    if set == .present { return say("有值", "any value") }
    switch type(ofSlot: slot) {
    case .choice(let domain)?:
      // `from: recorded` is known by its form only.
      if text.hasPrefix("from "), let first = domain.choices.first(where: { $0.key == text.dropFirst(5) }) {
        return say("“\(label(first))”及之后", "\(label(first)) and later")
      }
      return members(of: set, names: domain.choices.map(label))
    case .boolean?: return members(of: set, names: [boolean(false), boolean(true)])
    default: return text
    }
  }

  private func members(of set: ValueSet, names: [String]) -> String {
    func listed(_ members: [Int]) -> String {
      members.filter(names.indices.contains).map { names[$0] }.joined(separator: separator)
    }
    switch set.present {
    case .members(let members):
      let values = listed(members)
      return set.includesAbsent
        ? [values, absent].filter { !$0.isEmpty }.joined(separator: separator) : values
    case .allBut([]): return say("任意", "any")
    case .allBut(let members): return say("非", "not ") + listed(members)
    case .stretches: return ""
    }
  }

  /// The type of the value in a slot; nil for what an expression computes.
  func type(ofSlot slot: Int) -> FieldType? {
    if slot < rulebook.schema.fields.count { return rulebook.schema.fields[slot].type }
    return rulebook.tables.lazy.flatMap(\.outputs).first { $0.slot == slot }.map(type)
  }

  /// The output's type; its choices have the labels of the field or of the teams whose names they are.
  func type(of output: DecisionTable.Output) -> FieldType {
    guard case .choice(var domain) = output.type else { return output.type }
    for index in domain.choices.indices where domain.choices[index].label.isEmpty {
      domain.choices[index].label = label(ofKey: domain.choices[index].key, output)
    }
    return .choice(domain)
  }

  private func label(ofKey key: String, _ output: DecisionTable.Output) -> LocalizedText {
    let slot = rulebook.schema.slot(of: output.name)
    if let slot, case .choice(let domain) = rulebook.schema.fields[slot].type,
      let choice = domain.choices.first(where: { $0.key == key })
    {
      return choice.label
    }
    let team = output.name == "team" ? rulebook.routing?.teams.first { $0.name == key } : nil
    return team?.label ?? LocalizedText()
  }

  /// What a term of a condition says: `Status is Closed`.
  func term(_ term: Condition.Term) -> String {
    let label = label(ofSlot: term.slot, named: term.name)
    if term.set == .present { return say("“\(label)”有值", "\(label) has a value") }
    if term.set == .absent { return say("“\(label)”没有值", "\(label) has no value") }
    let values = text(term.set, written: term.text, slot: term.slot)
    return say("“\(label)”为 \(values)", "\(label) is \(values)")
  }

  func boolean(_ value: Bool) -> String { value ? say("是", "yes") : say("否", "no") }
  /// Between choices, whose labels may have commas.
  var separator: String { say("、", " | ") }
  var absent: String { say("无", "absent") }

  private func say(_ chinese: String, _ english: String) -> String {
    language == .chinese ? chinese : english
  }
}
