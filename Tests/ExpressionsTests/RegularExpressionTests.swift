import Expressions
import Testing

@Suite("A regular expression")
struct RegularExpressionTests {
  @Test("matches a part, or the whole, of UTF-8 text")
  func matches() throws {
    let pattern = try RegularExpression("登.|x+")
    #expect(pattern.matches("未登录"))
    #expect(!pattern.matches("注销"))
    let text = Array("未登录".utf8)
    #expect(!text.withUnsafeBytes { pattern.matchesWhole($0) })
    #expect(Array("登录".utf8).withUnsafeBytes { pattern.matchesWhole($0) })
    #expect(try RegularExpression("").matches(""))
  }

  @Test(
    "says what it cannot do and where",
    arguments: [
      ("a(?=b)", "invalid perl operator: (?=", 1..<4), ("(a)\\1", "invalid escape sequence: \\1", 3..<5),
      ("登[", "missing ]: [", 3..<4), ("(x{1000}){1000}", "invalid repetition size: {1000}", 2..<8),
      ("(", "missing ): (", 0..<1),
    ])
  func refuses(pattern: String, reason: String, range: Range<Int>) {
    #expect(throws: RegularExpression.Failure(reason: reason, range: range)) {
      try RegularExpression(pattern)
    }
  }

  @Test("takes linear time where others take for ever")
  func linear() throws {
    #expect(!(try RegularExpression("^(a+)+$").matches(String(repeating: "a", count: 100_000) + "!")))
  }

  @Test("in a set is found with its index, in one pass over the text")
  func set() throws {
    let set = try RegularExpressionSet(["登录", "^a", "b$", "zzz"])
    #expect(set.matches("a 登录 b") == [0, 1, 2])
    #expect(set.matches("") == [])
    #expect(try RegularExpressionSet([]).matches("a") == [])
    #expect(try RegularExpressionSet(["a", "a.c"], matchesWhole: true).matches("abc") == [1])
    #expect(throws: RegularExpressionSet.Failure(index: 1, reason: "missing ): (")) {
      try RegularExpressionSet(["a", "("])
    }
  }
}
