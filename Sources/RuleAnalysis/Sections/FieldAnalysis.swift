import Diagnostics
import Expressions
import RuleEvaluator
import TicketModel

/// Fields: those that are demanded and can hold nothing, and choices that no rule mentions.
struct FieldAnalysis {
  private let context: AnalysisContext

  init(_ context: AnalysisContext) { self.context = context }

  func findings() -> [AnalysisFinding] {
    (unfillable() + unmentioned()).map { AnalysisFinding($0) }
  }

  // MARK: Demanded, but nothing fits

  private func unfillable() -> [Diagnostic] {
    let schema = context.rulebook.schema
    return demands().sorted { $0.key < $1.key }.compactMap { slot, owner in
      schema.fields[slot].holdsNothing ? .unfillableField(schema.fields[slot], for: owner) : nil
    }
  }

  /// By slot: the first rule that demands the field, and its place.
  private func demands() -> [Int: (id: String, place: Place)] {
    let rulebook = context.rulebook
    var demands = [Int: (id: String, place: Place)]()
    func add(_ slots: [Int], _ id: String, _ place: Place) {
      for slot in slots where demands[slot] == nil { demands[slot] = (id, place) }
    }
    for requirement in rulebook.requirements { add(requirement.slots, requirement.id, requirement.place) }
    for review in rulebook.reviews { add(review.required, review.id, review.place) }
    if let workflow = rulebook.workflow,
      case .choice(let domain) = rulebook.schema.fields[workflow.field].type
    {
      for (state, key) in zip(workflow.states, domain.keys) {
        add(state.required, "the state '\(key)'", state.place)
      }
    }
    return demands
  }

  // MARK: Choices that nobody speaks of

  /// Of fields of which some choices are mentioned: the others. What an expression reads may be any of them.
  private func unmentioned() -> [Diagnostic] {
    let rulebook = context.rulebook
    let mentions = mentions()
    let skipped = Set([rulebook.workflow?.field, rulebook.priority?.recorded?.slot].compactMap(\.self))
    return rulebook.schema.fields.enumerated().compactMap { slot, field in
      guard case .choice(let domain) = field.type, !skipped.contains(slot), let named = mentions[slot],
        !named.isEmpty, !rulebook.expressions.contains(where: { $0.program.text.contains(field.name) })
      else { return nil }
      let missing = domain.keys.indices.filter { !named.contains($0) }.map { domain.keys[$0] }
      return missing.isEmpty ? nil : .unmentionedChoices(missing, of: field)
    }
  }

  /// By slot of a field: the choices that cells name.
  private func mentions() -> [Int: Set<Int>] {
    var mentions = [Int: Set<Int>]()
    func add(_ set: ValueSet, _ slot: Int) {
      switch set.present {
      case .members(let members): mentions[slot, default: []].formUnion(members)
      case .allBut(let members): mentions[slot, default: []].formUnion(members)
      case .stretches: break
      }
    }
    for table in context.rulebook.tables + context.rulebook.windows.compactMap(\.targetTable) {
      for cell in table.rows.flatMap(\.cells) { add(cell.set, table.inputs[cell.input].slot) }
    }
    for term in context.rulebook.conditionTerms { add(term.set, term.slot) }
    return mentions
  }
}

extension Field {
  /// Whether its declaration leaves no value that it can have.
  fileprivate var holdsNothing: Bool {
    if case .choice(let domain) = type { return domain.choices.isEmpty }
    return InputValues.values(of: self).present == .stretches([])
  }
}

extension Rulebook {
  /// The terms of all conditions.
  fileprivate var conditionTerms: [Condition.Term] {
    let ofWindows = windows.flatMap { window -> [Condition?] in
      var boundaries = [Condition?]()
      for case .reached(let condition) in [window.start, window.stop] { boundaries.append(condition) }
      return [window.condition, window.pause, window.cancel] + boundaries
        + window.escalations.map(\.condition)
    }
    let others =
      requirements.map(\.condition) + checks.map(\.condition) + notifications.map(\.condition)
      + reviews.map(\.condition)
    return (ofWindows.compactMap(\.self) + others).flatMap(\.terms)
  }
}
