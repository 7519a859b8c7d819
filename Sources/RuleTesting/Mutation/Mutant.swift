public import Diagnostics
public import RuleEvaluator

/// A rulebook that differs from the real one in one place, as a slip of the pen would have it.
public struct Mutant: Sendable {
  /// Stable: the rule, what of it, and what became of that, such as `P-207-3.impact=any`.
  public let id: String
  /// Where the rule says what the mutant changes.
  public let place: Place
  /// What was changed, as a sentence.
  public let change: String
  /// Which test would notice.
  public let hint: String
  let apply: @Sendable (inout Rulebook.Parts) -> Void

  init(
    _ id: String, at place: Place, _ change: String, hint: String,
    apply: @escaping @Sendable (inout Rulebook.Parts) -> Void
  ) {
    self.id = id
    self.place = place
    self.change = change
    self.hint = hint
    self.apply = apply
  }
}

/// All mutants of a rulebook, in the order of its sections.
public struct Mutants: Sendable {
  public internal(set) var mutants: [Mutant] = []
  /// How many changes were left out because they provably change no decision.
  public internal(set) var equivalents = 0

  let rulebook: Rulebook

  /// - Parameter compile: nil where expressions are not to be changed.
  public init(_ rulebook: Rulebook, compile: ExpressionCompiling? = nil) {
    self.rulebook = rulebook
    addTables()
    addWindows()
    addRequirements()
    addChecks()
    addFields()
    addWorkflow()
    addReviews()
    addNotifications()
    addWaivers()
    if let compile { addExpressions(compile) }
  }

  mutating func add(_ mutant: Mutant) { mutants.append(mutant) }
}
