import Diagnostics
import Foundation
import LocatedYAML
import RuleFormat
import Testing

@Suite("The layout of rule files")
struct FormatTests {
  @Test("is what the fixtures show", arguments: Sample.fixtures)
  func fixtures(sample: Sample) throws {
    let text = try sample.formatted()
    #expect(try text == sample.expected(recording: text))
    #expect(try Sample.format(text) == text)
  }

  @Test("leaves the reference rules as they are", arguments: Sample.files(below: "rules/technical-service"))
  func reference(sample: Sample) throws {
    #expect(try sample.formatted() == sample.text)
  }

  @Test("changes nothing but layout in any file of the project", arguments: Sample.files(below: ""))
  func project(sample: Sample) throws {
    guard case .formatted(let text) = RuleFormat.format(sample.source) else {
      var diagnostics: [Diagnostic] = []
      _ = YAMLDocument.load(sample.source, into: &diagnostics)
      #expect(!diagnostics.isEmpty, "a file without errors was refused")
      return
    }
    try expectSame(sample.text, text)
  }

  @Test(
    "copes with what is rare",
    arguments: [
      // Before, and after.
      ("a: |2-\n       x\n      y\n", "a: |2-\n       x\n      y\n"),
      ("a:\n   b: |2-\n       x\n      y\nc: 1\n", "a:\n  b: |2-\n      x\n     y\nc: 1\n"),
      ("---\n# c\na: 1\n...\n", "---\n# c\na: 1\n...\n"),
      ("\u{FEFF}a: 1\r\nb: |\r\n   t\r\n\r\n   u\r\n", "a: 1\nb: |\n  t\n\n  u\n"),
      ("'a b' :   x\n? k\n: v\n", "'a b': x\nk:\n  v\n"),
      ("a: \"x\n\n    y \\\n   z\"\n", "a: \"x\n\n  y \\\n  z\"\n"),
      ("- - a\n  - b\n-   - c\n- {a: , b}\n-\n", "- - a\n  - b\n- - c\n- {a: , b: }\n-\n"),
      ("a:\n- 1\n# about b\nb: 2\n\n\n# end\n", "a:\n  - 1\n# about b\nb: 2\n\n# end\n"),
      ("a: |+\n   x\n\n\nb: 1\n", "a: |+\n  x\n\n\nb: 1\n"),
      ("k: # why\n   v\nl:\n   # above\n   v\n", "k: # why\n  v\nl:\n  # above\n  v\n"),
      ("# only\n[a,   b]", "# only\n[a, b]\n"),
      ("-\n  # about a\n  a: 1\n- # b\n  b: 2\n", "-\n  # about a\n  a: 1\n- # b\n  b: 2\n"),
    ])
  func rare(before: String, after: String) throws {
    #expect(try Sample.format(before) == after)
    try expectSame(before, after)
  }

  @Test("aligns the rows of tables on request, and keeps them aligned")
  func align() throws {
    let text = """
      rows:
        - {id: P-1, type: suggestion, urgency: high, priority: medium}
        - {id: P-10, type: 功能故障, priority: low}
        - {id: P-3, urgency: any, priority: high}

      """
    let expected = """
      rows:
        - {id: P-1,  type: suggestion, urgency: high, priority: medium}
        - {id: P-10, type: 功能故障,                  priority: low}
        - {id: P-3,                    urgency: any,  priority: high}

      """
    let source = SourceText(path: "a.yaml", text: text)
    #expect(RuleFormat.format(source, alignsRows: true) == .formatted(expected))
    #expect(try Sample.format(expected) == expected)
    #expect(try Sample.format(text) == text)
    let wider = expected.replacing("功能故障, ", with: "功能故障和其他异常, ")
    #expect(
      try Sample.format(wider).contains(
        "{id: P-1,  type: suggestion,         urgency: high, priority: medium}"))
  }

  @Test("is refused to a file with errors")
  func errors() {
    let source = SourceText(path: "a.yaml", text: "a: [1\nb: 2\n")
    guard case .unreadable(let diagnostics) = RuleFormat.format(source) else {
      Issue.record("a file with errors was laid out")
      return
    }
    #expect(diagnostics.first?.place?.file == "a.yaml")
  }

  @Test("changes nothing but layout in generated files", arguments: 0..<400)
  func generated(seed: Int) throws {
    var generator = YAMLGenerator(seed: UInt64(seed))
    let text = generator.document()
    var diagnostics: [Diagnostic] = []
    let root = YAMLDocument.load(SourceText(path: "a.yaml", text: text), into: &diagnostics)
    try #require(root != nil && diagnostics.isEmpty, "the generator wrote no YAML: \(diagnostics)\n\(text)")
    for alignsRows in [false, true] {
      let outcome = RuleFormat.format(SourceText(path: "a.yaml", text: text), alignsRows: alignsRows)
      guard case .formatted(let formatted) = outcome else {
        Issue.record("refused:\n\(text)")
        return
      }
      try expectSame(text, formatted)
      #expect(generator.comments.allSatisfy(formatted.contains), "\(text)\n---\n\(formatted)")
    }
  }

  /// The same nodes, and the layout of the layout is itself.
  private func expectSame(_ before: String, _ after: String) throws {
    #expect(try outline(before) == outline(after), "\(before)\n---\n\(after)")
    let again = try Sample.format(after)
    #expect(again == after, "\(before)\n--- once:\n\(after)\n--- twice:\n\(again)")
    #expect(!after.split(separator: "\n").contains { $0.hasSuffix(" ") && !before.contains($0) })
  }

  private func outline(_ text: String) throws -> String {
    var diagnostics: [Diagnostic] = []
    let root = try #require(
      YAMLDocument.load(SourceText(path: "a.yaml", text: text), into: &diagnostics), "\(diagnostics)")
    return outline(root)
  }

  private func outline(_ node: Node) -> String {
    switch node.content {
    case .scalar(let scalar): "\(scalar.style) \(scalar.text.debugDescription)"
    case .sequence(let items): "[\(items.map(outline).joined(separator: ", "))]"
    case .mapping(let entries):
      "{\(entries.map { "\($0.key.value.debugDescription): \(outline($0.value))" }.joined(separator: ", "))}"
    case .refused: "refused"
    }
  }
}
