import Diagnostics
import Testing

@Suite("A source text")
struct SourceTextTests {
  @Test("does not count a byte order mark as the first column")
  func byteOrderMark() {
    let source = SourceText(path: "r.yaml", bytes: SourceText.byteOrderMark + Array("甲b\r\nc".utf8))
    #expect(source.line(1) == "甲b")
    #expect(source.line(2) == "c")
    #expect(source.position(ofByte: 3) == Position(line: 1, column: 1))
    #expect(source.position(ofByte: 6) == Position(line: 1, column: 2))
    #expect(source.position(ofByte: 9) == Position(line: 2, column: 1))
    #expect(source.position(ofByte: 0) == Position(line: 1, column: 1))
  }

  @Test(
    "is quoted on one line, and cut after 60 characters",
    arguments: [
      ("a", "'a'"), ("", "''"), ("a\nb\tc", "'a b c'"),
      (String(repeating: "中", count: 60), "'" + String(repeating: "中", count: 60) + "'"),
      (String(repeating: "中", count: 61), "'" + String(repeating: "中", count: 60) + "…'"),
    ])
  func quotation(text: String, expected: String) {
    #expect(quoted(text) == expected)
  }
}
