import Expressions
import TicketModel
import WorkingTime

/// Targets over time, for windows that do not just count the present one from their start.
extension Evaluator {
  /// A target, since when it holds, and the row that gave it, where the present rules did.
  private struct Era {
    var since: Instant?
    var target: TargetDuration
    var row: Int?
  }

  /// Gives the clock the target that the window started with, and the steps the changes of it where they count.
  ///
  /// Decides for each event anew what the target was: slow, and asked for by few windows.
  ///
  /// - Returns: the row that gave the target which holds in the end.
  mutating func followTarget(
    of window: ResponseWindow, _ index: Int, _ row: Int?, for ticket: borrowing Ticket, until now: Instant,
    into decision: inout Decision
  ) -> Int? {
    let eras = withEarlier(eras(of: window, for: ticket, until: now), of: window)
    if recordsTargets {
      decision.targets.append(
        TargetCourse(window: index, eras: eras.map { TargetEra(since: $0.since, target: $0.target) }))
    }
    guard let start = steps.steps.first(where: { $0.transition == .start })?.at else { return row }
    // What was undecided at the start is decided by what came first.
    guard let first = eras.last(where: { $0.since ?? .earliest <= start }) ?? eras.first,
      resetClock(first.target, of: window)
    else { return row }
    if window.targetChange == .keep { return first.row }
    var current = first
    for era in eras {
      guard let since = era.since, since > start, era.target != current.target else { continue }
      steps.insert(.retarget(era.target), at: since)
      current = era
    }
    return current.row
  }

  /// What earlier rules said holds until the present ones do; these then change the target, as an event may.
  private func withEarlier(_ present: [Era], of window: ResponseWindow) -> [Era] {
    guard let earlierTargets, let past = earlierTargets.courses[window.id] else { return present }
    let until = earlierTargets.until
    var eras = past.map { Era(since: $0.since, target: $0.target, row: nil) }
    if let change = present.last(where: { $0.since ?? .earliest <= until }) ?? present.first {
      eras.append(Era(since: until, target: change.target, row: change.row))
    }
    return eras + present.filter { $0.since ?? .earliest > until }
  }

  private mutating func eras(
    of window: ResponseWindow, for ticket: borrowing Ticket, until now: Instant
  ) -> [Era] {
    let present = Array(values.elements)
    defer { _ = values.elements.update(from: present) }
    ticket.removeChanged(from: values.elements)
    var eras = [Era]()
    append(nil, of: window, ticket, to: &eras)
    for index in ticket.events.indices {
      let event = ticket.events[index]
      if event.at > now { break }
      ticket.apply(event: index, to: values.elements)
      append(event.at, of: window, ticket, to: &eras)
    }
    return eras
  }

  private mutating func append(
    _ since: Instant?, of window: ResponseWindow, _ ticket: borrowing Ticket, to eras: inout [Era]
  ) {
    patterns?.reset()
    var decision = Decision()
    decide(for: ticket, into: &decision)
    var row: Int?
    guard let target = target(of: window, for: ticket, row: &row, into: &decision) else { return }
    eras.append(Era(since: since, target: target, row: row))
  }
}
