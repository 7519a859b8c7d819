import Diagnostics
import RuleEvaluator
import TicketModel

/// The record of a ticket.
extension PolicyBook {
  var fields: Book.Chapter {
    let sections = sections
    let blocks = sections.flatMap { section -> [Book.Block] in
      let title = section.title.map { [Book.Block.heading(text($0))] } ?? []
      return title + [.table(Book.Table(header: words.fieldHeader, rows: section.slots.map(row)))]
    }
    return Book.Chapter(name: "fields", title: words.fields, blocks: blocks)
  }

  private var sections: [(title: String?, slots: [Int])] {
    var sections = [(title: String?, slots: [Int])]()
    for slot in rulebook.schema.fields.indices {
      let field = rulebook.schema.fields[slot]
      if let section = field.section { sections.append((section.text(in: tag), [])) }
      if sections.isEmpty { sections.append((nil, [])) }
      sections[sections.count - 1].slots.append(slot)
    }
    return sections
  }

  private func row(_ slot: Int) -> [Book.Line] {
    let field = rulebook.schema.fields[slot]
    return [
      text(cells.label(ofSlot: slot)),
      [.rule(id: field.name, place: field.place.lineReference, anchor: "field.\(field.name)")],
      text(type(field.type)), demands(of: field, slot),
    ]
  }

  private func type(_ type: FieldType) -> String {
    switch type {
    case .choice(let domain): words.oneOf(domain.choices.map(cells.label))
    case .list(.object(let schema)):
      words.listOf(schema.fields.map { $0.label.text(in: tag) ?? $0.name }.joined(separator: words.separator))
    case .list(let element): words.listOf(self.type(element))
    default: words.type(type)
    }
  }

  private func demands(of field: Field, _ slot: Int) -> Book.Line {
    var parts = [Book.Line]()
    if field.isRequired { parts.append(text(words.isRequired)) }
    if field.isUnique { parts.append(text(words.isUnique)) }
    if field.isMasked { parts.append(text(words.isMasked)) }
    if let minimum = field.minimum { parts.append(text(words.atLeast(numberText(minimum)))) }
    if let maximum = field.maximum { parts.append(text(words.atMost(numberText(maximum)))) }
    if let size = field.size.maximum { parts.append(text(words.atMost(String(size)))) }
    if let pattern = rulebook.patterns.first(where: { $0.slot == slot }) {
      parts.append(text(words.form) + [.code(pattern.expressionText)])
    }
    return Array(parts.joined(separator: text(words.separator)))
  }
}
