import Diagnostics
import RuleEvaluator
import TicketModel
import WorkingTime

/// Workflow, reviews, notifications and teams.
extension Mutants {
  mutating func addWorkflow() {
    guard let workflow = rulebook.workflow,
      case .choice(let domain) = rulebook.schema.fields[workflow.field].type
    else { return }
    let keys = domain.keys
    let initial = workflow.initial + 1 < keys.count ? workflow.initial + 1 : workflow.initial - 1
    if keys.indices.contains(initial) {
      add(
        Mutant(
          "workflow.initial=\(keys[initial])", at: workflow.place,
          "tickets begin as \(keys[initial]), not as \(keys[workflow.initial])", hint: MutationHints.initial
        ) { $0.editWorkflow { $0.initial = initial } })
    }
    for (index, state) in workflow.states.enumerated() { add(state, index, keys) }
  }

  private mutating func add(_ state: Workflow.State, _ index: Int, _ keys: [String]) {
    let id = "workflow.\(keys[index])"
    for (position, next) in state.next.enumerated() {
      add(
        Mutant(
          "\(id).next-\(keys[next])", at: state.place,
          "no step leads from \(keys[index]) to \(keys[next]) any more",
          hint: MutationHints.step(keys[index], keys[next])
        ) { $0.editWorkflow { $0.states[index].next.remove(at: position) } })
    }
    addStep(from: index, keys)
    for (position, slot) in state.required.enumerated() {
      let name = rulebook.schema.fields[slot].name
      add(
        Mutant(
          "\(id).requires-\(name)", at: state.place, "\(keys[index]) does not ask for \(name) any more",
          hint: MutationHints.missingField(name, id)
        ) { $0.editWorkflow { $0.states[index].required.remove(at: position) } })
    }
    for (position, number) in state.guards.enumerated() {
      let check = rulebook.workflow.map { rulebook.checks[$0.guards[number].check].id } ?? ""
      add(
        Mutant(
          "\(id).guard-\(check)", at: state.place, "\(check) does not guard \(keys[index]) any more",
          hint: MutationHints.guarding(check, keys[index])
        ) { $0.editWorkflow { $0.states[index].guards.remove(at: position) } })
    }
  }

  /// One step more: to the nearest state, in the order in which they are declared, that may not follow.
  private mutating func addStep(from index: Int, _ keys: [String]) {
    guard let state = rulebook.workflow?.states[index] else { return }
    let others = (1..<max(1, keys.count)).map { (index + $0) % keys.count }
    guard let next = others.first(where: { !state.next.contains($0) }) else { return }
    add(
      Mutant(
        "workflow.\(keys[index]).next+\(keys[next])", at: state.place,
        "a step leads from \(keys[index]) to \(keys[next]), too",
        hint: MutationHints.forbiddenStep(keys[index], keys[next])
      ) { $0.editWorkflow { $0.states[index].next.append(next) } })
  }

  // MARK: Reviews

  /// A review of each ticket by itself is one of the requirements.
  mutating func addReviews() {
    for (index, review) in rulebook.reviews.enumerated() {
      guard let recurrence = review.recurrence else { continue }
      add(
        Mutant(
          "\(review.id).drop", at: review.place, "\(review.id) is gone", hint: MutationHints.review(review.id)
        ) { $0.reviews[index].condition = .never(slot: 0) })
      add(review.condition, "\(review.id).when", at: review.place) { $0.reviews[index].condition = $1 }
      addSeverity(review.severity, review.id, at: review.place) { $0.reviews[index].severity = $1 }
      for (id, change, other) in variants(of: recurrence) {
        add(
          Mutant(
            "\(review.id).\(id)", at: review.place, "\(review.id): \(change)",
            hint: MutationHints.review(review.id)
          ) { $0.reviews[index].subject = .recurrence(other) })
      }
      for (position, slot) in review.required.enumerated() {
        let name = rulebook.schema.fields[slot].name
        add(
          Mutant(
            "\(review.id).require-\(name)", at: review.place,
            "\(review.id) does not ask for \(name) any more",
            hint: MutationHints.missingField(name, review.id)
          ) { $0.reviews[index].required.remove(at: position) })
      }
    }
  }

