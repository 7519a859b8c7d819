import RuleEvaluator

/// Waivers: a day more or less is for their owners to know, not for tests.
extension Mutants {
  mutating func addWaivers() {
    for (index, waiver) in rulebook.waivers.enumerated() {
      add(
        Mutant(
          "\(waiver.id).drop", at: waiver.place, "\(waiver.id) is gone",
          hint: MutationHints.waiver(waiver.id, waiver.rule)
        ) { $0.waivers.remove(at: index) })
      add(waiver.condition, "\(waiver.id).when", at: waiver.place) { $0.waivers[index].condition = $1 }
    }
  }
}
