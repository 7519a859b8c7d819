import Diagnostics
import RuleEvaluator
import TicketModel
import WorkingTime

/// Values of a ticket as a form shows them: choices by their labels, instants in the rulebook's zone, lists as tables.
///
/// Masked fields show as `***`, masked members of lists, too.
struct FormValues: Sendable {
  let rulebook: Rulebook
  let tag: String
  let words: FormWords

  func value(ofSlot slot: Int, _ value: Slot, in ticket: borrowing Ticket) -> Form.Value {
    let field = rulebook.schema.fields[slot]
    if value.kind == .absent { return .blank }
    if field.isMasked { return .text(words.masked) }
    switch value.kind {
    case .raw: return nested(rulebook.nestedValue(of: value, inSlot: slot, ticket), field.type)
    case .invalid: return .text(written(slot, in: ticket))
    default: return .text(text(value, field.type, in: ticket))
    }
  }

  /// The value in one line, for the history.
  func line(ofSlot slot: Int, _ value: Slot, in ticket: borrowing Ticket) -> String {
    switch self.value(ofSlot: slot, value, in: ticket) {
    case .blank: words.removed
    case .text(let text): text
    case .items(let items): items.joined(separator: words.listSeparator)
    case .table(let table): words.items(table.rows.count)
    }
  }

  private func text(_ value: Slot, _ type: FieldType, in ticket: borrowing Ticket) -> String {
    switch value.kind {
    case .boolean: words.boolean(value.integer == 1)
    case .integer: String(value.integer)
    case .number: numberText(value.double)
    case .instant: Instant(milliseconds: value.integer).text(in: rulebook.timeZone)
    case .date: CivilDate(days: Int32(clamping: value.integer)).text
    case .duration: TargetDuration.elapsed(milliseconds: value.integer).text
    case .choice: choice(Int(value.integer), type)
    case .text, .raw: ticket.text(value)
    case .absent, .invalid: ""
    }
  }

  /// A value that does not fit its field, as it stands in the record; the findings say what is wrong with it.
  ///
  /// Where the record and its history hold several, nobody knows which one it is.
  private func written(_ slot: Int, in ticket: borrowing Ticket) -> String {
    var texts = Set<String>()
    for problem in ticket.problems where problem.slot == slot && problem.kind != .duplicateKey {
      texts.insert(ticket.text(problem.written))
    }
    return texts.count == 1 ? texts.first ?? "" : words.invalid
  }

  private func choice(_ index: Int, _ type: FieldType) -> String {
    guard case .choice(let domain) = type, domain.choices.indices.contains(index) else { return "" }
    return domain.choices[index].label.text(in: tag) ?? domain.choices[index].key
  }
}

// MARK: - Lists

extension FormValues {
  private func nested(_ value: NestedValue, _ type: FieldType) -> Form.Value {
    guard case .list(let elements) = value else { return .text(text(value, type)) }
    guard case .list(let element) = type else { return .items(elements.map { text($0, .text) }) }
    if case .object(let schema) = element { return .table(table(elements, schema)) }
    return .items(elements.map { text($0, element) })
  }

  private func table(_ elements: [NestedValue], _ schema: Schema) -> Form.Table {
    Form.Table(
      header: schema.fields.map { $0.label.text(in: tag) ?? $0.name },
      rows: elements.map { element in
        schema.fields.map { field in
          let value = element.member(field.name)
          return field.isMasked && value != .absent ? words.masked : text(value, field.type)
        }
      })
  }

  private func text(_ value: NestedValue, _ type: FieldType) -> String {
    switch value {
    case .absent: return ""
    case .boolean(let value): return words.boolean(value)
    case .instant(let instant): return instant.text(in: rulebook.timeZone)
    case .text(let text):
      guard case .choice(let domain) = type, let index = domain.index(of: text) else { return text }
      return choice(index, type)
    case .list(let elements):
      var element = FieldType.text
      if case .list(let declared) = type { element = declared }
      return elements.map { text($0, element) }.joined(separator: words.listSeparator)
    case .object(let members): return text(members, type)
    }
  }

  /// An object in one line. Of a declared one the declared members, since nobody said of others whether they are masked.
  private func text(_ members: [NestedValue.Member], _ type: FieldType) -> String {
    guard case .object(let schema) = type else {
      return members.map { words.change($0.name, text($0.value, .text)) }.joined(
        separator: words.listSeparator)
    }
    let object = NestedValue.object(members)
    let parts = schema.fields.compactMap { field -> String? in
      let value = object.member(field.name)
      if value == .absent { return nil }
      let text = field.isMasked ? words.masked : text(value, field.type)
      return words.change(field.label.text(in: tag) ?? field.name, text)
    }
    return parts.joined(separator: words.listSeparator)
  }
}
