import Diagnostics
import RuleEvaluator
import WorkingTime

/// The parts of a table that mutants change.
struct TableDraft {
  var rows: [DecisionTable.Row]
  var otherwise: DecisionTable.Row?
}

/// The parts of a window that mutants change.
struct WindowDraft {
  var condition: Condition
  var start: ResponseWindow.Boundary
  var stop: ResponseWindow.Boundary
  var pause: Condition?
  var cancel: Condition?
  var target: ResponseWindow.Target
  var reopening: Transition.Reopening
  var targetChange: ResponseWindow.TargetChange
  var warnings: [NoticeLevel]
  var escalations: [Escalation]
}

/// The parts of the workflow that mutants change.
struct WorkflowDraft {
  var initial: Int
  var states: [Workflow.State]
  var guards: [Workflow.Guard]
}

extension DecisionTable {
  func edited(_ change: (inout TableDraft) -> Void) -> DecisionTable {
    var draft = TableDraft(rows: rows, otherwise: otherwise)
    change(&draft)
    return DecisionTable(
      name: name, place: place, hit: hit, inputs: inputs, outputs: outputs, rows: draft.rows,
      otherwise: draft.otherwise)
  }
}

extension Rulebook.Parts {
  mutating func edit(_ reference: TableReference, _ change: (inout TableDraft) -> Void) {
    switch reference {
    case .table(let index): tables[index] = tables[index].edited(change)
    case .target(let window):
      edit(window: window) { draft in
        if case .decided(let table) = draft.target { draft.target = .decided(table.edited(change)) }
      }
    }
  }

  mutating func edit(window index: Int, _ change: (inout WindowDraft) -> Void) {
    let window = windows[index]
    var draft = WindowDraft(
      condition: window.condition, start: window.start, stop: window.stop, pause: window.pause,
      cancel: window.cancel, target: window.target, reopening: window.reopening,
      targetChange: window.targetChange, warnings: window.warnings, escalations: window.escalations)
    change(&draft)
    windows[index] = ResponseWindow(
      id: window.id, place: window.place, label: window.label, condition: draft.condition, start: draft.start,
      stop: draft.stop, pause: draft.pause, cancel: draft.cancel, target: draft.target,
      calendar: window.calendar, reopening: draft.reopening, targetChange: draft.targetChange,
      warnings: draft.warnings, escalations: draft.escalations)
  }

  mutating func editWorkflow(_ change: (inout WorkflowDraft) -> Void) {
    guard let own = workflow else { return }
    var draft = WorkflowDraft(initial: own.initial, states: own.states, guards: own.guards)
    change(&draft)
    workflow = Workflow(
      place: own.place, field: own.field, initial: draft.initial, states: draft.states, guards: draft.guards)
  }
}

extension Condition {
  /// Never holds: what it belongs to is as good as gone, and whatever refers to it by its index still can.
  static func never(slot: Int) -> Condition {
    Condition([
      Term(
        name: "", slot: slot, domain: .opaque, set: ValueSet(.members([])), text: "",
        place: Place(file: "", line: 1))
    ])
  }
}
