import ByteOutput
import Diagnostics
import RuleEvaluator
import WorkingTime

/// The JSON of notices as far as it depends on the rules alone, rendered once: up to the value of `cycle`.
struct NoticeFragments: Sendable {
  /// By window, then by level.
  private let warnings: [[Fragment]]
  private let breaches: [Fragment]
  private let escalations: [[Fragment]]
  /// By notification.
  private let others: [Fragment]

  init(_ rulebook: Rulebook, into store: inout FragmentStore.Builder) {
    func fragment(_ event: Notice.Event, _ rule: Int, _ level: Int) -> Fragment {
      let reference = rulebook.rule(of: Notice(event, rule: rule, level: level, at: .earliest))
      return store.add { $0.appendHead(of: reference, event) }
    }
    let windows = rulebook.windows.indices
    warnings = windows.map { window in
      rulebook.windows[window].warnings.indices.map { fragment(.warning, window, $0) }
    }
    breaches = windows.map { fragment(.breached, $0, 0) }
    escalations = windows.map { window in
      rulebook.windows[window].escalations.indices.map { fragment(.escalation, window, $0) }
    }
    others = rulebook.notifications.indices.map { fragment(.statusChanged, $0, 0) }
  }

  func head(of notice: Notice) -> Fragment {
    switch notice.event {
    case .warning: warnings[notice.rule][notice.level]
    case .escalation: escalations[notice.rule][notice.level]
    case .breached, .finding, .review: breaches[notice.rule]
    case .statusChanged: others[notice.rule]
    }
  }
}

extension ByteWriter {
  fileprivate mutating func appendHead(of reference: NoticeReference, _ event: Notice.Event) {
    append(literal: #"{"event":"#)
    append(jsonString: event.rawValue)
    append(literal: #","rule":"#)
    append(jsonString: reference.id)
    if let window = reference.window {
      append(literal: #","window":"#)
      append(jsonString: window)
      append(literal: #","level":"#)
      append(jsonString: reference.level)
    }
    append(literal: #","cycle":"#)
  }
}
