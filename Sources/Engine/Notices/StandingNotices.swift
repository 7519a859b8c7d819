import RuleEvaluator

/// The notices about a ticket that are still so: what people were told under another key has ended, and may be taken back.
///
/// A window's notices stand until its cycle ends, by a stop, a cancellation or a new cycle; those of a finding or a review as long
/// as it is found. What no rule calls for any more does not stand. A change of status is neither: nothing of it ends.
struct StandingNotices {
  private var keys: Set<String> = []

  /// A repetition stands as long as what it repeats: its key is that of the first time and a number.
  func contains(_ key: String) -> Bool {
    if keys.contains(key) { return true }
    guard let slash = key.lastIndex(of: "/") else { return false }
    let number = key[key.index(after: slash)...]
    return !number.isEmpty && number.allSatisfy(\.isNumber) && keys.contains(String(key[..<slash]))
  }

  fileprivate mutating func insert(_ key: String) { keys.insert(key) }
}

extension DeliveryPlanner {
  /// - Parameter planned: what the decision calls for, with the cycles of findings.
  func standing(
    _ decision: borrowing Decision, ticket id: String, among planned: [PlannedNotice]
  ) -> StandingNotices {
    var standing = StandingNotices()
    for notice in planned where notice.isAboutFinding { standing.insert(notice.key) }
    for index in decision.notices.indices {
      let notice = decision.notices[index]
      guard notice.isAboutWindow, decision.isOpen(notice) else { continue }
      let key = keys.key(of: notice, ticket: id)
      if notice.event == .escalation || rulebook.notifications.isEmpty { standing.insert(key) }
      for position in decision.notifications.indices {
        let notification = rulebook.notifications[decision.notifications[position]]
        if notification.tells(of: notice.event) { standing.insert("\(key)/\(notification.id)") }
      }
    }
    return standing
  }
}

extension Decision {
  /// Whether the cycle of the window that the notice is about goes on.
  fileprivate borrowing func isOpen(_ notice: Notice) -> Bool {
    guard let reading = reading(ofWindow: notice.rule) else { return false }
    return reading.cycle == notice.cycle && reading.stoppedAt == nil
  }
}
