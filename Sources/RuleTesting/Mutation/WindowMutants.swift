import Diagnostics
import RuleEvaluator
import TicketModel
import WorkingTime

/// Response windows: targets, levels, and the conditions over a ticket's history.
extension Mutants {
  mutating func addWindows() {
    for (index, window) in rulebook.windows.enumerated() {
      add(
        Mutant(
          "\(window.id).drop", at: window.place, "window \(window.id) is gone",
          hint: MutationHints.window(window.id)
        ) { $0.edit(window: index) { $0.condition = .never(slot: 0) } })
      addTarget(of: window, index)
      addConditions(of: window, index)
      addPolicies(of: window, index)
      addWarnings(of: window, index)
      for (level, escalation) in window.escalations.enumerated() { add(escalation, level, index) }
    }
  }

  private mutating func addTarget(of window: ResponseWindow, _ index: Int) {
    switch window.target {
    case .fixed(let duration):
      for other in duration.neighbours {
        add(
          Mutant(
            "\(window.id).target=\(other.text)", at: window.place,
            "the target of \(window.id) is \(other.text), not \(duration.text)",
            hint: MutationHints.target(window.id)
          ) { $0.edit(window: index) { $0.target = .fixed(other) } })
      }
    case .decided(let table): add(table, prefix: "\(window.id).target.", .target(window: index))
    }
  }

  private mutating func addConditions(of window: ResponseWindow, _ index: Int) {
    add(window.condition, "\(window.id).when", at: window.place) { parts, condition in
      parts.edit(window: index) { $0.condition = condition }
    }
    if case .reached(let condition) = window.start {
      add(condition, "\(window.id).start", at: window.place) { parts, condition in
        parts.edit(window: index) { $0.start = .reached(condition) }
      }
    }
    if case .reached(let condition) = window.stop {
      add(condition, "\(window.id).stop", at: window.place) { parts, condition in
        parts.edit(window: index) { $0.stop = .reached(condition) }
      }
    }
    if let pause = window.pause {
      addDropped("pause", of: window, at: pause) { $0.edit(window: index) { $0.pause = nil } }
      add(pause, "\(window.id).pause", at: window.place) { parts, condition in
        parts.edit(window: index) { $0.pause = condition }
      }
    }
    if let cancel = window.cancel {
      addDropped("cancel", of: window, at: cancel) { $0.edit(window: index) { $0.cancel = nil } }
      add(cancel, "\(window.id).cancel", at: window.place) { parts, condition in
        parts.edit(window: index) { $0.cancel = condition }
      }
    }
  }

  private mutating func addDropped(
    _ key: String, of window: ResponseWindow, at condition: Condition,
    _ apply: @escaping @Sendable (inout Rulebook.Parts) -> Void
  ) {
    add(
      Mutant(
        "\(window.id).\(key).drop", at: condition.terms.first?.place ?? window.place,
        "\(window.id) has no '\(key)' any more", hint: MutationHints.clock(key, window.id), apply: apply))
  }

  /// What happens on reopening matters where a condition stops the window; a changed target where it is decided.
  private mutating func addPolicies(of window: ResponseWindow, _ index: Int) {
    let reopenings: [Transition.Reopening] = [.resume, .restart, .keep].filter { $0 != window.reopening }
    let changes: [ResponseWindow.TargetChange] = [.fromStart, .fromChange, .keep].filter {
      $0 != window.targetChange
    }
    if case .reached = window.stop {
      for other in reopenings {
        add(
          Mutant(
            "\(window.id).on_reopen=\(other.rawValue)", at: window.place,
            "on_reopen of \(window.id) is \(other.rawValue), not \(window.reopening.rawValue)",
            hint: MutationHints.reopening(window.id)
          ) { $0.edit(window: index) { $0.reopening = other } })
      }
    } else {
      equivalents += reopenings.count
    }
    if case .decided = window.target {
      for other in changes {
        add(
          Mutant(
            "\(window.id).on_target_change=\(other.text)", at: window.place,
            "on_target_change of \(window.id) is \(other.text), not \(window.targetChange.text)",
            hint: MutationHints.targetChange(window.id)
          ) { $0.edit(window: index) { $0.targetChange = other } })
      }
    } else {
      equivalents += changes.count
    }
  }

  // MARK: Levels

  private mutating func addWarnings(of window: ResponseWindow, _ index: Int) {
    for (position, warning) in window.warnings.enumerated() {
      let id = "\(window.id).warn \(warning.text)"
      add(
        Mutant(
          "\(id).drop", at: window.place, "\(window.id) does not warn at \(warning.text) any more",
          hint: MutationHints.level(warning.text, window.id)
        ) { $0.edit(window: index) { $0.warnings.remove(at: position) } })
      let other = warning.neighbour
      add(
        Mutant(
          "\(id)=\(other.text)", at: window.place, "\(window.id) warns at \(other.text), not \(warning.text)",
          hint: MutationHints.level(warning.text, window.id)
        ) { $0.edit(window: index) { $0.warnings[position] = other } })
    }
  }

  private mutating func add(_ escalation: Escalation, _ position: Int, _ window: Int) {
    let id = escalation.id
    add(
      Mutant("\(id).drop", at: escalation.place, "\(id) is gone", hint: MutationHints.notice(id)) {
        $0.edit(window: window) { $0.escalations.remove(at: position) }
      })
    let other = escalation.level.neighbour
    add(
      Mutant(
        "\(id).at=\(other.text)", at: escalation.place,
        "\(id) comes at \(other.text), not \(escalation.level.text)",
        hint: MutationHints.notice(id)
      ) { $0.edit(window: window) { $0.escalations[position].level = other } })
    for (index, recipient) in escalation.recipients.enumerated() {
      add(
        Mutant(
          "\(id).to-\(text(recipient))", at: escalation.place,
          "\(id) is not told to \(text(recipient)) any more",
          hint: MutationHints.recipient(id)
        ) { $0.edit(window: window) { $0.escalations[position].recipients.remove(at: index) } })
    }
    guard let condition = escalation.condition else { return }
    add(condition, "\(id).when", at: escalation.place) { parts, condition in
      parts.edit(window: window) { $0.escalations[position].condition = condition }
    }
  }

  /// As rules write it.
  func text(_ recipient: Recipient) -> String {
    switch recipient {
    case .assignee: "assignee"
    case .team: "team"
    case .teamLead: "team.lead"
    case .teamMembers: "team.members"
    case .field(let slot): rulebook.schema.fields[slot].name
    case .name(let name): name
    }
  }
}

extension ResponseWindow.TargetChange {
  fileprivate var text: String {
    switch self {
    case .fromStart: "from-start"
    case .fromChange: "from-change"
    case .keep: "keep"
    }
  }
}
