public import Diagnostics
import RuleEvaluator

/// What tests notice of a rulebook's mutants.
public struct MutationRun: Sendable {
  /// A mutant that no test noticed.
  public struct Survivor: Sendable {
    public var mutant: Mutant
    /// Why that is no matter, as a test file says; nil where nobody has said.
    public var reason: String?
  }

  /// How many mutants were tried.
  public private(set) var tried = 0
  /// How many changes were not tried since they provably change nothing.
  public let equivalents: Int
  /// How many were left out because there were more than asked for.
  public let leftOut: Int
  /// In the order of the rules.
  public private(set) var survivors: [Survivor] = []
  /// Acceptances of mutants that do not exist, or that tests notice.
  public private(set) var unused: [Diagnostic] = []

  public var killed: Int { tried - survivors.count }
  /// The survivors that nobody has explained.
  public var unexplained: Int { survivors.count { $0.reason == nil } }

  /// Tries the mutants of the suite's rulebook, several at once. Tickets are decoded once, and no rule file is read again.
  ///
  /// - Parameters:
  ///   - suite: must pass.
  ///   - limit: how many mutants are tried at most: evenly spread over all; all for nil.
  ///   - jobs: how many at once, at least 1.
  ///   - compile: compiles changed expressions; nil where none are to be changed.
  public init(
    _ suite: TestSuite, limit: Int? = nil, jobs: Int = 1, compile: Mutants.ExpressionCompiling? = nil
  ) async {
    let all = Mutants(suite.rulebook, compile: compile)
    let mutants = Self.chosen(all.mutants, limit)
    equivalents = all.equivalents
    leftOut = all.mutants.count - mutants.count
    tried = mutants.count
    let survived = await Self.survivors(mutants, suite, jobs: max(1, jobs))
    for (mutant, survived) in zip(mutants, survived) where survived {
      let reason = suite.acceptances.first { $0.accepts(mutant.id) }?.reason
      survivors.append(Survivor(mutant: mutant, reason: reason))
    }
    if leftOut == 0 { unused = unusedAcceptances(suite, all.mutants) }
  }

  private static func chosen(_ mutants: [Mutant], _ limit: Int?) -> [Mutant] {
    guard let limit, limit < mutants.count else { return mutants }
    return (0..<max(0, limit)).map { mutants[$0 * mutants.count / limit] }
  }

  private static func survivors(_ mutants: [Mutant], _ suite: TestSuite, jobs: Int) async -> [Bool] {
    await withTaskGroup(of: [(Int, Bool)].self) { group in
      for job in 0..<jobs {
        group.addTask {
          var trial = MutantTrial(suite)
          return stride(from: job, to: mutants.count, by: jobs).map { ($0, trial.survives(mutants[$0])) }
        }
      }
      var survived = Array(repeating: false, count: mutants.count)
      for await part in group {
        for (index, answer) in part { survived[index] = answer }
      }
      return survived
    }
  }

  private func unusedAcceptances(_ suite: TestSuite, _ mutants: [Mutant]) -> [Diagnostic] {
    suite.acceptances.compactMap { acceptance in
      if survivors.contains(where: { acceptance.accepts($0.mutant.id) }) { return nil }
      let exists = mutants.contains { acceptance.accepts($0.id) }
      return .unusedAcceptance(acceptance.mutant, exists: exists, mutants.map(\.id))
    }
  }
}

/// Tries mutants one after the other; cases that noticed one before are asked first.
private struct MutantTrial {
  private let parts: Rulebook.Parts
  private let cases: [TestCase]
  /// Indexes of cases, whichever noticed something last first.
  private var order: [Int]

  init(_ suite: TestSuite) {
    parts = suite.rulebook.parts
    cases = suite.cases
    order = Array(cases.indices)
  }

  mutating func survives(_ mutant: Mutant) -> Bool {
    var changed = parts
    mutant.apply(&changed)
    let runner = CaseRunner(Rulebook(changed), explains: false)
    for (position, index) in order.enumerated() where !runner.passes(cases[index]) {
      order.remove(at: position)
      order.insert(index, at: 0)
      return false
    }
    return true
  }
}

extension TestSuite.Acceptance {
  func accepts(_ id: String) -> Bool { NamePattern(mutant.value).matches(id) }
}

extension Diagnostic {
  fileprivate static func unusedAcceptance(
    _ mutant: Located<String>, exists: Bool, _ known: [String]
  ) -> Diagnostic {
    Diagnostic(
      "unused-acceptance", .warning,
      exists
        ? "a test notices \(quoted(mutant.value)), which was accepted"
        : "there is no mutant \(quoted(mutant.value))",
      at: mutant.place, hint: exists ? "take it out of the list" : suggestion(for: mutant.value, among: known)
    )
  }
}
