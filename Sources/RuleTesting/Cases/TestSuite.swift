public import Diagnostics
public import RuleEvaluator

/// The tests of a rulebook, read and resolved; or what is wrong with them.
public struct TestSuite: Sendable {
  /// A mutant that may survive, and why.
  struct Acceptance: Sendable {
    var mutant: Located<String>
    var reason: String
  }

  public let rulebook: Rulebook
  public private(set) var cases: [TestCase] = []
  private(set) var acceptances: [Acceptance] = []
  /// What is wrong with the files, by place; with an error nothing may be run.
  public private(set) var diagnostics: [Diagnostic] = []

  /// Reads test files: `*.test.yaml`, in path order. Pure: whoever calls it has read them.
  ///
  /// - Parameter filter: cases whose name or file contains this text; all for nil.
  public init(_ files: [SourceText], of rulebook: Rulebook, filter: String? = nil) {
    self.rulebook = rulebook
    let reader = NodeReader()
    let declarations = files.compactMap { reader.testFile($0) }
    var bases = [String: BaseDeclaration]()
    for base in declarations.flatMap(\.bases) {
      if let first = bases[base.name.value] {
        reader.report(.duplicateBase(base.name, first: first.name.place))
      } else {
        bases[base.name.value] = base
      }
    }
    var compiler = CaseCompiler(rulebook, bases: bases, reader)
    for file in declarations {
      reportDuplicates(in: file, reader)
      for test in file.tests { cases += compiler.cases(of: test, in: file) }
      acceptances += file.acceptances.map { Acceptance(mutant: $0.mutant, reason: $0.reason) }
    }
    if let filter { cases = cases.filter { $0.name.contains(filter) || $0.place.file.contains(filter) } }
    diagnostics = reader.diagnostics.sortedByPlace()
  }

  /// How many tests the cases belong to; each has one case or more.
  public var testCount: Int { Set(cases.map(\.place)).count }

  private func reportDuplicates(in file: TestFileDeclaration, _ reader: NodeReader) {
    var seen = [String: Place]()
    for test in file.tests {
      if let first = seen[test.name.value] { reader.report(.duplicateTest(test.name, first: first)) }
      seen[test.name.value] = test.name.place
    }
  }
}
