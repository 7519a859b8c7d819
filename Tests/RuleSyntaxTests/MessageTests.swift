import Diagnostics
import RuleSyntax
import Testing

@Suite("What is wrong with the syntax of a rulebook")
struct MessageTests {
  @Test("is said with its place and what to write instead", arguments: Fixture.all("rulebook"))
  func rulebook(fixture: Fixture) throws {
    let sources = try fixture.sources(".yaml")
    try expect(RulebookSyntax.parse(files: sources).diagnostics, sources, fixture)
  }

  @Test("is said of a table in a CSV file", arguments: Fixture.all("csv"))
  func csv(fixture: Fixture) throws {
    let sources = try fixture.sources(".csv")
    var diagnostics: [Diagnostic] = []
    var ids = ["TAKEN": Place(file: "a.yaml", line: 7, column: 13)]
    for source in sources { _ = CSVTableSyntax.parse(source, for: table, ids: &ids, into: &diagnostics) }
    try expect(diagnostics, sources, fixture)
  }

  @Test("is said of a file of holidays", arguments: Fixture.all("holidays"))
  func holidays(fixture: Fixture) throws {
    let sources = try fixture.sources(".yaml")
    var diagnostics: [Diagnostic] = []
    for source in sources { _ = HolidayFileSyntax.parse(source, into: &diagnostics) }
    try expect(diagnostics, sources, fixture)
  }

  /// Inputs `type` and `impact`, output `level`.
  private var table: DecisionTableDeclaration {
    func name(_ text: String) -> Located<String> { Located(text, at: Place(file: "a.yaml", line: 1)) }
    var table = DecisionTableDeclaration(name: name("t"))
    table.inputs = [InputDeclaration(name: name("type")), InputDeclaration(name: name("impact"))]
    table.outputs = [OutputDeclaration(name: name("level"))]
    return table
  }

  private func expect(_ diagnostics: [Diagnostic], _ sources: [SourceText], _ fixture: Fixture) throws {
    let actual = TextRenderer(sources: sources, limit: nil).render(diagnostics)
    #expect(!actual.isEmpty)
    #expect(try actual == fixture.expected(recording: actual))
  }
}
