import Diagnostics
import RuleAnalysis
import RuleEvaluator
import TestSupport
import Testing
import TicketModel
import WorkingTime

@Suite("What the analysis says of a table")
struct TablePropertyTests {
  static let policies = [
    "unique", "any", "first", "priority", "collect", "collect sum", "collect min", "collect max",
    "collect count",
    "rule-order", "output-order",
  ]

  /// Tables of few inputs and rows, so that all values can be tried.
  private struct Case {
    var table: RandomTable
    var model: TableModel
    var rulebook: Rulebook
    var findings: [AnalysisFinding]

    init(_ hit: String, _ seed: Int) throws {
      var generator = SeededGenerator(seed: seed)
      table = RandomTable(
        hit: hit, rowCount: 2 + seed % 7, kinds: TableModel.kinds, inputLimit: 3, using: &generator)
      model = TableModel(table)
      rulebook = try compile(table.yaml)
      findings = RuleAnalysis(rulebook).findings()
    }

    /// The rows that messages of some codes are about.
    func rows(_ codes: DiagnosticCode...) -> Set<Int> {
      Set(
        findings.filter { codes.contains($0.diagnostic.code) }.compactMap { finding in
          rulebook.tables[0].rows.firstIndex { row in
            row.place == finding.diagnostic.place
              || row.cells.contains { $0.place == finding.diagnostic.place }
          }
        })
    }

    /// What the evaluator makes of the ticket that a finding shows.
    func outcome(_ finding: AnalysisFinding) throws -> TableOutcome {
      let json = try #require(finding.witness?.json, "\(finding.diagnostic.message)")
      return rulebook.decision(about: try rulebook.ticket(json), at: .earliest).outcomes[0]
    }

    /// Whether the ticket of a finding satisfies a row, asked of a table that has no other.
    func holds(_ row: DecisionTable.Row, _ finding: AnalysisFinding) throws -> Bool {
      let table = rulebook.tables[0]
      let ticket = try rulebook.ticket(try #require(finding.witness?.json))
      return row.cells.allSatisfy { $0.set.contains(ticket.slots[table.inputs[$0.input].slot]) }
    }
  }

  @Test("is what all values show, for every hit policy", arguments: policies)
  func exhaustive(hit: String) throws {
    for seed in 0..<60 {
      let these = try Case(hit, seed)
      let model = these.model
      let comment: Comment = "seed \(seed)\n\(these.table.yaml)"
      #expect(these.rows("unreachable-row", "subsumed-row") == model.dead, comment)
      #expect(these.rows("subsumed-row") == model.subsumed, comment)
      #expect(these.rows("overlapping-rows") == model.overlapping, comment)
      let codes = Set(these.findings.map(\.diagnostic.code))
      #expect(codes.contains("table-gap") == model.hasGap, comment)
      #expect(codes.contains("unused-otherwise") == !model.hasGap, comment)
      #expect(!codes.contains("not-proven"), comment)
      #expect(
        these.findings.count { $0.diagnostic.code == "unused-input" } == model.idleInputs.count, comment)
      for row in these.rows("redundant-row") { #expect(model.changesNothing(without: row), comment) }
    }
  }

  @Test("is shown by a ticket that does it", arguments: policies)
  func witnesses(hit: String) throws {
    for seed in 60..<100 {
      let these = try Case(hit, seed)
      for finding in these.findings where finding.witness != nil {
        let rows = these.rulebook.tables[0].rows
        let row = rows.firstIndex { $0.place == finding.diagnostic.place }
        switch (finding.diagnostic.code, try these.outcome(finding)) {
        case ("table-gap", let outcome):
          #expect("\(outcome)" == "\(TableOutcome.otherwise)", "seed \(seed)")
        case ("overlapping-rows", .conflict(let first, let second)):
          #expect(first < second, "seed \(seed)")
        case ("overlapping-rows", _): #expect(hit == "priority" || hit == "output-order", "seed \(seed)")
        case ("subsumed-row", .row(let decided)), ("unreachable-row", .row(let decided)):
          #expect(decided != row, "seed \(seed)")
        default: break
        }
      }
    }
  }

  @Test(
    "of two rows that overlap is that this ticket satisfies both", arguments: ["unique", "any", "priority"])
  func overlaps(hit: String) throws {
    var count = 0
    for seed in 0..<60 {
      let these = try Case(hit, seed)
      for finding in these.findings where finding.diagnostic.code == "overlapping-rows" {
        let other = try #require(finding.diagnostic.related.first).place
        let both = these.rulebook.tables[0].rows.filter {
          $0.place == finding.diagnostic.place || $0.place == other
        }
        #expect(both.count == 2)
        for row in both { #expect(try these.holds(row, finding), "seed \(seed)") }
        count += 1
      }
    }
    #expect(count > 20)
  }
}
