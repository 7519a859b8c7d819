public import Diagnostics
import RuleEvaluator

/// Which parts of a rulebook the tests have seen at work.
public struct Coverage: Sendable {
  /// How many of some parts were seen.
  public struct Count: Sendable {
    public var seen = 0
    public var total = 0

    /// Rounded down, so that 100 means all; 100 where there is nothing to see.
    public var percent: Int { total == 0 ? 100 : seen * 100 / total }

    mutating func add(_ isSeen: Bool) {
      total += 1
      if isSeen { seen += 1 }
    }

    static func + (left: Count, right: Count) -> Count {
      Count(seen: left.seen + right.seen, total: left.total + right.total)
    }
  }

  /// A decision table, or the target of a window.
  public struct Table: Sendable {
    public var name: String
    public var rows = Count()
    /// A cell is seen once it has held and has not held.
    public var cells = Count()
  }

  /// Something that the tests have not seen.
  public struct Gap: Sendable {
    public enum Kind: String, Sendable { case row, cell, condition }

    public var kind: Kind
    /// The rule, and what of it.
    public var text: String
    public var what: Missing
    public var place: Place
  }

  /// What was never seen.
  public enum Missing: String, Sendable {
    case hit = "never hit"
    case truth = "never true"
    case falsehood = "never false"
    case both = "never asked"

    init?(_ truth: RuleUse.Truth) {
      switch (truth.wasTrue, truth.wasFalse) {
      case (true, true): return nil
      case (true, false): self = .falsehood
      case (false, true): self = .truth
      case (false, false): self = .both
      }
    }
  }

  public private(set) var tables: [Table] = []
  /// `when:` and the like, and what checks demand: each is seen once it has held and has not held.
  public private(set) var conditions = Count()
  /// By place.
  public private(set) var gaps: [Gap] = []

  /// Of all tables; `otherwise` counts as a row.
  public var rows: Count { tables.map(\.rows).reduce(Count(), +) }
  public var cells: Count { tables.map(\.cells).reduce(Count(), +) }

  init(_ use: RuleUse, of rulebook: Rulebook) {
    for (table, tableUse) in zip(rulebook.tables, use.tables) { add(table, tableUse) }
    for (window, target) in zip(rulebook.windows, use.targets) {
      if case .decided(let table) = window.target, let target { add(table, target) }
    }
    addWindows(use, rulebook)
    for (rule, truth) in zip(rulebook.requirements, use.requirements) {
      add(rule.condition, truth, "\(rule.id), when it applies", at: rule.place)
    }
    addChecks(use, rulebook)
    for (rule, truth) in zip(rulebook.notifications, use.notifications) {
      add(rule.condition, truth, "\(rule.id), when it applies", at: rule.place)
    }
    for (rule, truth) in zip(rulebook.reviews, use.reviews) where rule.recurrence != nil {
      add(rule.condition, truth, "\(rule.id), when it applies", at: rule.place)
    }
    for (rule, truth) in zip(rulebook.waivers, use.waivers) {
      add(rule.condition, truth, "\(rule.id), when it applies", at: rule.place)
    }
    gaps.sort { ($0.place, $0.text) < ($1.place, $1.text) }
  }

  // MARK: Tables

  private mutating func add(_ table: DecisionTable, _ use: RuleUse.TableUse) {
    var count = Table(name: table.name)
    for (index, row) in table.rows.enumerated() {
      count.rows.add(use.hits[index])
      if !use.hits[index] { note(.row, "row \(row.id)", .hit, at: row.place) }
      for (cell, truth) in zip(row.cells, use.cells[index]) {
        let missing = Missing(truth)
        count.cells.add(missing == nil)
        let input = table.inputs[cell.input].name
        if let missing { note(.cell, "row \(row.id), \(input): \(cell.text)", missing, at: cell.place) }
      }
      if let truth = use.expressions[index] { add(truth, "row \(row.id), its expression", at: row.place) }
    }
    if let otherwise = table.otherwise {
      count.rows.add(use.hitsOtherwise)
      if !use.hitsOtherwise { note(.row, "\(table.name), otherwise", .hit, at: otherwise.place) }
    }
    tables.append(count)
  }

  private mutating func note(_ kind: Gap.Kind, _ text: String, _ what: Missing, at place: Place) {
    gaps.append(Gap(kind: kind, text: text, what: what, place: place))
  }

  // MARK: Conditions

  private mutating func addWindows(_ use: RuleUse, _ rulebook: Rulebook) {
    var number = 0
    for (window, truth) in zip(rulebook.windows, use.windows) {
      add(window.condition, truth.condition, "\(window.id), when it applies", at: window.place)
      add(window.start.reached, truth.start, "\(window.id), start", at: window.place)
      add(window.stop.reached, truth.stop, "\(window.id), stop", at: window.place)
      add(window.pause, truth.pause, "\(window.id), pause", at: window.place)
      add(window.cancel, truth.cancel, "\(window.id), cancel", at: window.place)
      for escalation in window.escalations where escalation.condition != nil {
        add(
          escalation.condition, use.escalations[number], "\(escalation.id), when it applies",
          at: escalation.place)
        number += 1
      }
    }
  }

  private mutating func addChecks(_ use: RuleUse, _ rulebook: Rulebook) {
    for (index, check) in rulebook.checks.enumerated() {
      add(check.condition, use.checks[index], "\(check.id), when it applies", at: check.place)
      add(use.checkExpressions[index], "\(check.id), what it demands", at: check.place)
    }
    guard let workflow = rulebook.workflow else { return }
    for (index, guarding) in workflow.guards.enumerated() {
      let check = rulebook.checks[guarding.check]
      let own = guarding.condition.withoutGuardedStates(of: index, workflow)
      add(own, use.guards[index], "\(check.id) as a guard, when it applies", at: check.place)
    }
  }

  /// A condition that says nothing always holds, and there is nothing to see.
  private mutating func add(
    _ condition: Condition?, _ truth: RuleUse.Truth, _ text: String, at place: Place
  ) {
    guard let condition, !condition.terms.isEmpty || condition.expression != nil else { return }
    add(truth, text, at: condition.terms.first?.place ?? place)
  }

  private mutating func add(_ truth: RuleUse.Truth, _ text: String, at place: Place) {
    let missing = Missing(truth)
    conditions.add(missing == nil)
    if let missing { note(.condition, text, missing, at: place) }
  }
}

extension ResponseWindow.Boundary {
  /// The condition that it waits for; nil for an instant.
  var reached: Condition? {
    guard case .reached(let condition) = self else { return nil }
    return condition
  }
}

extension Condition {
  /// What is left to ask where a guard is asked: that the ticket is in one of the states that it guards is plain.
  fileprivate func withoutGuardedStates(of number: Int, _ workflow: Workflow) -> Condition {
    let states = workflow.states.indices.filter { workflow.states[$0].guards.contains(number) }
    let terms = terms.filter { term in
      guard term.slot == workflow.field, case .members(let members) = term.set.present else { return true }
      return !states.allSatisfy { members.contains($0) }
    }
    return Condition(terms, expression: expression)
  }
}
