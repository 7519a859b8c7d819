import Diagnostics
import RuleEvaluator
import TicketModel

/// The states of a ticket, and the steps between them.
extension PolicyBook {
  var workflow: Book.Chapter {
    var chapter = Book.Chapter(name: "workflow", title: words.workflow, blocks: [])
    guard let workflow = rulebook.workflow,
      case .choice(let domain) = rulebook.schema.fields[workflow.field].type
    else { return chapter }
    let labels = domain.choices.map(cells.label)
    let field = cells.label(ofSlot: workflow.field)
    chapter.blocks = [
      .paragraph(text(words.statesOf(field, labels[workflow.initial]))),
      .states(diagram(of: workflow, labels, title: words.diagram(field))),
      .table(
        Book.Table(
          header: words.stateHeader,
          rows: workflow.states.indices.map { row($0, workflow, domain, labels) })),
    ]
    return chapter
  }

  private func diagram(of workflow: Workflow, _ labels: [String], title: String) -> StateDiagram {
    StateDiagram(
      title: title,
      states: zip(workflow.states, labels).map { state, label in
        StateDiagram.State(label: label, category: state.category.rawValue, next: state.next)
      }, initial: workflow.initial)
  }

  private func row(
    _ index: Int, _ workflow: Workflow, _ domain: ChoiceDomain, _ names: [String]
  ) -> [Book.Line] {
    let state = workflow.states[index]
    let guards = state.guards.map { number -> Book.Line in
      let id = rulebook.checks[workflow.guards[number].check].id
      return [.reference(id: id, anchor: id)]
    }
    let key = domain.choices[index].key
    return [
      text(names[index]),
      [.rule(id: key, place: state.place.lineReference, anchor: "workflow.\(key)")],
      text(words.category(state.category)),
      text(state.next.map { names[$0] }.joined(separator: words.choiceSeparator)),
      text(labels(state.required)),
      Array(guards.joined(separator: text(words.separator))),
    ]
  }
}
