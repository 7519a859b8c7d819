import Diagnostics
import RuleSyntax
import Testing

@Suite("A rulebook that uses every key")
struct DeclarationTests {
  @Test("gives the declarations that it spells, each with its place, and no message")
  func complete() throws {
    let fixture = Fixture.named("complete")
    var (rulebook, diagnostics) = RulebookSyntax.parse(files: try fixture.sources(".yaml"))
    let routing = try #require(rulebook.routing)
    let table = try #require(try fixture.sources(".csv").first)
    let rows = CSVTableSyntax.parse(table, for: routing.table, ids: &rulebook.ids, into: &diagnostics)
    #expect(diagnostics == [])
    #expect(
      rulebook.ids.keys.sorted() == [
        "C-01", "C-02", "E-01", "E-02", "E-03", "E-04", "F-01", "F-10", "FX-1", "N-01", "N-02", "P-01",
        "P-02", "R-01", "R-02", "T-01", "V-01", "V-02", "V-03", "W-01", "W-02",
        "X-01", "X-02", "X-03",
        "acknowledge", "first-response", "fix",
      ])
    let actual = sections(of: rulebook) + "rows of \(table.path):\(outline(rows, indent: "  "))\n"
    #expect(try actual == fixture.expected(recording: actual))
  }

  @Test("may name a file of holidays, which lists days off and special days")
  func holidays() throws {
    let fixture = Fixture.named("holiday-file")
    var diagnostics: [Diagnostic] = []
    let source = try #require(try fixture.sources(".yaml").first)
    let actual = outline(HolidayFileSyntax.parse(source, into: &diagnostics)) + "\n"
    #expect(diagnostics == [])
    #expect(try actual == fixture.expected(recording: actual))
  }

  @Test("may have 10,000 rows, in YAML or in a CSV file")
  func manyRows() throws {
    let header =
      "format: 1\nrulebook: r\ntables:\n  t:\n    hit: first\n    inputs: [a, b]\n    outputs: [c]\n    rows:"
    let lines = (0..<10_000).map { "\n      - {id: R-\($0), a: x\($0) | y, b: 10...\($0 + 10), c: z}" }
    let source = SourceText(path: "r.yaml", text: header + lines.joined())
    var (rulebook, diagnostics) = RulebookSyntax.parse(files: [source])
    let table = try #require(rulebook.tables.first)
    guard case .inline(let rows) = table.rows else {
      Issue.record("no rows")
      return
    }
    #expect(rows.count == 10_000 && rulebook.ids.count == 10_000)
    let csv = "id,a,b,c\n" + (0..<10_000).map { "S-\($0),x\($0) | y,10...\($0 + 10),z\n" }.joined()
    let records = CSVTableSyntax.parse(
      SourceText(path: "r.csv", text: csv), for: table, ids: &rulebook.ids, into: &diagnostics)
    #expect(diagnostics == [] && records.count == 10_000 && rulebook.ids.count == 20_000)
    #expect(records.last?.condition.cells.map(\.cell.place.start.column) == [8, 18])
  }

  private func sections(of rulebook: RulebookDeclaration) -> String {
    Mirror(reflecting: rulebook).children.map { child in
      "\(child.label ?? ""): \(outline(child.value, indent: "  "))\n"
    }.joined()
  }
}
