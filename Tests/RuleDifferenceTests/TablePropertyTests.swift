import RuleAnalysis
import RuleDifference
import RuleEvaluator
import TestSupport
import Testing
import TicketModel
import WorkingTime

@Suite("The difference of two tables")
struct TablePropertyTests {
  static let policies = [
    "unique", "any", "first", "priority", "collect", "rule-order", "output-order", "collect sum",
    "collect min", "collect max", "collect count",
  ]

  private struct Case {
    let table: RandomTable
    let old: Rulebook
    let new: Rulebook
    let regions: [TableDifference.Region]

    init(_ hit: String, _ seed: Int) throws {
      var generator = SeededGenerator(seed: seed)
      table = RandomTable(
        hit: hit, rowCount: Int.random(in: 1...8, using: &generator), inputLimit: 3, using: &generator)
      let edited = table.edited(Int.random(in: 1...3, using: &generator), using: &generator)
      old = try compile(table.yaml)
      new = try compile(edited.yaml)
      let differences = RulebookDifference(old: old, new: new, now: .earliest).tables
      regions = differences.first?.regions ?? []
      #expect(differences.allSatisfy { !$0.isCut && $0.obstacle == nil })
    }

    /// The regions that hold a ticket, as both rulebooks read it.
    func regions(of json: String) throws -> [TableDifference.Region] {
      let (before, after) = (try old.ticket(json), try new.ticket(json))
      return regions.filter { region in
        region.valuesBefore.allSatisfy { $1.contains(before.slots[$0]) }
          && region.valuesAfter.allSatisfy { $1.contains(after.slots[$0]) }
      }
    }
  }

  @Test("is what all values show, each in one region", arguments: policies)
  func exhaustive(hit: String) throws {
    var differing = 0
    for seed in 0..<16 {
      let these = try Case(hit, seed)
      for values in these.table.allValues {
        let json = these.table.json(values)
        let (before, after) = (try these.old.outcome(json), try these.new.outcome(json))
        let found = try these.regions(of: json)
        let comment: Comment = "seed \(seed), \(json): \(before ?? "") and \(after ?? "")"
        #expect(found.count == (before == after ? 0 : 1), comment)
        if let region = found.first {
          differing += 1
          #expect(region.before.text == before && region.after.text == after, comment)
        }
      }
    }
    #expect(differing > 50)
  }

  @Test("is shown by tickets that both rulebooks decide so", arguments: policies)
  func witnesses(hit: String) throws {
    var (shown, missing) = (0, 0)
    for seed in 40..<70 {
      let these = try Case(hit, seed)
      for region in these.regions {
        guard let json = region.witness.json else {
          missing += 1
          continue
        }
        shown += 1
        #expect(try these.old.outcome(json) == region.before.text, "seed \(seed), \(json)")
        #expect(try these.new.outcome(json) == region.after.text, "seed \(seed), \(json)")
      }
    }
    #expect(shown > 15)
    #expect(missing == 0)
  }
}
