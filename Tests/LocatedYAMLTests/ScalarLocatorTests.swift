import Diagnostics
import LocatedYAML
import Testing

@Suite("A stretch of a scalar's text is found in the source")
struct ScalarLocatorTests {
  /// The value of the key `a`, and what the source has where `word` stands in its text.
  private func find(_ word: String, in text: String) throws -> (written: String, place: Place) {
    let source = SourceText(path: "r.yaml", text: text)
    var diagnostics: [Diagnostic] = []
    let root = try #require(YAMLDocument.load(source, into: &diagnostics))
    guard case .mapping(let entries) = root.content, case .scalar(let scalar)? = entries.first?.value.content
    else {
      throw Diagnostic("no-scalar", .error, "no scalar", at: nil)
    }
    let located = Located(scalar.text, at: entries[0].value.place)
    let characters = Array(scalar.text.unicodeScalars)
    let wanted = Array(word.unicodeScalars)
    let start = try #require(characters.indices.first { characters[$0...].starts(with: wanted) })
    let lines = LineIndex(source)
    let place = lines.place(of: start..<start + wanted.count, in: located)
    return (lines.text(at: place), place)
  }

  @Test(
    "through quotes, escapes, folds and indentation",
    arguments: [
      ("a: one two three\n", "two", "two", "1:8"),
      ("甲: 低 | 中文\n", "中文", "中文", "1:8"),
      ("a: 'it''s two'\n", "two", "two", "1:11"),
      ("a: 'it''s two'\n", "'s", "''s", "1:7"),
      ("a: \"\\u4e00\\n\\x41 two\"\n", "two", "two", "1:18"),
      ("a: \"\\u4e00\\n\\x41 two\"\n", "A", "\\x41", "1:13"),
      ("a: \"one \\\n   two\"\n", "two", "two", "2:4"),
      ("a: one\n\n   two\n  three\n", "three", "three", "4:3"),
      ("a: 'one\n\n   two\n  three'\n", "three", "three", "4:3"),
      ("a: |-\n  one\n\n    two\n", "two", "two", "4:5"),
      ("a: |2-\n    one\n   two\n", "two", "two", "3:4"),
      ("a: >-  # comment\n  one\n  two\n\n  three\n", "three", "three", "5:3"),
      ("\u{FEFF}a: |\r\n  one\r\n  two\r\n", "two", "two", "3:3"),
    ])
  func located(text: String, word: String, written: String, start: String) throws {
    let found = try find(word, in: text)
    #expect(found.written == written)
    #expect("\(found.place.start.line):\(found.place.start.column)" == start)
  }

  @Test("behind a thousand characters of one line")
  func longLine() throws {
    let padding = String(repeating: "中x", count: 1_000)
    #expect(try find("two", in: "a: \(padding) two\n").place.start.column == 2_005)
    #expect(try find("two", in: "a: \(padding) two\n").written == "two")
  }

  @Test("as a point where it is empty, up to the end of the text")
  func empty() throws {
    let source = SourceText(path: "r.yaml", text: "a: 'bc'\n")
    let lines = LineIndex(source)
    let place = Place(file: "r.yaml", start: Position(line: 1, column: 4), end: Position(line: 1, column: 8))
    for (offset, column) in [(0, 5), (1, 6), (2, 7), (9, 7)] {
      let found = lines.place(of: offset..<offset, in: Located("bc", at: place))
      #expect(found.start == Position(line: 1, column: column) && found.end == found.start)
    }
  }

  @Test("and a comment behind it is noticed")
  func comment() {
    let lines = LineIndex(SourceText(path: "r.yaml", text: "a: b # c\nd: e\nf: g#h\n"))
    func hasComment(_ line: Int, _ column: Int) -> Bool {
      let end = Position(line: line, column: column)
      return lines.hasComment(after: Place(file: "r.yaml", start: end, end: end))
    }
    #expect(hasComment(1, 5))
    #expect(!hasComment(2, 5))
    #expect(!hasComment(3, 7))
    #expect(!hasComment(9, 1))
  }
}
