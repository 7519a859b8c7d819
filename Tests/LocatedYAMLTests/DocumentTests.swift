import Diagnostics
import LocatedYAML
import Testing

@Suite("A document")
struct DocumentTests {
  private func load(_ text: String) throws -> Node {
    var diagnostics: [Diagnostic] = []
    let root = YAMLDocument.load(SourceText(path: "r.yaml", text: text), into: &diagnostics)
    #expect(diagnostics == [])
    return try #require(root)
  }

  @Test("types no scalar by its look")
  func scalars() throws {
    let root = try load(
      "a: no\nb: 012\nc: 22:30\nd: 2026-03-01\ne: ~\nf: null\ng:\nh: ''\ni: 0x1F\nj: .inf\n")
    #expect(
      root.outline
        == "{a: 'no', b: '012', c: '22:30', d: '2026-03-01', e: '~', f: 'null', g: '', h: '', i: '0x1F', j: '.inf'}"
    )
  }

  @Test("keeps the style of each scalar")
  func styles() throws {
    guard case .sequence(let items) = try load("- a\n- 'a'\n- \"a\"\n- |-\n  a\n- >-\n  a\n-\n").content
    else {
      Issue.record("no sequence")
      return
    }
    let scalars = items.map { $0.content }
    #expect(
      scalars == [
        .scalar(Scalar("a", style: .plain)), .scalar(Scalar("a", style: .singleQuoted)),
        .scalar(Scalar("a", style: .doubleQuoted)), .scalar(Scalar("a", style: .literal)),
        .scalar(Scalar("a", style: .folded)), .scalar(Scalar("", style: .plain)),
      ])
    #expect(Scalar("").isMissing)
    #expect(!Scalar("", style: .singleQuoted).isMissing)
  }

  @Test(
    "has places that end with the last value, not with the next token",
    arguments: [
      ("a:\n  b: 1\n\n\nc: 2\n", "b", "2:6-2:7"),
      ("a:\n  - x\n  - yy\nc: 2\n", "a", "2:3-3:7"),
      ("甲: {乙: 丙}\n", "甲", "1:4-1:10"),
      ("甲: {乙: 丙}\n", "乙", "1:8-1:9"),
      ("a: [1,\n  2]\n", "a", "1:4-2:5"),
      ("a: 'x y'\n", "a", "1:4-1:9"),
      ("\u{FEFF}a: x\r\nb: y\r\n", "b", "2:4-2:5"),
    ])
  func places(text: String, key: String, expected: String) throws {
    let place = try #require(value(of: key, in: try load(text))).place
    let (start, end) = (place.start, place.end)
    #expect("\(start.line):\(start.column)-\(end.line):\(end.column)" == expected)
  }

  @Test("may begin with a byte order mark or '---', end with '...', and hold empty collections")
  func frame() throws {
    #expect(try load("\u{FEFF}---\na: []\nb: {}\n...\n").outline == "{a: [], b: {}}")
  }

  @Test("may nest 64 deep")
  func depth() throws {
    let depth = YAMLDocument.depthLimit
    #expect(
      try load(String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).outline.count
        == 128)
  }

  @Test("may have a tab behind the first character of a line")
  func tabs() throws {
    #expect(try load("a:\tb\nc: 'x\ty'\n").outline == "{a: 'b', c: 'x\ty'}")
  }

  private func value(of key: String, in node: Node) -> Node? {
    guard case .mapping(let entries) = node.content else { return nil }
    for entry in entries {
      if entry.key.value == key { return entry.value }
      if let found = value(of: key, in: entry.value) { return found }
    }
    return nil
  }
}
