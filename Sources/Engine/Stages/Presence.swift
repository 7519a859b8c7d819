import RuleEvaluator
import TicketModel
import WorkingTime

/// What no ticket has had so far: fields that rules ask for, windows that could be computed.
///
/// Only what is still missing is looked for, which after some tickets is next to nothing.
struct Presence: Sendable {
  /// The slots of fields that had no value yet.
  private(set) var missingSlots: [Int]
  /// By window: whether it applied to some ticket, and whether it began for some.
  private(set) var windows: [WindowPresence]

  struct WindowPresence: Sendable {
    /// To how many tickets it applied.
    var applied = 0
    var isComputed = false
  }

  init(_ rulebook: Rulebook) {
    missingSlots = rulebook.slotsOfConditions
    windows = rulebook.windows.map { _ in WindowPresence() }
  }

  /// Looks at one ticket.
  mutating func note(_ ticket: borrowing Ticket, _ decision: borrowing Decision, at now: Instant) {
    var index = 0
    while index < missingSlots.count {
      if ticket.value(of: missingSlots[index], at: now).kind == .absent {
        index += 1
      } else {
        missingSlots.remove(at: index)
      }
    }
    for index in decision.windows.indices {
      let reading = decision.windows[index]
      windows[reading.window].applied += 1
      if reading.startedAt != nil { windows[reading.window].isComputed = true }
    }
  }

  /// Takes over what another part of the tickets had.
  mutating func merge(_ other: Presence) {
    missingSlots.removeAll { !other.missingSlots.contains($0) }
    for (index, window) in other.windows.enumerated() {
      windows[index].applied += window.applied
      if window.isComputed { windows[index].isComputed = true }
    }
  }
}
