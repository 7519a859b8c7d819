import WorkingTime

/// What counts as history: fell due before anybody watched, or under rules that did not hold yet. It is never sent.
struct History: Hashable, Sendable {
  /// From when on notices are sent about tickets that are not known.
  var watchingSince: Instant
  /// For each number of rules, until when everything under the rules before it was seen to.
  let boundaries: [Int: Instant]
  /// From when on each notifier sends: a new one is not told of what the others sent before.
  let notifiers: [String: Instant]
  /// From when on all of them send.
  private let commonBeginning: Instant

  init(watchingSince: Instant, boundaries: [Int: Instant], notifiers: [String: Instant]) {
    self.watchingSince = watchingSince
    self.boundaries = boundaries
    self.notifiers = notifiers
    commonBeginning = notifiers.values.max() ?? Instant(milliseconds: .min)
  }

  /// Whether `notifier` did not send yet at `instant`.
  func precedes(_ instant: Instant, beginningOf notifier: String) -> Bool {
    instant < commonBeginning && instant < beginning(of: notifier)
  }

  private func beginning(of notifier: String) -> Instant {
    notifiers[notifier] ?? Instant(milliseconds: .min)
  }

  /// Before this instant what falls due about `ticket`, and was not known, is history.
  ///
  /// - Of a ticket that was never seen: before the service began to watch.
  /// - Of one that changed: nothing; what the change makes overdue is sent, late.
  /// - Of one that other rules now see: what they say about the time before them. A new warning sends no storm of what it
  ///   would have warned of.
  func boundary(of ticket: RecalledTicket) -> Instant {
    guard let before = ticket.before?.memory else { return watchingSince }
    guard before.digest == ticket.digest, let seen = boundaries[before.generation + 1] else {
      return Instant(milliseconds: .min)
    }
    return max(seen, before.evaluatedAt)
  }
}
