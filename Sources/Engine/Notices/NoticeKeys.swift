import RuleEvaluator
import WorkingTime

/// What the keys of notices are made of, beside the ticket and the cycle: put together once, because a service asks for the
/// key of every notice of every ticket that it sees.
struct NoticeKeys: Sendable {
  /// What stands before the cycle, and after it.
  private struct Parts {
    var head: String
    var tail: String

    init(_ reference: NoticeReference, _ event: Notice.Event) {
      head = "/\(reference.id)/\(reference.window ?? event.rawValue)/"
      tail = "/\(reference.level)"
    }
  }

  /// By window, then by level.
  private let warnings: [[Parts]]
  private let escalations: [[Parts]]
  private let breaches: [Parts]
  /// By notification: what it adds.
  private let endings: [String]
  private let rulebook: Rulebook

  init(_ rulebook: Rulebook) {
    self.rulebook = rulebook
    func parts(_ event: Notice.Event, _ window: Int, _ level: Int) -> Parts {
      Parts(
        rulebook.rule(of: Notice(event, rule: window, level: level, at: Instant(milliseconds: 0))), event)
    }
    let windows = rulebook.windows.indices
    warnings = windows.map { window in
      rulebook.windows[window].warnings.indices.map { parts(.warning, window, $0) }
    }
    escalations = windows.map { window in
      rulebook.windows[window].escalations.indices.map { parts(.escalation, window, $0) }
    }
    breaches = windows.map { parts(.breached, $0, 0) }
    endings = rulebook.notifications.map { "/\($0.id)" }
  }

  /// The key of the delivery about `notice` that the notification with this number calls for. The change of a status belongs
  /// to one notification, and has its name in it already.
  func key(of notice: Notice, by notification: Int, ticket id: String) -> String {
    key(of: notice, ticket: id, ending: notice.event == .statusChanged ? "" : endings[notification])
  }

  /// What every key of a delivery about `notice` begins with: all of it, or up to a `/`.
  func key(of notice: Notice, ticket id: String, ending: String = "") -> String {
    let parts = parts(of: notice)
    var key = id
    key.reserveCapacity(
      id.utf8.count + parts.head.utf8.count + parts.tail.utf8.count + ending.utf8.count + 4)
    key += parts.head
    key += String(notice.cycle)
    key += parts.tail
    key += ending
    return key
  }

  private func parts(of notice: Notice) -> Parts {
    switch notice.event {
    case .warning: warnings[notice.rule][notice.level]
    case .escalation: escalations[notice.rule][notice.level]
    case .breached: breaches[notice.rule]
    case .statusChanged, .finding, .review: Parts(rulebook.rule(of: notice), notice.event)
    }
  }
}
