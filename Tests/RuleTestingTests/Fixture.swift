import Diagnostics
import Engine
import Foundation
import RuleEvaluator
import RuleTesting
import Testing

/// A folder below `Fixtures`: rules, tests, and what is said of them, `expected.txt`.
struct Fixture: CustomTestStringConvertible, Sendable {
  let name: String

  var testDescription: String { name }
  var path: String { folder.path }
  private var folder: URL {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name)")
  }

  /// All that is said, in the order in which the command says it.
  func report(coverage: Bool, mutates: Bool) async throws -> String {
    let loaded = try LoadedRulebook(folder.path)
    guard let rulebook = loaded.rulebook else {
      return TextRenderer(sources: loaded.sources).render(loaded.diagnostics)
    }
    let files = try TestFolder(folder.path).files
    let suite = TestSuite(files, of: rulebook)
    if !suite.diagnostics.isEmpty {
      return TextRenderer(sources: files, limit: nil).render(suite.diagnostics)
    }
    let run = TestRun(suite)
    var text = TestText(sources: loaded.sources + files, usesColor: false).text(run, of: suite)
    if coverage { text += "\n" + CoverageText().text(run.coverage) }
    if mutates {
      let path = folder.path
      let mutation = await MutationRun(suite, jobs: 2) { variants in
        (try? LoadedRulebook.expressions(of: variants, in: path)) ?? []
      }
      text += "\n" + MutationText(sources: files, usesColor: false).text(mutation)
    }
    return text
  }

  /// What `actual` must equal. With DOCKET_RECORD=1 it becomes the expectation: look at the difference before you keep it.
  func expected(recording actual: String) throws -> String {
    let file = folder.appending(path: "expected.txt")
    if ProcessInfo.processInfo.environment["DOCKET_RECORD"] == "1" {
      try Data(actual.utf8).write(to: file)
    }
    return String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }
}
