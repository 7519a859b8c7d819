import Diagnostics
import Testing

@Suite("A rendered message")
struct TextRendererTests {
  let source = SourceText(path: "r.yaml", text: "format: 1\n规则: {名称: 甲, 名称: 乙}\n")

  @Test("quotes the line and puts the caret under wide characters")
  func caret() {
    let place = Place(
      file: "r.yaml", start: Position(line: 2, column: 13), end: Position(line: 2, column: 15))
    let message = Diagnostic(
      "yaml-duplicate-key", .error, "the key '名称' stands twice", at: place, hint: "remove one of them",
      related: [.init("the first one", at: Place(file: "r.yaml", line: 2, column: 6))])
    #expect(
      TextRenderer(sources: [source]).render([message]) == """
        r.yaml:2:13: error: the key '名称' stands twice [yaml-duplicate-key]
          |
        2 | 规则: {名称: 甲, 名称: 乙}
          |                  ^^^^
          = remove one of them
          = r.yaml:2: the first one

        """)
  }

  @Test("list is sorted, without repeats, and capped with a count of the rest")
  func capped() {
    let messages = [3, 1, 2, 1].map { Diagnostic("c", .warning, "m\($0)", at: Place(file: "f", line: $0)) }
    #expect(
      TextRenderer(limit: 2).render(messages) == """
        f:1:1: warning: m1 [c]

        f:2:1: warning: m2 [c]

        1 more

        """)
  }
}
