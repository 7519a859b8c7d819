public import TicketModel
public import WorkingTime

extension Rulebook {
  /// Whether somebody still has work with a ticket at `instant`: its state is neither resolved nor closed.
  ///
  /// Without a workflow every ticket is at work.
  public func isAtWork(_ ticket: borrowing Ticket, at instant: Instant) -> Bool {
    guard let workflow else { return true }
    let state = ticket.value(of: workflow.field, at: instant)
    return state.kind != .choice || workflow.states[Int(state.integer)].category.rank == 0
  }
}
