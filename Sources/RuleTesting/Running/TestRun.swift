import RuleEvaluator

/// What came of all cases of a suite.
public struct TestRun: Sendable {
  /// In the order in which they were written.
  public private(set) var results: [CaseResult] = []
  public let coverage: Coverage

  public var failures: Int { results.count { !$0.passed } }

  /// Runs every case. Pure and in one thread; a case takes some microseconds for each instant.
  ///
  /// - Precondition: the suite has no errors.
  public init(_ suite: TestSuite) {
    var use = RuleUse(suite.rulebook)
    let runner = CaseRunner(suite.rulebook, explains: true)
    for testCase in suite.cases {
      results.append(CaseResult(testCase: testCase, mismatches: runner.run(testCase, noting: &use)))
    }
    coverage = Coverage(use, of: suite.rulebook)
  }
}
