import Diagnostics
import RuleEvaluator
import TicketModel

/// What a ticket must have, by its state.
extension PolicyBook {
  var requirements: Book.Chapter {
    let blocks = groups.flatMap { group -> [Book.Block] in
      let rows = group.rules.map { row($0) }
      return [
        .heading(text(group.title)), .table(Book.Table(header: words.requirementHeader, rows: rows)),
      ]
    }
    return Book.Chapter(name: "required-fields", title: words.requirements, blocks: blocks)
  }

  /// The rules by the states in which they hold, in the order in which these come up.
  private var groups: [(title: String, rules: [Requirement])] {
    var groups = [(title: String, rules: [Requirement])]()
    for requirement in rulebook.requirements {
      let title = title(of: requirement)
      if let index = groups.firstIndex(where: { $0.title == title }) {
        groups[index].rules.append(requirement)
      } else {
        groups.append((title, [requirement]))
      }
    }
    return groups
  }

  private var status: Int? { rulebook.schema.slot(of: "status") }

  private func title(of requirement: Requirement) -> String {
    let terms = requirement.condition.terms.filter { $0.slot == status }
    if terms.isEmpty { return words.always }
    let states = terms.map { cells.text($0.set, written: $0.text, slot: $0.slot) }
    return words.inState(states.joined(separator: words.and))
  }

  private func row(_ requirement: Requirement) -> [Book.Line] {
    [
      rule(requirement.id, requirement.place), text(labels(requirement.slots)),
      line(requirement.condition, without: status), text(words.severity(requirement.severity)),
      line(requirement.message),
    ]
  }
}
