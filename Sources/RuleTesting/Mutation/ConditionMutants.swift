import Diagnostics
import RuleEvaluator
import TicketModel

/// `when:` and `from:`, and what starts, stops, pauses and cancels windows.
extension Mutants {
  /// - Parameters:
  ///   - id: what the condition is, such as `F-105.when`.
  ///   - setting: puts a changed condition in its place.
  mutating func add(
    _ condition: Condition, _ id: String, at place: Place,
    _ setting: @escaping @Sendable (inout Rulebook.Parts, Condition) -> Void
  ) {
    for (index, term) in condition.terms.enumerated() {
      for variant in variants(of: term.set, term.domain, slot: term.slot, term.text) {
        var changed = condition
        changed.terms[index].set = variant.set
        let mutated = changed
        add(
          Mutant(
            "\(id).\(term.name)=\(variant.text)", at: term.place,
            "\(term.name) in \(id) is \(quoted(variant.text)), not \(quoted(term.text))",
            hint: MutationHints.condition(term.name, id)
          ) { setting(&$0, mutated) })
      }
    }
    guard condition.expression != nil else { return }
    let mutated = Condition(condition.terms)
    add(
      Mutant(
        "\(id).expr.drop", at: place, "\(id) holds without its expression", hint: MutationHints.expression(id)
      ) { setting(&$0, mutated) })
  }
}

/// Required fields, checks, and what fields say of themselves.
extension Mutants {
  mutating func addRequirements() {
    for (index, rule) in rulebook.requirements.enumerated() {
      addDroppedFields(of: rule, index)
      addSeverity(rule.severity, rule.id, at: rule.place) { $0.requirements[index].severity = $1 }
      add(rule.condition, "\(rule.id).when", at: rule.place) { $0.requirements[index].condition = $1 }
    }
  }

  private mutating func addDroppedFields(of rule: Requirement, _ index: Int) {
    for (position, slot) in rule.slots.enumerated() {
      let name = rulebook.schema.fields[slot].name
      let id = rule.slots.count == 1 ? "\(rule.id).drop" : "\(rule.id).fields-\(name)"
      add(
        Mutant(
          id, at: rule.place, "\(rule.id) does not ask for \(name) any more",
          hint: MutationHints.missingField(name, rule.id)
        ) { $0.requirements[index].slots.remove(at: position) })
    }
  }

  mutating func addSeverity(
    _ severity: Severity, _ id: String, at place: Place,
    _ setting: @escaping @Sendable (inout Rulebook.Parts, Severity) -> Void
  ) {
    let other: Severity = severity == .error ? .warning : .error
    add(
      Mutant(
        "\(id).severity=\(other.rawValue)", at: place,
        "\(id) is of severity \(other.rawValue), not \(severity.rawValue)",
        hint: MutationHints.severity(id, severity)
      ) { setting(&$0, other) })
  }

  mutating func addChecks() {
    for (number, check) in rulebook.checks.enumerated() {
      let setting: @Sendable (inout Rulebook.Parts, Condition) -> Void = { parts, condition in
        parts.checks[number].condition = condition
        // A guard is the same check, compiled once more.
        parts.editWorkflow { draft in
          for index in draft.guards.indices where draft.guards[index].check == number {
            draft.guards[index].condition = condition
          }
        }
      }
      add(
        Mutant(
          "\(check.id).drop", at: check.place, "\(check.id) is gone", hint: MutationHints.check(check.id)
        ) { setting(&$0, .never(slot: 0)) })
      addSeverity(check.severity, check.id, at: check.place) { $0.checks[number].severity = $1 }
      add(check.condition, "\(check.id).when", at: check.place, setting)
    }
  }

  mutating func addFields() {
    for (index, pattern) in rulebook.patterns.enumerated() {
      let field = rulebook.schema.fields[pattern.slot]
      add(
        Mutant(
          "fields.\(field.name).matches.drop", at: field.place, "\(field.name) may be any text",
          hint: MutationHints.pattern(field.name)
        ) { $0.patterns.remove(at: index) })
    }
  }
}
