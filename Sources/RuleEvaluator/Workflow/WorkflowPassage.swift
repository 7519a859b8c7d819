public import TicketModel
public import WorkingTime

extension Ticket {
  /// The value of the field in `slot` once event `index` has happened, if it was `previous` before.
  func value(ofSlot slot: Int, afterEvent index: Int, _ previous: Slot) -> Slot {
    // From the last event on the present counts.
    if index == events.count - 1, slots[slot].kind != .absent { return slots[slot] }
    for change in events[index].changes.reversed() where changes[change].slot == slot {
      return changes[change].value
    }
    return previous
  }

  func sets(_ slot: Int) -> Bool {
    for index in changes.indices where changes[index].slot == slot { return true }
    return false
  }
}

extension Slot {
  /// Whether the workflow's field has come to hold a state; setting the same one again is no step.
  func isState(otherThan previous: Slot) -> Bool {
    kind == .choice && (previous.kind != .choice || previous.integer != integer)
  }
}

extension Rulebook {
  /// A state that a ticket entered.
  public struct Passage: Hashable, Sendable {
    /// The index of the choice.
    public var state: Int
    public var at: Instant
    /// Whether the workflow lets a ticket come here from where it was.
    public var isAllowed: Bool
  }

  /// The states that the ticket entered up to `now`, as its history tells; none without a workflow.
  public func passages(of ticket: borrowing Ticket, until now: Instant) -> [Passage] {
    guard let workflow, ticket.sets(workflow.field) else { return [] }
    var passages = [Passage]()
    var previous = Slot.absent
    for index in ticket.events.indices where ticket.events[index].at <= now {
      let value = ticket.value(ofSlot: workflow.field, afterEvent: index, previous)
      if value.isState(otherThan: previous) {
        let state = Int(value.integer)
        let isAllowed =
          switch previous.kind {
          case .choice: workflow.allows(from: Int(previous.integer), to: state)
          default: !passages.isEmpty || state == workflow.initial
          }
        passages.append(Passage(state: state, at: ticket.events[index].at, isAllowed: isAllowed))
      }
      previous = value
    }
    return passages
  }

  /// What the ticket's present state means; nil without a workflow, and where the state is not known.
  public func category(of ticket: borrowing Ticket) -> Workflow.Category? {
    guard let workflow else { return nil }
    let state = ticket.value(of: workflow.field, at: .latest)
    return state.kind == .choice ? workflow.states[Int(state.integer)].category : nil
  }
}
