import Diagnostics
import Reports
import RuleEvaluator

extension TestText {
  /// The run as JUnit XML: a suite a file, a case a case.
  public func junit(_ run: TestRun, of suite: TestSuite) -> String {
    var files = [String]()
    var cases = [String: [JUnitDocument.Case]]()
    for result in run.results {
      let file = result.testCase.place.file
      if cases[file] == nil { files.append(file) }
      cases[file, default: []].append(junitCase(result))
    }
    return JUnitDocument(
      name: suite.rulebook.name,
      suites: files.map { JUnitDocument.Suite(name: $0, file: $0, cases: cases[$0] ?? []) }
    ).xml
  }

  private func junitCase(_ result: CaseResult) -> JUnitDocument.Case {
    JUnitDocument.Case(
      name: result.testCase.name, className: result.testCase.place.file,
      failures: result.mismatches.map {
        JUnitDocument.Failure(message: $0.message, type: "expectation", text: plainFailure($0))
      })
  }
}
