import Diagnostics
import LocatedYAML
import Testing

@Suite("What the YAML subset leaves out")
struct RefusalTests {
  @Test("is refused with its place and what to write instead", arguments: Fixture.all)
  func message(fixture: Fixture) throws {
    let source = try fixture.source()
    var diagnostics: [Diagnostic] = []
    _ = YAMLDocument.load(source, into: &diagnostics)
    let actual = TextRenderer(sources: [source], limit: nil).render(diagnostics)
    #expect(!actual.isEmpty)
    #expect(try actual == fixture.expected(recording: actual))
  }

  @Test("does not hide what follows it")
  func goesOn() throws {
    let source = SourceText(path: "r.yaml", text: "a: &x !t 1\nb: *x\n<<: {}\na: 2\n[k]: 3\nc: ok\n")
    var diagnostics: [Diagnostic] = []
    let root = try #require(YAMLDocument.load(source, into: &diagnostics))
    #expect(
      diagnostics.map(\.code.rawValue) == [
        "yaml-tag", "yaml-anchor", "yaml-alias", "merge-key", "duplicate-key", "complex-key",
      ])
    #expect(root.outline == "{a: refused, b: refused, c: 'ok'}")
  }

  @Test(
    "and lies in bytes or characters is found before parsing",
    arguments: [
      ("a: \u{0}b\n", "1:4 the invisible character U+0000 is not allowed"),
      ("a: b\n名: \u{7}\n", "2:4 the invisible character U+0007 is not allowed"),
      ("a: \u{85}b\n", "1:4 the invisible character U+0085 is not allowed"),
      ("a: \u{2028}b\n", "1:4 the invisible character U+2028 is not allowed"),
      ("a: \u{202E}b\n", "1:4 the invisible character U+202E is not allowed"),
      ("a: \u{FEFF}b\n", "1:4 the invisible character U+FEFF is not allowed"),
      ("a: \u{FFFE}b\n", "1:4 the invisible character U+FFFE is not allowed"),
      ("a: b\rc: d\n", "1:5 a carriage return stands alone"),
      ("a:\n\tb: c\n", "2:1 a tab indents this line"),
      ("a:\n  \tb: c\n \t\td\n", "2:3 a tab indents this line, 3:2 a tab indents this line"),
    ])
  func characters(text: String, expected: String) {
    #expect(messages(Array(text.utf8)) == expected)
  }

  @Test(
    "are bytes that no UTF-8 holds",
    arguments: [
      [0xFF], [0xC0, 0x80], [0xC3], [0xE4, 0xBD], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
      [0xE0, 0x80, 0x80],
      [0x80], [0xB9, 0xE6, 0xD4, 0xF2],
    ] as [[UInt8]])
  func invalidUTF8(bytes: [UInt8]) {
    let first = String(bytes[0], radix: 16, uppercase: true)
    #expect(messages(Array("甲: ".utf8) + bytes) == "1:4 the byte 0x\(first) is not valid UTF-8")
  }

  @Test("are files over 8 MiB, whose size is enough to refuse them")
  func size() {
    let limit = YAMLDocument.sizeLimit
    #expect(YAMLDocument.problems(ofSize: limit, path: "r.yaml").isEmpty)
    #expect(
      YAMLDocument.problems(ofSize: 1 << 30, path: "r.yaml").map(\.message) == [
        "the file has 1073741824 bytes; at most 8388608 are read"
      ])
    #expect(
      messages(Array(repeating: 0, count: limit + 1))
        == "1:1 the file has 8388609 bytes; at most 8388608 are read")
  }

  @Test("end the reading after 1000 messages")
  func manyProblems() {
    let text = "[" + String(repeating: "*a, ", count: 5000) + "]"
    var diagnostics: [Diagnostic] = []
    #expect(YAMLDocument.load(SourceText(path: "r.yaml", text: text), into: &diagnostics) == nil)
    #expect(diagnostics.count == 1001)
    #expect(diagnostics.last?.message == "1000 problems so far; the rest of the file was not read")
  }

  private func messages(_ bytes: [UInt8]) -> String {
    var diagnostics: [Diagnostic] = []
    _ = YAMLDocument.load(SourceText(path: "r.yaml", bytes: bytes), into: &diagnostics)
    return diagnostics.map { diagnostic in
      let start = diagnostic.place?.start
      return "\(start?.line ?? 0):\(start?.column ?? 0) \(diagnostic.message)"
    }.joined(separator: ", ")
  }
}
