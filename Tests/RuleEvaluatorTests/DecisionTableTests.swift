import TestSupport
import Testing
import TicketModel
import WorkingTime

@testable import RuleEvaluator

@Suite("A decision table")
struct DecisionTableTests {
  static let policies = [
    "first", "unique", "any", "priority", "collect", "rule-order", "output-order", "collect sum",
    "collect min",
    "collect max", "collect count",
  ]

  @Test("gives what looking at its rows one by one gives", arguments: policies)
  func random(hit: String) throws {
    for (number, rowCount) in [1, 2, 7, 20, 63, 64, 65, 200].enumerated() {
      for variant in 0..<(rowCount < 60 ? 3 : 1) {
        let seed = number * 10 + variant
        try check(hit, rowCount: rowCount, tickets: 40, seed: seed)
      }
    }
  }

  @Test(
    "of thousands of rows does, too",
    arguments: [("rule-order", 4097), ("collect sum", 5000)])
  func large(hit: String, rowCount: Int) throws {
    try check(hit, rowCount: rowCount, tickets: 60, seed: rowCount)
  }

  private func check(_ hit: String, rowCount: Int, tickets: Int, seed: Int) throws {
    var generator = SeededGenerator(seed: seed)
    let table = RandomTable(hit: hit, rowCount: rowCount, using: &generator)
    let rulebook = try compile(table.yaml)
    var evaluator = Evaluator(rulebook)
    var decision = Decision()
    for _ in 0..<tickets {
      let values = table.values(using: &generator)
      let ticket = try rulebook.ticket(table.json(values))
      evaluator.evaluate(ticket, at: .earliest, into: &decision)
      let actual = describe(decision.outcomes[0], decision)
      if actual != table.outcome(values) {
        Issue.record("\(hit), \(rowCount) rows, seed \(seed): \(actual), not \(table.outcome(values))")
      }
    }
  }

  private func describe(_ outcome: TableOutcome, _ decision: Decision) -> String {
    switch outcome {
    case .row(let row): "row \(row)"
    case .otherwise: "otherwise"
    case .rows(let range): "rows \(Array(decision.listedRows[range]))"
    case .aggregate(let value): "aggregate \(value.kind == .number ? "\(value.double)" : "\(value.integer)")"
    case .conflict(let first, let second): "conflict \(first) \(second)"
    case .overflow: "overflow"
    case .undecided: "undecided"
    }
  }

  @Test(
    "of numbers aggregates numbers",
    arguments: [
      ("sum", "aggregate 3.75"), ("min", "aggregate 0.5"), ("max", "aggregate 3.25"),
      ("count", "aggregate 2"),
    ])
  func numbers(aggregator: String, expected: String) throws {
    let rulebook = try compile(
      """
      fields: {price: {type: number}}
      tables:
        t:
          hit: collect \(aggregator)
          inputs: [price]
          outputs: {rate: number}
          rows:
            - {id: R-1, price: '> 1', rate: 0.5}
            - {id: R-2, price: '> 2', rate: 3.25}
            - {id: R-3, price: '> 3', rate: 100}
          otherwise: {rate: -1}
      """)
    let decision = rulebook.decision(about: try rulebook.ticket(#"{"price": 2.5}"#), at: .earliest)
    #expect(describe(decision.outcomes[0], decision) == expected)
  }

  @Test("that is complete for all valid values is undecided for an invalid one")
  func undecided() throws {
    let rulebook = try compile(
      """
      fields: {vip: {type: boolean, required: true}}
      tables:
        t:
          hit: unique
          inputs: [vip]
          outputs: [team]
          rows:
            - {id: R-1, vip: 'true', team: a}
            - {id: R-2, vip: 'false', team: b}
      """)
    func outcome(_ json: String) throws -> String {
      let decision = rulebook.decision(about: try rulebook.ticket(json), at: .earliest)
      return describe(decision.outcomes[0], decision) + " \(decision.findings.map(\.kind))"
    }
    #expect(try outcome(#"{"vip": true}"#) == "row 0 []")
    #expect(
      try outcome(#"{"vip": 3}"#)
        == "undecided [RuleEvaluator.Finding.Kind.badValue, RuleEvaluator.Finding.Kind.undecided]")
    #expect(
      try outcome("{}")
        == "undecided [RuleEvaluator.Finding.Kind.undecided, RuleEvaluator.Finding.Kind.missingField]")
  }

  @Test("reads the outputs of those before it, whatever their types and outcomes")
  func chain() throws {
    let rulebook = try compile(
      """
      fields: {kind: {type: string}}
      tables:
        last:
          hit: first
          inputs: [sum, size, word, day]
          outputs: [verdict]
          rows:
            - {id: L-1, sum: '>= 5', size: big, word: x | y, day: 2026-03-01..., verdict: yes}
            - {id: L-2, size: absent, verdict: nothing}
          otherwise: {verdict: no}
        sum:
          hit: collect sum
          inputs: [kind]
          outputs: {sum: integer}
          rows: [{id: S-1, kind: a, sum: 2}, {id: S-2, kind: a | b, sum: 3}]
          otherwise: {sum: 0}
        others:
          hit: any
          inputs: [kind]
          outputs: {size: [small, big], word: string, day: date}
          rows:
            - {id: O-1, kind: a | b, size: big, word: y, day: 2026-03-02}
            - {id: O-2, kind: c, word: y}
            - {id: O-3, kind: not c, size: big, word: y, day: 2026-03-02}
          otherwise: {size: small}
      """)
    func verdict(_ kind: String) throws -> String {
      let decision = rulebook.decision(about: try rulebook.ticket(#"{"kind": "\#(kind)"}"#), at: .earliest)
      let last = try #require(rulebook.tables.firstIndex { $0.name == "tables.last" })
      return rulebook.tables[last].rowName(of: decision.outcomes[last])
    }
    #expect(try ["a", "b", "c", "d"].map(verdict) == ["L-1", "otherwise", "L-2", "otherwise"])
  }
}
