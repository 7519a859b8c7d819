public import Diagnostics

/// What became of mutants, as people read it.
public struct MutationText: Sendable {
  private let renderer: TextRenderer

  /// - Parameter sources: the test files, whose lines are quoted.
  public init(sources: [SourceText], usesColor: Bool) {
    renderer = TextRenderer(sources: sources, limit: nil, usesColor: usesColor)
  }

  /// Each survivor that nobody has explained with its place and a hint, then those that are explained, then the count.
  public func text(_ run: MutationRun) -> String {
    var text = ""
    for survivor in run.survivors where survivor.reason == nil {
      let mutant = survivor.mutant
      text += "SURVIVED \(mutant.place.lineReference): \(mutant.id)\n"
      text += "  \(mutant.change)\n  would be noticed by \(mutant.hint)\n"
    }
    for survivor in run.survivors {
      guard let reason = survivor.reason else { continue }
      text += "accepted \(survivor.mutant.place.lineReference): \(survivor.mutant.id): \(reason)\n"
    }
    return text + renderer.render(run.unused) + Self.summary(run) + "\n"
  }

  static func summary(_ run: MutationRun) -> String {
    var text =
      "\(counted(run.tried, "mutant")): \(run.killed) noticed, \(run.survivors.count) survived"
    let accepted = run.survivors.count - run.unexplained
    if accepted > 0 { text += " (\(accepted) accepted)" }
    text += "; \(run.equivalents) more would change nothing"
    if run.leftOut > 0 { text += "; \(run.leftOut) were left out" }
    return text
  }
}
