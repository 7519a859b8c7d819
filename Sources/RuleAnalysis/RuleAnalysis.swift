public import Diagnostics
public import RuleEvaluator
public import WorkingTime

/// Looks for what is wrong with rules that load: pure, so the same rules give the same messages.
///
/// Tables and conditions are compared as the exact sets that their cells are; what an expression says is not looked into,
/// and said not to be. Every message has a code whose page tells what, why and how to mend it (`RulePage`).
public struct RuleAnalysis {
  private let context: AnalysisContext
  private let today: CivilDate?

  /// - Parameters:
  ///   - sources: the files of the rulebook, from which it is seen what a fix can take away; none for no fixes.
  ///   - effort: how long a question about a table may take before it is left open, in words of 64 rows that are looked at:
  ///     a thousand million take about a second.
  ///   - year: the year in which working time and elapsed time are compared where their order depends on the start.
  ///   - today: the day on which waivers must not have ended; nil not to ask.
  public init(
    _ rulebook: Rulebook, sources: [SourceText] = [], year: Int = 2026, today: CivilDate? = nil,
    effort: Int = 50_000_000
  ) {
    self.today = today
    context = AnalysisContext(rulebook, sources, year: year, effort: effort)
  }

  /// The messages about a rulebook, by place.
  public static func analyse(
    _ rulebook: Rulebook, sources: [SourceText] = [], year: Int = 2026, today: CivilDate? = nil
  ) -> [Diagnostic] {
    RuleAnalysis(rulebook, sources: sources, year: year, today: today).findings().map(\.diagnostic)
      .sortedByPlace()
  }

  /// Everything that was found, section by section.
  public func findings() -> [AnalysisFinding] {
    let rulebook = context.rulebook
    var findings = [AnalysisFinding]()
    for table in rulebook.tables { findings += TableAnalysis.findings(table, context) }
    for window in rulebook.windows {
      let narrowed = context.narrowed(to: window.condition)
      if let table = window.targetTable { findings += TableAnalysis.findings(table, narrowed) }
      findings += TargetComparison(window, narrowed).findings()
    }
    findings += ConditionAnalysis(context).findings()
    findings += RecipientAnalysis(context).findings()
    findings += FieldAnalysis(context).findings()
    if let today { findings += WaiverAnalysis(rulebook: rulebook, today: today).findings() }
    return findings
  }
}

/// What all parts of the analysis look at.
struct AnalysisContext {
  let rulebook: Rulebook
  private(set) var values: InputValues
  /// What a ticket must have to be looked at, by slot: where a window applies.
  private(set) var demands: [Int: ValueSet] = [:]
  let texts: ClassText
  let witnesses: WitnessBuilder
  let removal: SourceRemoval
  let year: Int
  let effort: Int

  init(_ rulebook: Rulebook, _ sources: [SourceText], year: Int, effort: Int) {
    self.rulebook = rulebook
    self.year = year
    self.effort = effort
    values = InputValues(rulebook)
    texts = ClassText(rulebook)
    witnesses = WitnessBuilder(rulebook)
    removal = SourceRemoval(sources)
  }

  /// The same for tickets for which a condition holds.
  func narrowed(to condition: Condition) -> AnalysisContext {
    var context = self
    for term in condition.terms {
      context.values.narrow(term.slot, to: term.set)
      context.demands[term.slot] = context.values[term.slot]
    }
    return context
  }
}
