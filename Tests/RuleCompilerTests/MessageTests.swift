import Diagnostics
import Foundation
import RuleCompiler
import Testing

@Suite("What is wrong with a rulebook")
struct MessageTests {
  @Test("is said with its place and what to write instead", arguments: Fixture.all)
  func messages(fixture: Fixture) throws {
    let compilation = try fixture.compile()
    let sources = try fixture.rules + compilation.resources
    let actual = TextRenderer(sources: sources, limit: nil).render(compilation.diagnostics)
    #expect(!actual.isEmpty)
    #expect((compilation.rulebook == nil) == compilation.diagnostics.containsErrors)
    #expect(try actual == fixture.expected(recording: actual))
  }

  @Test("is asserted for every message that the compiler has")
  func everyMessage() throws {
    let said = try Fixture.all.flatMap { try $0.compile().diagnostics.map(\.code.rawValue) }
    let wording = try codesOfWording()
    #expect(wording.count > 30)
    #expect(wording.subtracting(said) == [])
  }

  /// The codes in the file that holds the compiler's wording.
  private func codesOfWording() throws -> Set<String> {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/RuleCompiler/Wording.swift")
    let code = #/Diagnostic\(\s*"([a-z-]+)"/#
    return Set(try String(contentsOf: file, encoding: .utf8).matches(of: code).map { String($0.1) })
  }
}
