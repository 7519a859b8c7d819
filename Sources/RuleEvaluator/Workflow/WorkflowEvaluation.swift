import Expressions
import TicketModel
import WorkingTime

extension Evaluator {
  /// Judges each step of the ticket's history up to `now`; of a ticket whose history tells no state, the present one.
  mutating func judgeWorkflow(
    _ workflow: Workflow, of ticket: borrowing Ticket, at now: Instant, into decision: inout Decision
  ) {
    if ticket.sets(workflow.field) {
      judgeHistory(workflow, of: ticket, until: now, into: &decision)
    } else {
      let state = values.elements[workflow.field]
      guard state.kind == .choice, workflow.demands(Int(state.integer)) else { return }
      demand(Int(state.integer), nil, workflow, values.elements, of: ticket, into: &decision)
    }
  }

  /// Events of one instant belong together: what one of them sets is there for the steps of all.
  private mutating func judgeHistory(
    _ workflow: Workflow, of ticket: borrowing Ticket, until now: Instant, into decision: inout Decision
  ) {
    if workflow.readsValues { rewind(ticket) }
    var state = Slot.absent
    var hasBegun = false
    var position = 0
    while position < ticket.events.count, ticket.events[position].at <= now {
      let instant = ticket.events[position].at
      let first = position
      while position < ticket.events.count, ticket.events[position].at == instant {
        if workflow.readsValues { ticket.apply(event: position, to: past.elements) }
        position += 1
      }
      for event in first..<position {
        let entered = ticket.value(ofSlot: workflow.field, afterEvent: event, state)
        if entered.isState(otherThan: state) {
          let step = WorkflowStep(from: state, to: entered, event: event, isFirst: !hasBegun)
          judge(step, workflow, of: ticket, at: instant, into: &decision)
          hasBegun = true
        }
        state = entered
      }
    }
  }

  /// Leaves in `past` the fields as they were before the first event.
  private mutating func rewind(_ ticket: borrowing Ticket) {
    ticket.slots.withUnsafeBufferPointer { slots in
      guard let target = past.elements.baseAddress, let source = slots.baseAddress else { return }
      target.update(from: source, count: slots.count)
    }
    ticket.removeChanged(from: past.elements)
  }

  private mutating func judge(
    _ step: WorkflowStep, _ workflow: Workflow, of ticket: borrowing Ticket, at instant: Instant,
    into decision: inout Decision
  ) {
    let state = Int(step.to.integer)
    if step.from.kind == .choice {
      let previous = Int(step.from.integer)
      if !workflow.allows(from: previous, to: state) {
        decision.findings.append(
          Finding(.forbiddenStep, rule: state, field: workflow.field, event: step.event, state: previous))
      }
    } else if step.isFirst, state != workflow.initial {
      decision.findings.append(
        Finding(.wrongInitialState, rule: state, field: workflow.field, event: step.event, state: state))
    }
    guard workflow.demands(state) else { return }
    past.elements[workflow.field] = step.to
    past.elements[rulebook.nowSlot] = Slot(kind: .instant, integer: instant.milliseconds)
    demand(state, step.event, workflow, past.elements, of: ticket, into: &decision)
  }

  /// - Parameter event: the index of the event that led to the state; nil where none is known.
  private mutating func demand(
    _ state: Int, _ event: Int?, _ workflow: Workflow, _ values: UnsafeMutableBufferPointer<Slot>,
    of ticket: borrowing Ticket, into decision: inout Decision
  ) {
    for slot in workflow.states[state].required where values[slot].kind == .absent {
      decision.findings.append(
        Finding(.missingInState, rule: state, field: slot, event: event, state: state))
    }
    for index in workflow.states[state].guards {
      let check = workflow.guards[index].check
      // About the ticket as it is the check itself has spoken.
      if event == nil, decision.hasFailed(check: check) { continue }
      if isKept(index, workflow, UnsafeBufferPointer(values), of: ticket, into: &decision) { continue }
      decision.findings.append(Finding(.failedGuard, rule: check, event: event, state: state))
    }
  }

  /// Whether a guard holds, or does not apply, or gives no value, which is a finding of its own.
  private mutating func isKept(
    _ index: Int, _ workflow: Workflow, _ values: UnsafeBufferPointer<Slot>, of ticket: borrowing Ticket,
    into decision: inout Decision
  ) -> Bool {
    let condition = workflow.guards[index].condition.expression
    var applies = workflow.conditions.accepts(row: index, values)
    if applies, let condition { applies = truth(of: condition, values, ticket, into: &decision) == true }
    pastAnswers?.guards.append((index, applies))
    if !applies { return true }
    return truth(of: workflow.guards[index].expression, values, ticket, into: &decision) ?? true
  }

  /// What an expression says of `values`; nil where it gives none, which is reported once for a ticket.
  private mutating func truth(
    of index: Int, _ values: UnsafeBufferPointer<Slot>, _ ticket: borrowing Ticket,
    into decision: inout Decision
  ) -> Bool? {
    let outcome = ticket.bytes.withUnsafeBytes { bytes in
      programs[index]._withUnsafeGuaranteedRef {
        $0.holds(TicketSource(values: values, bytes: bytes, rulebook: rulebook))
      }
    }
    switch outcome {
    case .success(let holds): return holds
    case .failure(let error):
      if !decision.failures.contains(where: { $0.expression == index }) {
        note(error, of: index, in: &decision)
      }
      return nil
    }
  }
}

/// A ticket's step from one state to another.
private struct WorkflowStep {
  /// What the field held before.
  var from: Slot
  var to: Slot
  var event: Int
  /// Whether no state was known before.
  var isFirst: Bool
}

extension Decision {
  fileprivate func hasFailed(check: Int) -> Bool {
    findings.contains { $0.kind == .failedCheck && $0.rule == check }
  }
}
