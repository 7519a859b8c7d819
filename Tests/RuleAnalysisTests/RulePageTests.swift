import Diagnostics
import Foundation
import RuleAnalysis
import RuleCompiler
import TestSupport
import Testing
import WorkingTime

@Suite("The page of a code")
struct RulePageTests {
  @Test("has an example that raises the code", arguments: RulePage.all.map(\.code.rawValue))
  func example(code: String) throws {
    let page = try #require(RulePage.page(for: DiagnosticCode(rawValue: code)))
    let raised = Self.diagnostics(of: page).filter { $0.code == page.code }
    #expect(!raised.isEmpty, "\(page.code.rawValue): \(Self.diagnostics(of: page).map(\.code.rawValue))")
  }

  @Test("is there for every code that the sources declare, and for no other")
  func complete() throws {
    let declared = try Self.declaredCodes()
    #expect(declared.count > 120)
    #expect(Set(RulePage.all.map(\.code.rawValue)).symmetricDifference(declared).sorted() == [])
    #expect(RulePage.all.count == declared.count)
  }

  @Test("tells what, why and how to mend it, in whole sentences")
  func sentences() {
    for page in RulePage.all {
      for text in [page.what, page.why, page.fix] {
        #expect(text.first?.isLowercase == false && text.hasSuffix("."), "\(page.code.rawValue): \(text)")
      }
      #expect(page.text.hasPrefix(page.code.rawValue + "\n\n"))
    }
  }

  @Test("stands in docs/lint-rules.md")
  func document() throws {
    let title = """
      # What docket lint finds

      One section a code, made from the declarations in `Sources/RuleAnalysis/Pages`; `docket lint --explain CODE` prints the
      same. The examples stand behind the lines `format: 1` and `rulebook: example`.


      """
    let text = title + RulePage.all.map(\.markdown).joined(separator: "\n")
    let file = Self.repository.appending(path: "docs/lint-rules.md")
    #expect(text == (try Self.recorded(text, in: file)))
  }

  @Test("has messages in these words")
  func messages() throws {
    var text = ""
    for page in RulePage.all {
      let file = SourceText(path: "rules.yaml", bytes: page.example.bytes)
      let isShort = page.example.bytes.count < 4000
      let raised = Self.diagnostics(of: page).filter { $0.code == page.code }.prefix(2)
      let renderer = TextRenderer(sources: isShort ? [file] : [])
      text +=
        raised.map { renderer.render($0) + ($0.fix.map { "   = fix: \($0.title)\n" } ?? "") }.joined() + "\n"
    }
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    #expect(text == (try Self.recorded(text, in: folder.appending(path: "Fixtures/messages.txt"))))
  }

  // MARK: What there is

  static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// What is recorded. With DOCKET_RECORD=1 `actual` is recorded first: look at the difference before you keep it.
  private static func recorded(_ actual: String, in file: URL) throws -> String {
    if ProcessInfo.processInfo.environment["DOCKET_RECORD"] == "1" { try Data(actual.utf8).write(to: file) }
    return String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }

  /// The messages of loading and analysing a page's example, as of June 2026.
  static func diagnostics(of page: RulePage) -> [Diagnostic] {
    let others = page.example.files.filter { $0.path.hasSuffix(".yaml") }.map {
      SourceText(path: $0.path, text: $0.text)
    }
    let rules = [SourceText(path: "rules.yaml", bytes: page.example.bytes)] + others
    let compilation = compilation(
      of: rules, resources: Dictionary(uniqueKeysWithValues: page.example.files.map { ($0.path, $0.text) }),
      today: CivilDate(year: 2026, month: 6, day: 15))
    let analysis = compilation.rulebook.map {
      RuleAnalysis(
        $0, sources: rules + compilation.resources, today: CivilDate(year: 2026, month: 6, day: 15),
        effort: 100_000
      ).findings().map(\.diagnostic)
    }
    return (compilation.diagnostics + (analysis ?? [])).sortedByPlace()
  }

  /// The codes in the sources of the modules that read, compile and analyse rules.
  private static func declaredCodes() throws -> Set<String> {
    var codes = Set<String>()
    for module in ["LocatedYAML", "RuleSyntax", "RuleCompiler", "RuleAnalysis"] {
      for source in try sources(of: module) where !source.contains("extension RulePage") {
        codes.formUnion(source.matches(of: /Diagnostic\(\s*"([a-z0-9-]+)"/).map { String($0.1) })
      }
    }
    // Problems of expressions have a place in them; errors of their evaluation are findings about tickets.
    let sections = try sources(of: "Expressions").flatMap { $0.components(separatedBy: "\n}\n") }
    for section in sections where section.contains("extension ExpressionProblem {") {
      codes.formUnion(section.matches(of: /Self\(\s*"(expression-[a-z-]+)"/).map { String($0.1) })
    }
    return codes
  }

  private static func sources(of module: String) throws -> [String] {
    let folder = repository.appending(path: "Sources/\(module)")
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    return try paths.filter { $0.hasSuffix(".swift") }.map {
      try String(contentsOf: folder.appending(path: $0), encoding: .utf8)
    }
  }
}
