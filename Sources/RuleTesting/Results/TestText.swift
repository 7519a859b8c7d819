public import Diagnostics

/// Results of tests as people read them.
public struct TestText: Sendable {
  private let renderer: TextRenderer
  private let sources: [SourceText]

  /// - Parameter sources: the test files and the rule files, whose lines are quoted.
  public init(sources: [SourceText], usesColor: Bool) {
    self.sources = sources
    renderer = TextRenderer(sources: sources, limit: nil, usesColor: usesColor)
  }

  /// Each failed case with all that is not as expected, then the count.
  public func text(_ run: TestRun, of suite: TestSuite) -> String {
    run.results.filter { !$0.passed }.map { failure($0) + "\n" }.joined() + Self.summary(run, of: suite)
      + "\n"
  }

  /// One failed case.
  func failure(_ result: CaseResult) -> String {
    "FAIL \(result.testCase.place.lineReference): \(result.testCase.name)\n"
      + result.mismatches.map { renderer.render($0.diagnostic) }.joined()
  }

  /// The same without colours, for reports that machines read.
  func plainFailure(_ mismatch: Mismatch) -> String {
    TextRenderer(sources: sources, limit: nil).render(mismatch.diagnostic)
  }

  static func summary(_ run: TestRun, of suite: TestSuite) -> String {
    let count = suite.cases.count
    let all = "\(counted(suite.testCount, "test")), \(counted(count, "case"))"
    return run.failures == 0 ? "\(all): all passed" : "\(all): \(run.failures) failed"
  }
}
