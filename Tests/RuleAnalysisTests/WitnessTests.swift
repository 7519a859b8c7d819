import Diagnostics
import RuleAnalysis
import RuleEvaluator
import TestSupport
import Testing
import TicketModel
import WorkingTime

@Suite("A witness")
struct WitnessTests {
  @Test("is a ticket of the class that was chosen, for every class of every kind of input")
  func classes() throws {
    var count = 0
    for seed in 0..<80 {
      var generator = SeededGenerator(seed: seed)
      let rulebook = try compile(RandomTable(hit: "first", rowCount: 6, using: &generator).yaml)
      let witnesses = WitnessBuilder(rulebook)
      for (input, sets) in Self.classes(of: rulebook.tables[0]) {
        // A duration cannot be written with a minus.
        for set in sets where !set.includesInvalid && !(input.type.name == "duration" && set.isNegative) {
          let witness = witnesses.ticket([input.slot: set])
          let json = try #require(witness.json, "\(input.type.name) \(set): \(witness)")
          let ticket = try rulebook.ticket(json)
          #expect(ticket.problems.isEmpty && set.contains(ticket.slots[input.slot]), "\(json) \(set)")
          count += 1
        }
      }
    }
    #expect(count > 1000)
  }

  private static func classes(of table: DecisionTable) -> [(DecisionTable.Input, [ValueSet])] {
    table.inputs.enumerated().map { index, input in
      let cells = table.rows.flatMap(\.cells).filter { $0.input == index }.map(\.set)
      let partition = Partition(input.domain, cutBy: cells)
      return (input, (0..<partition.classCount).map(partition.set))
    }
  }

  static let chain = """
    fields:
      kind: {type: string, required: true}
      users: {type: integer, min: 0}
      contact.vip: {type: boolean}
      contact.name: {type: string, required: true}
      id: {type: string, required: true, matches: '[0-9]{6}'}
    tables:
      size:
        hit: first
        inputs: [users]
        outputs: {size: [small, large, huge]}
        rows:
          - {id: S-1, users: absent, size: small}
          - {id: S-2, users: ..<10, size: small}
          - {id: S-3, users: ..<100, size: large}
        otherwise: {size: huge}
      weight:
        hit: collect sum
        inputs: [size, contact.vip]
        outputs: {weight: integer}
        rows: [{id: W-1, size: huge, weight: 5}, {id: W-2, contact.vip: 'true', weight: 3}]
        otherwise: {weight: 0}
    priorities:
      levels: [high, medium, low]
      hit: unique
      inputs: [size, weight, kind, {length: size(kind)}]
      rows:
        - {id: P-1, size: huge, weight: 5, kind: not x, priority: high}
        - {id: P-2, size: large, length: 3..., priority: medium}
      otherwise: {priority: low}
    """

  @Test("reaches through the tables that decide what was asked")
  func chained() throws {
    let rulebook = try compile(Self.chain)
    let witnesses = WitnessBuilder(rulebook)
    let priorities = try #require(rulebook.priority)
    let slot = try #require(rulebook.tables[priorities.table].outputs[0].slot)
    func ticket(_ level: Int) -> Witness { witnesses.ticket([slot: ValueSet(.members([level]))]) }

    #expect(
      ticket(0).json
        == #"{"kind": "other", "users": 100, "contact": {"name": "other"}, "id": "000000"}"#)
    let high = rulebook.decision(about: try rulebook.ticket(try #require(ticket(0).json)), at: .earliest)
    #expect(rulebook.tables[priorities.table].rowName(of: high.outcomes[priorities.table]) == "P-1")
    #expect(ticket(1) == .none("no ticket was found that these values can be decided for"))
    let low = rulebook.decision(about: try rulebook.ticket(try #require(ticket(2).json)), at: .earliest)
    #expect(rulebook.tables[priorities.table].rowName(of: low.outcomes[priorities.table]) == "otherwise")
  }

  @Test("is not built for what an expression computes, and says so")
  func computed() throws {
    let rulebook = try compile(Self.chain)
    let priorities = try #require(rulebook.priority)
    let length = rulebook.tables[priorities.table].inputs[3]
    let set = ValueSet(.stretches([ValueSet.Stretch(3, .max)]))
    #expect(WitnessBuilder(rulebook).ticket([length.slot: set]) == .none("'length' is computed"))
  }

  @Test("is not built where no value is left")
  func empty() throws {
    let rulebook = try compile(Self.chain)
    let users = try #require(rulebook.schema.slot(of: "users"))
    let negative = ValueSet(.stretches([ValueSet.Stretch(.min, -1)]))
    #expect(
      WitnessBuilder(rulebook).ticket([users: negative]) == .none("no such value was found for a field"))
  }
}

extension ValueSet {
  fileprivate var isNegative: Bool {
    guard case .stretches(let stretches) = present else { return false }
    return stretches.allSatisfy { $0.upper < 0 }
  }
}