  private func variants(
    of recurrence: Review.Recurrence
  ) -> [(id: String, change: String, other: Review.Recurrence)] {
    var variants = [(String, String, Review.Recurrence)]()
    for count in [recurrence.count + 1, recurrence.count - 1] where count >= 2 {
      var other = recurrence
      other.count = count
      variants.append(("count=\(count)", "the count is \(count), not \(recurrence.count)", other))
    }
    for duration in TargetDuration.elapsed(milliseconds: recurrence.milliseconds).neighbours {
      guard case .elapsed(let milliseconds) = duration else { continue }
      var other = recurrence
      other.milliseconds = milliseconds
      variants.append(("within=\(duration.text)", "the time is \(duration.text)", other))
    }
    for (position, slot) in recurrence.fields.enumerated() where recurrence.fields.count > 1 {
      var other = recurrence
      other.fields.remove(at: position)
      let name = rulebook.schema.fields[slot].name
      variants.append(("group_by-\(name)", "tickets need not agree in \(name)", other))
    }
    return variants
  }

  // MARK: Notifications

  mutating func addNotifications() {
    for (index, rule) in rulebook.notifications.enumerated() {
      add(
        Mutant("\(rule.id).drop", at: rule.place, "\(rule.id) is gone", hint: MutationHints.notice(rule.id)) {
          $0.notifications[index].events = []
        })
      add(rule.condition, "\(rule.id).when", at: rule.place) { $0.notifications[index].condition = $1 }
      addEvents(of: rule, index)
      for (position, recipient) in rule.recipients.enumerated() {
        add(
          Mutant(
            "\(rule.id).to-\(text(recipient))", at: rule.place,
            "\(rule.id) is not told to \(text(recipient)) any more", hint: MutationHints.recipient(rule.id)
          ) { $0.notifications[index].recipients.remove(at: position) })
      }
      addTiming(of: rule, index)
    }
    addTeams()
  }

  private mutating func addEvents(of rule: Notification, _ index: Int) {
    if rule.events.count < 2 { return }
    for event in Notice.Event.allCases where rule.events.contains(event) {
      add(
        Mutant(
          "\(rule.id).on-\(event.rawValue)", at: rule.place,
          "\(rule.id) does not tell of \(event.rawValue) any more",
          hint: MutationHints.notice(rule.id)
        ) { $0.notifications[index].events.remove(event) })
    }
  }

  private mutating func addTiming(of rule: Notification, _ index: Int) {
    if case .workingTime = rule.timing {
      add(
        Mutant(
          "\(rule.id).deliver=now", at: rule.place, "\(rule.id) does not wait for working time any more",
          hint: MutationHints.delivery(rule.id)
        ) { $0.notifications[index].timing = .now })
    }
    if rule.repeatEvery != nil {
      add(
        Mutant(
          "\(rule.id).repeat.drop", at: rule.place, "\(rule.id) is told once only",
          hint: MutationHints.repetition(rule.id)
        ) { $0.notifications[index].repeatEvery = nil })
    }
  }

  // MARK: Teams

  private mutating func addTeams() {
    guard let routing = rulebook.routing else { return }
    let place = rulebook.tables[routing.table].place
    for (index, team) in routing.teams.enumerated() {
      let id = "teams.\(team.name)"
      if case .first = team.assignment {
        add(
          Mutant(
            "\(id).assign=none", at: place, "\(team.name) names nobody who gets the ticket",
            hint: MutationHints.assignee(team.name)
          ) { $0.routing?.teams[index].assignment = .none })
      }
      if team.lead == nil { continue }
      add(
        Mutant(
          "\(id).lead.drop", at: place, "\(team.name) has no lead", hint: MutationHints.lead(team.name)
        ) { $0.routing?.teams[index].lead = nil })
    }
  }
}
