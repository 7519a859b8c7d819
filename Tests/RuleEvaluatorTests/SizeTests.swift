import TestSupport
import Testing
import TicketModel

@testable import RuleEvaluator

@Suite("The size of a value")
struct SizeTests {
  private static let rules = """
    fields:
      id: {type: string, label: {zh: 编号}}
      description: {type: string, max_length: 6, label: {zh: 描述, en: Description}}
      tags: {type: list, max_items: 20, of: {type: string, max_length: 40}, label: {zh: 标签, en: Tags}}
      steps:
        type: list
        label: {zh: 步骤, en: Steps}
        of: {type: object, fields: {text: {type: string, max_length: 3}, ids: {type: list, max_items: 1}}}
    checks:
      - {id: C-1, expr: "tags.orValue([]).all(t, tags.orValue([]).exists_one(u, u == t))"}
    """

  private func messages(_ record: String, _ language: String) throws -> [String] {
    let rulebook = try compile(Self.rules)
    let ticket = try rulebook.ticket(record)
    let decision = rulebook.decision(about: ticket, at: try instant("2026-03-02T12:00Z"))
    let text = FindingText(rulebook, language: language)
    return decision.findings.map { text.message(of: $0, of: ticket, decision) }
  }

  @Test(
    "that is larger than its field declares is a finding",
    arguments: [
      (#"{"description": "登录后页面空"}"#, nil, nil),
      (
        #"{"description": "登录后页面空白"}"#, "Description has 7 characters, at most 6 are allowed",
        "“描述”有 7 个字符，最多 6 个"
      ),
      (
        #"{"tags": ["a","b","c","d","e","f","g","h","i","j","k","l","m","n","o","p","q","r","s","t","u"]}"#,
        "Tags has 21 items, at most 20 are allowed", "“标签”有 21 项，最多 20 项"
      ),
      (
        #"{"tags": ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"]}"#,
        "a part of Tags is larger than its field declares", "“标签”中有内容超出声明的大小"
      ),
      (#"{"steps": [{"text": "abc", "ids": ["x"]}]}"#, nil, nil),
      (
        #"{"steps": [{"text": "abcd"}]}"#, "a part of Steps is larger than its field declares",
        "“步骤”中有内容超出声明的大小"
      ),
      (
        #"{"steps": [{"ids": ["x", "y"]}]}"#, "a part of Steps is larger than its field declares",
        "“步骤”中有内容超出声明的大小"
      ),
    ] as [(String, String?, String?)])
  func tooLarge(record: String, english: String?, chinese: String?) throws {
    #expect(try messages(record, "en") == (english.map { [$0] } ?? []))
    #expect(try messages(record, "zh") == (chinese.map { [$0] } ?? []))
  }

  @Test("can make an expression run out of steps, which names the part that took them")
  func budget() throws {
    let tags = (0..<1_500).map { "\"\($0)\"" }.joined(separator: ",")
    #expect(
      try messages(#"{"tags": [\#(tags)]}"#, "en") == [
        "Tags has 1500 items, at most 20 are allowed",
        "an expression has no value: the evaluation took more than 1000000 steps in "
          + "'tags.orValue([]).all(t, tags.orValue([]).exists_one(u, u == t))'",
      ])
  }
}
