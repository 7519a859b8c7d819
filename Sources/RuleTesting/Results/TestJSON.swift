import ByteOutput
import Diagnostics
import RuleEvaluator

/// Results, coverage and mutants as one JSON object, for tools.
public struct TestJSON: Sendable {
  private let suite: TestSuite

  public init(_ suite: TestSuite) { self.suite = suite }

  /// - Parameters:
  ///   - coverage: whether it is written.
  ///   - mutation: nil where no mutants were tried.
  public func text(_ run: TestRun, coverage: Bool, mutation: MutationRun?) -> String {
    var members = [("rulebook", suite.rulebook.identity.jsonText), ("summary", summary(run))]
    members.append(("cases", list(run.results.map(text))))
    if coverage { members.append(("coverage", text(run.coverage))) }
    if let mutation { members.append(("mutation", text(mutation))) }
    return object(members) + "\n"
  }

  private func summary(_ run: TestRun) -> String {
    object([
      ("tests", String(suite.testCount)), ("cases", String(suite.cases.count)),
      ("failed", String(run.failures)),
    ])
  }

  private func text(_ result: CaseResult) -> String {
    object([
      ("name", result.testCase.name.jsonText), ("at", result.testCase.place.lineReference.jsonText),
      ("passed", result.passed ? "true" : "false"), ("failures", list(result.mismatches.map(text))),
    ])
  }

  private func text(_ mismatch: Mismatch) -> String {
    object([
      ("message", mismatch.message.jsonText), ("at", mismatch.place.lineReference.jsonText),
      (
        "because",
        list(
          mismatch.related.map {
            object([("at", $0.place.lineReference.jsonText), ("message", $0.message.jsonText)])
          })
      ),
    ])
  }

  // MARK: Coverage

  private func text(_ coverage: Coverage) -> String {
    object([
      ("rows", text(coverage.rows)), ("cells", text(coverage.cells)),
      ("conditions", text(coverage.conditions)),
      (
        "tables",
        list(
          coverage.tables.map {
            object([("name", $0.name.jsonText), ("rows", text($0.rows)), ("cells", text($0.cells))])
          })
      ), ("not_seen", list(coverage.gaps.map(text))),
    ])
  }

  private func text(_ count: Coverage.Count) -> String {
    object([("seen", String(count.seen)), ("total", String(count.total)), ("percent", String(count.percent))])
  }

  private func text(_ gap: Coverage.Gap) -> String {
    object([
      ("kind", gap.kind.rawValue.jsonText), ("at", gap.place.lineReference.jsonText),
      ("part", gap.text.jsonText),
      ("what", gap.what.rawValue.jsonText),
    ])
  }

  // MARK: Mutants

  private func text(_ run: MutationRun) -> String {
    object([
      ("tried", String(run.tried)), ("noticed", String(run.killed)), ("unexplained", String(run.unexplained)),
      ("equivalent", String(run.equivalents)), ("left_out", String(run.leftOut)),
      ("survivors", list(run.survivors.map(text))),
    ])
  }

  private func text(_ survivor: MutationRun.Survivor) -> String {
    object([
      ("mutant", survivor.mutant.id.jsonText), ("at", survivor.mutant.place.lineReference.jsonText),
      ("change", survivor.mutant.change.jsonText), ("hint", survivor.mutant.hint.jsonText),
      ("accepted", survivor.reason?.jsonText ?? "null"),
    ])
  }

  private func object(_ members: [(String, String)]) -> String {
    "{\(members.map { "\"\($0)\": \($1)" }.joined(separator: ", "))}"
  }

  private func list(_ items: [String]) -> String { "[\(items.joined(separator: ", "))]" }
}
