import Foundation
import Testing

@Suite("A decision table of DMN")
struct FEELTranslationTests {
  @Test(
    "means the same as a table of Docket",
    arguments: [
      ("number", ">=18", ["18", "17.99", "null"], "T F F"),
      ("number", "[18..30]", ["18", "30", "30.1"], "T T F"),
      ("number", "(18..30)", ["18", "18.1", "30"], "F T F"),
      ("number", "]18..30]", ["18", "30"], "F T"),
      ("number", "[18..30[", ["18", "30"], "T F"),
      ("number", "not(18, [20..22])", ["18", "19", "21", "null"], "F T F F"),
      ("number", "not(<5)", ["4", "5", "null"], "F T F"),
      ("number", "<-1.5, 0, >1e3", ["-2", "-1.5", "0", "1000", "1001"], "T F T F T"),
      ("number", "not((1..3))", ["1", "2", "3"], "T F T"),
      ("number", "? > 3", ["3", "4"], "F T"),
      ("number", "? in (1, [5..6])", ["1", "5", "7"], "T T F"),
      ("number", "= 3", ["3", "4"], "T F"),
      ("number", "!= 3", ["3", "4", "null"], "F T T"),
      ("string", #""a", "b c""#, [#""a""#, #""b c""#, #""c""#, "null"], "T T F F"),
      ("string", #"not("a","b")"#, [#""a""#, #""c""#, "null"], "F T T"),
      ("string", #""say \"it's\" | not""#, [#""say \"it's\" | not""#, #""x""#], "T F"),
      ("string", #""any""#, [#""any""#, #""x""#], "T F"),
      ("string", "null", [#""a""#, "null"], "F T"),
      ("string", "not(null)", [#""a""#, "null"], "T F"),
      ("string", #"null, "a""#, [#""a""#, "null", #""b""#], "T T F"),
      ("string", "-", [#""a""#, "null"], "T T"),
      ("boolean", "true", ["true", "false", "null"], "T F F"),
      ("boolean", "not(true)", ["true", "false"], "F T"),
      ("boolean", "true, false", ["true", "false", "null"], "T T F"),
      ("date", #"<date("2026-03-02")"#, [#""2026-03-01""#, #""2026-03-02""#], "T F"),
      ("date", #"[date("2026-03-01")..date(2026,3,2)]"#, [#""2026-03-02""#, #""2026-03-03""#], "T F"),
      ("date", #"@"2026-03-02""#, [#""2026-03-02""#, #""2026-03-03""#], "T F"),
      (
        "dateTime", #">= date and time("2026-03-02T09:00:00Z")"#,
        [#""2026-03-02T09:00:00""#, #""2026-03-02T08:59:59""#], "T F"
      ),
      ("dayTimeDuration", #"> duration("PT36H")"#, [#""P1DT12H""#, #""P2D""#], "F T"),
    ] as [(String, String, [String], String)])
  func unaryTests(type: String, test: String, inputs: [String], expected: String) throws {
    let cases = inputs.enumerated().map { #"{"id": "\#($0)", "given": {"In Put": \#($1)}, "expect": {}}"# }
    let file = try file(
      """
      {"tables": [{"decision": "d", "hit": "UNIQUE", "inputs": [{"expression": "In Put", "type": "\(type)"}],
        "outputs": [{"name": "d"}], "rows": [{"when": [\(jsonString(test))], "then": ["true"]}]}],
       "cases": [\(cases.joined(separator: ", "))]}
      """)
    let rulebook = try DMNRulebook(file)
    let actual = try file.cases.map { item in
      try rulebook.decisions(given: item.given)["d"] == .boolean(true) ? "T" : "F"
    }
    #expect(actual.joined(separator: " ") == expected, "\(rulebook.yaml)")
  }

  static let rows =
    #"[{"when": [">=1"], "then": ["1.5"]}, {"when": [">=2"], "then": ["2"]}, {"when": [">=3"], "then": ["2"]}]"#

  @Test(
    "has the outcomes of its hit policy",
    arguments: [
      ("UNIQUE", "null", "null 1.5 null null"), ("ANY", "null", "null 1.5 null null"),
      ("FIRST", "null", "null 1.5 1.5 1.5"),
      ("COLLECT", "null", "null [1.5] [1.5, 2] [1.5, 2, 2]"),
      ("RULE ORDER", "null", "null [1.5] [1.5, 2] [1.5, 2, 2]"),
      ("COLLECT", #""SUM""#, "null 1.5 3.5 5.5"), ("COLLECT", #""MIN""#, "null 1.5 1.5 1.5"),
      ("COLLECT", #""MAX""#, "null 1.5 2 2"), ("COLLECT", #""COUNT""#, "null 1 2 3"),
      ("PRIORITY", "null", "null 1.5 2 2"), ("OUTPUT ORDER", "null", "null [1.5] [2, 1.5] [2, 2, 1.5]"),
    ])
  func hitPolicies(hit: String, aggregation: String, expected: String) throws {
    let values = ["PRIORITY", "OUTPUT ORDER"].contains(hit) ? #""2, 1.5""# : "null"
    let file = try file(
      """
      {"tables": [{"decision": "d", "hit": "\(hit)", "aggregation": \(aggregation),
        "inputs": [{"expression": "n", "type": null}],
        "outputs": [{"name": "d", "type": "number", "values": \(values)}], "rows": \(Self.rows)}],
       "cases": [{"id": "1", "given": {"n": 0}, "expect": {}}]}
      """)
    let rulebook = try DMNRulebook(file)
    let actual = try (0...3).map {
      try rulebook.decisions(given: ["n": .number(Double($0))])["d"]?.description ?? "-"
    }
    #expect(actual.joined(separator: " ") == expected, "\(rulebook.yaml)")
  }

  @Test("may read another's outputs by its name, and the parts of what is given")
  func chain() throws {
    let file = try file(
      """
      {"tables": [
        {"decision": "Second", "hit": "FIRST", "inputs": [{"expression": "First One.Size"}, {"expression": "First One.No"}],
         "outputs": [{"name": "a", "type": "string", "values": "\\"x\\", \\"y\\""}, {"name": "b", "type": "number", "default": "7"}],
         "rows": [{"when": ["\\"big\\"", "-"], "then": ["\\"y\\"", "1"]}, {"when": ["null", ">5"], "then": ["null", "-2"]}]},
        {"decision": "First One", "hit": "UNIQUE", "inputs": [{"expression": "Who.Age"}],
         "outputs": [{"name": "Size", "type": "string"}, {"name": "No", "type": "number"}],
         "rows": [{"when": ["<18"], "then": ["\\"big\\"", "3"]}, {"when": ["[18..20]"], "then": ["null", "6"]}]}],
       "cases": [{"id": "1", "given": {"Who": {"Age": 3}}, "expect": {}}]}
      """)
    let rulebook = try DMNRulebook(file)
    func second(_ age: Double) throws -> String {
      let decisions = try rulebook.decisions(given: ["Who": .object(["Age": .number(age)])])
      return decisions["Second"]?.description ?? "-"
    }
    #expect(
      try [second(3), second(19), second(40)] == [#"{a: "y", b: 1}"#, "{a: null, b: -2}", "{a: null, b: 7}"])
  }

  private func file(_ json: String) throws -> DMNFile {
    try JSONDecoder().decode(DMNFile.self, from: Data(json.utf8))
  }

  private func jsonString(_ text: String) -> String {
    "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
  }
}
