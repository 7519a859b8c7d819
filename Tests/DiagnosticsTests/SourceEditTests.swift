import Diagnostics
import Testing

@Suite("Edits of a file")
struct SourceEditTests {
  private func edit(_ line: Int, _ columns: Range<Int>, _ text: String, file: String = "a") -> Fix.Edit {
    let start = Position(line: line, column: columns.lowerBound)
    return Fix.Edit(
      Place(file: file, start: start, end: Position(line: line, column: columns.upperBound)),
      replacement: text)
  }

  private func applied(_ edits: [Fix.Edit], to text: String) -> String? {
    SourceText(path: "a", text: text).applying(edits).map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  @Test(
    "replace, insert and delete by characters, whatever the line ends",
    arguments: ["one: 甲乙\ntwo: b\n", "one: 甲乙\r\ntwo: b\r\n", "\u{FEFF}one: 甲乙\ntwo: b\n"])
  func characters(text: String) throws {
    let edited = try #require(
      applied([edit(2, 6..<7, "bb"), edit(1, 7..<8, ""), edit(1, 1..<1, "# ")], to: text))
    #expect(
      edited == text.replacing("one", with: "# one").replacing("乙", with: "").replacing("b", with: "bb"))
  }

  @Test("take whole lines away, the last one without an end, too")
  func lines() {
    let lines = Place(file: "a", start: Position(line: 2, column: 1), end: Position(line: 3, column: 1))
    #expect(applied([Fix.Edit(lines, replacement: "")], to: "x\ny\nz") == "x\nz")
    #expect(applied([Fix.Edit(lines, replacement: "")], to: "x\ny") == "x\n")
  }

  @Test("stop at the end of a line, and leave other files alone")
  func ends() {
    #expect(applied([edit(1, 3..<99, "!")], to: "abcd\ne") == "ab!\ne")
    #expect(applied([edit(1, 1..<2, "!", file: "b")], to: "abcd") == "abcd")
  }

  @Test("that overlap are not made")
  func overlapping() {
    #expect(applied([edit(1, 1..<3, "x"), edit(1, 2..<4, "y")], to: "abcd") == nil)
  }

  @Test("of several messages are made together as far as they do not touch")
  func compatible() {
    func message(_ columns: Range<Int>, _ title: String) -> Diagnostic {
      Diagnostic("c", .error, "m", at: nil, fix: Fix(title, [edit(1, columns, title)]))
    }
    let messages = [message(1..<3, "a"), message(2..<4, "b"), message(4..<5, "c"), message(4..<4, "d")]
    #expect(messages.compatibleFixes.map(\.title) == ["a", "c"])
  }
}

@Suite("The suggestion of a name")
struct SuggestionTests {
  private func suggested(_ name: String, _ names: [String]) -> Diagnostic {
    Diagnostic("c", .error, "m", at: nil).suggesting(
      Located(name, at: Place(file: "a", line: 1)), among: names, else: "none is near")
  }

  @Test("is a fix where one name is nearest")
  func fix() {
    let diagnostic = suggested("impct", ["type", "impact"])
    #expect(diagnostic.hint == "did you mean 'impact'?")
    #expect(diagnostic.fix?.title == "replace 'impct' by 'impact'")
    #expect(diagnostic.fix?.edits.map(\.replacement) == ["impact"])
  }

  @Test("is a hint alone where two are as near, or where it would need quotes")
  func hint() {
    #expect(suggested("cat", ["car", "can"]).fix == nil)
    #expect(suggested("cat", ["car", "can"]).hint == "did you mean 'car'?")
    #expect(suggested("a: c", ["a: b"]).fix == nil)
    #expect(suggested("2.4", ["2.5"]).fix == nil)
  }

  @Test("is another hint where none is near")
  func other() { #expect(suggested("zebra", ["type"]).hint == "none is near") }
}
