import Diagnostics
import Engine
import RuleEvaluator
import Testing

@testable import RuleTesting

@Suite("A slip of the pen in an expression")
struct ExpressionTextTests {
  @Test(
    "is another operator, number or truth value, outside of texts in quotes",
    arguments: [
      ("a == b", ["a != b"]),
      ("a <= 9 && !b", ["a < 9 && !b", "a <= 10 && !b", "a <= 9 || !b", "a <= 9 && b"]),
      (
        "x.matches('^[0-9] == \\' && 1$') || true",
        [
          "x.matches('^[0-9] == \\' && 1$') && true", "x.matches('^[0-9] == \\' && 1$') || false",
        ]
      ),
      ("field1 > 1.5", ["field1 >= 1.5"]),
      ("a + 1 != 2", ["a - 1 != 2", "a + 2 != 2", "a + 1 == 2", "a + 1 != 3"]),
      ("\"unfinished", []), ("", []),
    ])
  func slips(text: String, expected: [String]) {
    #expect(ExpressionTexts(text).slips.map(\.text) == expected)
  }

  @Test("is numbered among those of its kind, with its line")
  func numbers() {
    let slips = ExpressionTexts("a && b &&\n  c").slips
    #expect(slips.map(\.number) == [1, 2])
    #expect(slips[1].context == "a && b &&")
  }
}

@Suite("A pattern of names")
struct NamePatternTests {
  @Test(
    "takes any text for a star",
    arguments: [
      ("a", "a", true), ("a", "ab", false), ("a*", "a", true), ("a*", "abc", true), ("*c", "abc", true),
      ("*c", "abcd", false), ("a*c*e", "abcde", true), ("a*c*e", "abde", false), ("*", "", true),
      ("", "", true),
      ("*ab", "aab", true), ("*ab*ab", "abab", true), ("*ab*ab", "ab", false),
    ])
  func matches(pattern: String, name: String, expected: Bool) {
    #expect(NamePattern(pattern).matches(name) == expected)
  }
}

@Suite("The mutants of a rulebook")
struct MutantTests {
  @Test("have ids of their own, and differ from the rulebook in what they say")
  func ids() throws {
    let path = Fixture(name: "failures").path
    let rulebook = try #require(try LoadedRulebook(path).rulebook)
    let mutants = Mutants(rulebook) { (try? LoadedRulebook.expressions(of: $0, in: path)) ?? [] }
    let ids = mutants.mutants.map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(ids.contains("P-2.users=11..."))
    #expect(ids.contains("P-2.expr !=[1]==="))
    #expect(ids.contains("answer.target.high.target=3 working hours"))
    #expect(mutants.mutants.allSatisfy { !$0.change.isEmpty && !$0.hint.isEmpty })
  }

  @Test(
    "are made of the rulebook's parts, which make the same rulebook again, with patterns that share a text")
  func parts() throws {
    let path = Fixture(name: "patterns").path
    let rulebook = try #require(try LoadedRulebook(path).rulebook)
    let suite = TestSuite(try TestFolder(path).files, of: rulebook)
    #expect(suite.diagnostics.isEmpty)
    #expect(TestRun(suite).failures == 0)
    let again = Rulebook(Rulebook(rulebook.parts).parts)
    #expect(TestRun(TestSuite(try TestFolder(path).files, of: again)).failures == 0)
  }
}
