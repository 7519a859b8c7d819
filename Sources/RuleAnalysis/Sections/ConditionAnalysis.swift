import Diagnostics
import RuleEvaluator
import TicketModel

/// Every `when:`, and what starts, stops, pauses and cancels windows: conditions that never hold, and some that always do.
struct ConditionAnalysis {
  private let context: AnalysisContext

  /// A condition, and the words for it.
  private struct Subject {
    var name: String
    var terms: [Condition.Term]
    /// Whether it says something that it could leave out where it always holds.
    var mayAlwaysHold = false
  }

  init(_ context: AnalysisContext) { self.context = context }

  func findings() -> [AnalysisFinding] {
    subjects().compactMap { judge($0) }.map { AnalysisFinding($0) }
  }

  // MARK: What there is

  private func subjects() -> [Subject] {
    let rulebook = context.rulebook
    let reviewed = Set(rulebook.reviews.compactMap(\.requirement))
    var rules = [(id: String, condition: Condition)]()
    for (index, requirement) in rulebook.requirements.enumerated() where !reviewed.contains(index) {
      rules.append((requirement.id, requirement.condition))
    }
    rules += rulebook.checks.map { ($0.id, $0.condition) }
    rules += rulebook.notifications.map { ($0.id, $0.condition) }
    rules += rulebook.reviews.map { ($0.id, $0.condition) }
    rules += rulebook.waivers.map { ($0.id, $0.condition) }
    let windows = rulebook.windows.flatMap(subjects)
    return windows + rules.map { subject("'when' of \($0.id)", $0.condition) } + guards()
  }

  private func subject(_ name: String, _ condition: Condition) -> Subject {
    Subject(name: name, terms: condition.terms, mayAlwaysHold: condition.expression == nil)
  }

  private func subjects(of window: ResponseWindow) -> [Subject] {
    var subjects = [subject("'when' of \(window.id)", window.condition)]
    let moments = [
      ("start", window.start.reached), ("stop", window.stop.reached), ("pause", window.pause),
      ("cancel", window.cancel),
    ]
    for (name, condition) in moments {
      if let condition { subjects.append(Subject(name: "'\(name)' of \(window.id)", terms: condition.terms)) }
    }
    for escalation in window.escalations {
      guard let condition = escalation.condition else { continue }
      let alone = subject("'when' of \(escalation.id)", condition)
      // Of a condition that never holds by itself is said so; else together with the window's.
      let isIdle = judge(alone) != nil
      subjects.append(
        isIdle ? alone : Subject(name: alone.name, terms: window.condition.terms + condition.terms))
    }
    return subjects
  }

  /// Where a state has a guard, its check must ask something there.
  private func guards() -> [Subject] {
    guard let workflow = context.rulebook.workflow else { return [] }
    let field = context.rulebook.schema.fields[workflow.field]
    guard case .choice(let domain) = field.type else { return [] }
    return workflow.states.enumerated().flatMap { state, declaration in
      declaration.guards.map { index in
        let name =
          "guard \(context.rulebook.checks[workflow.guards[index].check].id) of state '\(domain.keys[state])'"
        let entered = Condition.Term(
          name: field.name, slot: workflow.field, domain: .members(count: domain.keys.count),
          set: ValueSet(.members([state])), text: domain.keys[state], place: declaration.place)
        return Subject(name: name, terms: [entered] + workflow.guards[index].condition.terms)
      }
    }
  }

  // MARK: What is wrong

  private func judge(_ subject: Subject) -> Diagnostic? {
    guard let place = subject.terms.last?.place else { return nil }
    var isAlways = true
    for (slot, terms) in Dictionary(grouping: subject.terms, by: \.slot).sorted(by: { $0.key < $1.key }) {
      let column = column(of: terms, slot)
      let accepted = column.ranges(ofRow: 0)
      if accepted.isEmpty {
        return .neverHolds(subject.name, terms, at: terms.last?.place ?? place)
      }
      isAlways = isAlways && accepted == column.everything
    }
    return isAlways && subject.mayAlwaysHold ? .alwaysHolds(subject.name, at: place) : nil
  }

  /// What tickets can have in a slot, and what all terms together accept of it.
  private func column(of terms: [Condition.Term], _ slot: Int) -> ClassColumn {
    let set = terms.dropFirst().reduce(terms[0].set) { $0.intersection($1.set) }
    return ClassColumn(terms[0].domain, values: context.values[slot], cells: [0: set], rowCount: 1)
  }
}

extension Review {
  fileprivate var requirement: Int? {
    guard case .ticket(let requirement) = subject else { return nil }
    return requirement
  }
}

extension ResponseWindow.Boundary {
  fileprivate var reached: Condition? {
    guard case .reached(let condition) = self else { return nil }
    return condition
  }
}
