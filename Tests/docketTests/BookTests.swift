import Foundation
import Testing

@Suite("The policy book of the reference rulebook")
struct ReferenceBookTests {
  @Test(
    "holds every rule in words, as recorded",
    arguments: [("zh", "markdown", "zh.md"), ("en", "markdown", "en.md"), ("zh", "html", "zh.html")])
  func golden(language: String, format: String, file: String) throws {
    let result = try Program.run(
      ["doc", "rules/technical-service", "--language", language, "--format", format], in: Folders.repository)
    #expect(result.errors == "" && result.status == 0)
    let book = result.output.replacing(/technical-service@[0-9a-f]+/, with: "technical-service@")
    let path = URL(filePath: "\(Folders.tests)/Fixtures/book/\(file)")
    if isRecording { try Data(book.utf8).write(to: path) }
    #expect(book == String(decoding: try Data(contentsOf: path), as: UTF8.self))
    let ids = try Self.ids()
    #expect(ids.count > 70)
    for id in ids { #expect(book.contains(id), "\(id)") }
  }

  /// The ids of all rules, and the names of windows and teams, as the files write them.
  private static func ids() throws -> Set<String> {
    var ids = Set<String>()
    for file in try FileManager.default.contentsOfDirectory(atPath: ReferenceRulebook.folder)
    where file.hasSuffix(".yaml") {
      let text = String(
        decoding: try Data(contentsOf: URL(filePath: "\(ReferenceRulebook.folder)/\(file)")), as: UTF8.self)
      for match in text.matches(of: /id: ([A-Z]-[0-9]+(-[0-9]+)?)/) { ids.insert(String(match.1)) }
      if file != "windows.yaml" { continue }
      for match in text.matches(of: /\n  ([a-z-]+):\n/) { ids.insert(String(match.1)) }
    }
    return ids
  }

  @Test("goes to a file, in the language of the rules") func output() throws {
    let folder = TemporaryFolder()
    let result = try Program.run(
      ["doc", ReferenceRulebook.folder, "--output", "book.md"], in: folder.path)
    #expect(result.status == 0 && result.output == "" && result.errors == "")
    let text = try String(contentsOfFile: "\(folder.path)/book.md", encoding: .utf8)
    #expect(text.hasPrefix("# 技术服务问题管理：规则手册\n"))
  }

  @Test("is refused where the rules have errors") func unsound() throws {
    let result = try Program.run(["doc", "broken"], in: Folders.workspace)
    #expect(result.status == 2 && result.output == "" && result.errors.contains("error"))
  }
}
