import RuleAnalysis
import RuleDifference
import RuleEvaluator
import TestSupport
import Testing
import WorkingTime

@Suite("Tables of two rulebooks")
struct TableDifferenceTests {
  private func differences(_ old: String, _ new: String, effort: Int = 50_000_000) throws -> [TableDifference]
  {
    RulebookDifference(old: try compile(old), new: try compile(new), now: .earliest, effort: effort).tables
  }

  private func texts(_ regions: [TableDifference.Region]) -> [String] {
    regions.map { region in
      let inputs = region.inputs.map(\.text).joined(separator: ", ")
      return "\(inputs): \(region.before.text ?? "none") -> \(region.after.text ?? "none")"
    }
  }

  private func rules(_ rows: String, types: String = "[fault, request]", otherwise: String = "low") -> String
  {
    """
    fields:
      type: {type: choice, required: true, values: \(types)}
      users: {type: integer, required: true, min: 0, max: 1000}
      note: {type: string, max_length: 50}
    tables:
      t:
        hit: first
        inputs: [type, users, note]
        outputs: {level: [high, medium, low]}
        rows:
    \(rows.split(separator: "\n").map { "      - \($0)" }.joined(separator: "\n"))
        otherwise: {level: \(otherwise)}

    """
  }

  @Test("differ where a bound moves")
  func bound() throws {
    let found = try differences(
      rules("{id: R-1, type: fault, users: '>= 10', level: high}"),
      rules("{id: R-1, type: fault, users: '>= 20', level: high}"))
    #expect(found.map(\.name) == ["tables.t"])
    #expect(texts(found[0].regions) == ["type = fault, 10 <= users <= 19: high -> low"])
    #expect(found[0].regions[0].before.rows.map(\.id) == ["R-1"])
    #expect(found[0].regions[0].witness.json == #"{"type": "fault", "users": 10}"#)
  }

  @Test("do not differ where rows only have other names, or stand elsewhere")
  func names() throws {
    let found = try differences(
      rules("{id: R-1, type: fault, level: high}\n{id: R-2, type: request, level: medium}"),
      rules("{id: X-2, type: request, level: medium}\n{id: X-1, type: fault, level: high}"))
    #expect(found.isEmpty)
  }

  @Test("are compared over the choices of both")
  func union() throws {
    let found = try differences(
      rules("{id: R-1, type: fault, level: high}"),
      rules(
        "{id: R-1, type: fault, level: high}\n{id: R-2, type: change, level: medium}",
        types: "[change, fault, request]"))
    #expect(texts(found[0].regions) == ["type = change: low -> medium"])
    #expect(found[0].regions[0].witness.json == #"{"type": "change", "users": 0}"#)
  }

  @Test("differ for texts that one of them mentions, and for all others")
  func others() throws {
    let found = try differences(
      rules("{id: R-1, note: vip, level: high}"), rules("{id: R-1, note: not vip, level: high}"))
    #expect(
      Set(texts(found[0].regions)) == ["note = vip: high -> low", "note = any other text: low -> high"]
        || Set(texts(found[0].regions)) == ["note = vip: high -> low", "note = not vip: low -> high"])
  }

  @Test("say of expressions that they are opaque")
  func opaque() throws {
    let found = try differences(
      rules("{id: R-1, type: fault, level: high, expr: users > 3}"),
      rules("{id: R-1, type: fault, level: medium, expr: users > 3}"))
    #expect(texts(found[0].regions) == ["type = fault, (users > 3): high -> medium"])
    #expect(found[0].regions[0].isOpaque)
    #expect(found[0].regions[0].witness == .none("it depends on an expression"))
  }

  @Test("of which one has an expression that the other has not differ where it does not hold")
  func expressionRemoved() throws {
    let found = try differences(
      rules("{id: R-1, type: fault, level: high, expr: users > 3}"),
      rules("{id: R-1, type: fault, level: high}"))
    #expect(texts(found[0].regions) == ["type = fault, not (users > 3): low -> high"])
  }

  @Test("are not compared where an input has another type")
  func types() throws {
    let old = rules("{id: R-1, users: 3, level: high}")
    let new = old.replacing(
      "users: {type: integer, required: true, min: 0, max: 1000}", with: "users: {type: number}")
    let found = try differences(old, new)
    #expect(found[0].obstacle == .inputType(name: "users", before: "integer", after: "number"))
    #expect(found[0].regions.isEmpty)
  }

  @Test("are compared no further than the limit, which is said")
  func limit() throws {
    let rows = (0..<60).map { "{id: R-\($0), users: \($0), note: n\($0), level: high}" }
    let others = (0..<60).map { "{id: R-\($0), users: \($0), note: n\($0), level: medium}" }
    let found = try differences(
      rules(rows.joined(separator: "\n")), rules(others.joined(separator: "\n")), effort: 500)
    #expect(found[0].isCut)
    let all = try differences(rules(rows.joined(separator: "\n")), rules(others.joined(separator: "\n")))
    #expect(!all[0].isCut && all[0].regions.count == 60)
  }

  @Test("of targets are compared, too")
  func targets() throws {
    func window(_ target: String) -> String {
      """
      fields:
        vip: {type: boolean, required: true}
        opened: {type: instant, required: true}
        closed: {type: instant}
      windows:
        w: {start: opened, stop: closed, target: {by: vip, 'true': \(target), otherwise: 3 hours}}

      """
    }
    let found = try differences(window("1 hour"), window("2 hours"))
    #expect(found.map(\.name) == ["windows.w.target"])
    #expect(texts(found[0].regions) == ["vip = true: 1 hour -> 2 hours"])
  }
}
