import Diagnostics
import RuleAnalysis
import TestSupport
import Testing

@Suite("A row with an expression")
struct OpaqueRowTests {
  /// Rows `a` and `b` of which the first may have an expression.
  private func codes(_ hit: String, _ rows: String) throws -> [String] {
    let rules = """
      fields: {type: {type: choice, required: true, values: [a, b]}, users: {type: integer, required: true}}
      tables:
        t:
          hit: \(hit)
          inputs: [type]
          outputs: [o]
          rows:
      \(rows)
          otherwise: {o: z}
      """
    return RuleAnalysis.analyse(try compile(rules)).map(\.code.rawValue).filter { $0 != "unmentioned-choice" }
  }

  @Test("hides no other, since it may not hold")
  func hiding() throws {
    let rows = "      - {id: T-1, type: a, expr: users > 3, o: x}\n      - {id: T-2, type: a, o: y}"
    #expect(try codes("first", rows) == ["table-gap", "opaque-row"])
  }

  @Test("can be hidden, whatever it says")
  func hidden() throws {
    let rows = "      - {id: T-1, type: a, o: x}\n      - {id: T-2, type: a, expr: users > 3, o: y}"
    #expect(try codes("first", rows) == ["table-gap", "subsumed-row", "opaque-row"])
  }

  @Test("is not said to overlap, and closes no gap")
  func others() throws {
    let rows = "      - {id: T-1, type: a, o: x}\n      - {id: T-2, expr: users > 3, o: y}"
    #expect(try codes("unique", rows) == ["table-gap", "opaque-row"])
  }
}
