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

  /// The codes in the files that hold the compiler's wording.
  private func codesOfWording() throws -> Set<String> {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/RuleCompiler")
    let code = #/Diagnostic\(\s*"([a-z-]+)"/#
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter {
      $0.hasSuffix("Wording.swift")
    }
    return Set(
      try files.flatMap { file in
        try String(contentsOf: folder.appending(path: file), encoding: .utf8).matches(of: code).map {
          String($0.1)
        }
      })
  }
}
