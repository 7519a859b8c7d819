import Diagnostics
import RuleSyntax
import Testing

/// Each of these ends in declarations or in messages; a crash, a hang or a run of minutes is the failure.
@Suite("A damaged rulebook ends in messages")
struct RobustnessTests {
  private func expectSound(_ source: SourceText, _ diagnostics: [Diagnostic]) {
    for diagnostic in diagnostics {
      #expect(diagnostic.place != nil && !diagnostic.message.isEmpty)
      _ = TextRenderer(sources: [source]).render(diagnostic)
    }
  }

  @Test("when a character is replaced or the rest is cut off", arguments: 1...5)
  func damaged(seed: UInt64) throws {
    var generator = SplitMix(state: seed)
    let alphabet = Array("\t\n :-[]{}'\"|><!&*#%,?@.()=甲\u{0}".utf8)
    for source in try Fixture.named("complete").sources(".yaml") {
      for _ in 0..<60 {
        var bytes = source.bytes
        let index = Int.random(in: 0..<bytes.count, using: &generator)
        bytes[index] = alphabet.randomElement(using: &generator) ?? 0
        if Int.random(in: 0..<4, using: &generator) == 0 { bytes.removeLast(bytes.count - index) }
        let damaged = SourceText(path: source.path, bytes: bytes)
        expectSound(damaged, RulebookSyntax.parse(files: [damaged]).diagnostics)
      }
    }
  }

  @Test("when a CSV table is cut or any byte of it is replaced")
  func damagedTable() throws {
    let source = try #require(try Fixture.named("complete").sources(".csv").first)
    let table = try #require(
      RulebookSyntax.parse(files: try Fixture.named("complete").sources(".yaml")).rulebook.routing?.table)
    for index in source.bytes.indices {
      for replacement: UInt8? in [nil, 0x22, 0x2C, 0x0A, 0x0D, 0x00, 0xFF] {
        var bytes = source.bytes
        if let replacement { bytes[index] = replacement } else { bytes.removeLast(bytes.count - index) }
        let damaged = SourceText(path: source.path, bytes: bytes)
        var diagnostics: [Diagnostic] = []
        var ids: [String: Place] = [:]
        _ = CSVTableSyntax.parse(damaged, for: table, ids: &ids, into: &diagnostics)
        expectSound(damaged, diagnostics)
      }
    }
  }

  @Test("of which there are at most a thousand a file, and a last one that says so")
  func manyProblems() {
    let text = "format: 1\nrulebook: r\n" + (0..<3_000).map { "k\($0): v\n" }.joined()
    let diagnostics = RulebookSyntax.parse(files: [SourceText(path: "r.yaml", text: text)]).diagnostics
    #expect(diagnostics.count == 1_001)
    #expect(
      diagnostics.last?.message
        == "this and what follows in the file is not listed: there are too many problems")
    #expect(diagnostics.last?.place?.start.line == 1_003)
  }

  @Test(
    "or in declarations, however long a cell, a name or a list is",
    arguments: [
      "type: " + String(repeating: "a | ", count: 50_000) + "b",
      "type: >-\n          " + String(repeating: "a |\n          ", count: 20_000) + "b",
      "type: \"\\u4e00 | " + String(repeating: "a | ", count: 50_000) + "b\"",
      "type: " + String(repeating: "(", count: 100_000),
      "type: " + String(repeating: "not ", count: 100_000),
      "type: " + String(repeating: "a.", count: 100_000),
      "type: [" + String(repeating: "'a | b', ", count: 20_000) + "]",
      (0..<20_000).map { "k\($0): v" }.joined(separator: "\n        "),
      String(repeating: "k", count: 1_000) + ": v",
    ])
  func long(row: String) {
    let text = """
      format: 1
      rulebook: r
      tables:
        t:
          hit: first
          inputs: [type, \(String(repeating: "k", count: 1_001))]
          outputs: [level]
          rows:
            - id: R-01
              level: x
              \(row)
      """
    let source = SourceText(path: "r.yaml", text: text)
    let (rulebook, diagnostics) = RulebookSyntax.parse(files: [source])
    #expect(rulebook.tables.count == 1)
    #expect(diagnostics.count <= 1_001)
  }
}
