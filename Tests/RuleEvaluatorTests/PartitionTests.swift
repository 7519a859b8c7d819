import TestSupport
import Testing
import TicketModel

@testable import RuleEvaluator

@Suite("The classes of an input's values")
struct PartitionTests {
  @Test("of an ordered domain respect every set, also at the ends of 64 bits")
  func ordered() {
    let values = (ValueSetTests.keys + [-2, 2, 1_000]).map { Slot(kind: .integer, integer: $0) }
    check(.ordered, ValueSetTests.stretchSets, values) { $0.present.contains(key: $1.integer) }
  }

  @Test("of choices and truth values respect every set")
  func members() {
    let values = (0..<3).map { Slot(kind: .choice, integer: $0) }
    check(.members(count: 3), ValueSetTests.memberSets, values) {
      $0.present.contains(member: Int($1.integer))
    }
  }

  @Test("of texts respect every set, with one class for all texts that no rule mentions")
  func texts() {
    let symbols = [0, 1, 2, 3, 4, 99].map { Slot(kind: .text, symbol: $0) }
    let sets = ValueSetTests.memberSets.map { $0.movedBehindZero }
    check(.texts, sets, symbols) { $0.present.contains(member: $1.symbol == 0 ? -1 : Int($1.symbol)) }
  }

  @Test("of lists only tell whether there is one")
  func opaque() {
    check(.opaque, [.any, .present, .absent], [Slot(kind: .raw)]) { set, _ in set.present == .allBut([]) }
  }

  /// For each pair of sets: a class has the answers of all of its values, and `classes(in:)` lists the classes.
  private func check(
    _ domain: Partition.Domain, _ sets: [ValueSet], _ values: [Slot], _ isIn: (ValueSet, Slot) -> Bool
  ) {
    let sets = sets.count < 60 ? sets : stride(from: 0, to: sets.count, by: sets.count / 60).map { sets[$0] }
    for first in sets {
      for second in sets {
        let partition = Partition(domain, cutBy: [first, second])
        for set in [first, second] {
          let listed = partition.classes(in: set)
          let tested = (0..<partition.classCount).filter { partition.isClass($0, in: set) }
          let agrees = values.allSatisfy {
            partition.isClass(partition.classify($0), in: set) == isIn(set, $0)
          }
          if !agrees || listed.sorted() != tested { Issue.record("\(first), \(second)") }
        }
        #expect(partition.classify(.absent) == Partition.absentClass)
        #expect(partition.classify(Slot(kind: .invalid)) == Partition.invalidClass)
      }
    }
  }

  @Test("sort numbers as numbers do: zeros are one, infinities the ends, subnormals between")
  func orderingKeys() {
    var numbers: [Double] = [
      -.infinity, -.greatestFiniteMagnitude, -1, -.leastNormalMagnitude, -.leastNonzeroMagnitude * 2,
      -.leastNonzeroMagnitude, 0, .leastNonzeroMagnitude, .leastNonzeroMagnitude * 2, .leastNormalMagnitude,
      1,
      1.0.nextUp, .greatestFiniteMagnitude, .infinity,
    ]
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<2000 {
      let number = Double(bitPattern: generator.next())
      if !number.isNaN { numbers.append(number) }
    }
    numbers.sort()
    for (left, right) in zip(numbers, numbers.dropFirst()) {
      #expect((orderingKey(of: left) < orderingKey(of: right)) == (left < right), "\(left), \(right)")
    }
    #expect(orderingKey(of: -0.0) == orderingKey(of: 0))
    #expect(numbers.allSatisfy { number(ofOrderingKey: orderingKey(of: $0)) == $0 })
    #expect(orderingKey(of: 1.0.nextUp) == orderingKey(of: 1) + 1)
  }
}

extension ValueSet {
  /// Symbols are numbered from 1.
  fileprivate var movedBehindZero: ValueSet {
    switch present {
    case .members(let members): ValueSet(.members(members.map { $0 + 1 }))
    case .allBut(let members): ValueSet(.allBut(members.map { $0 + 1 }))
    case .stretches: self
    }
  }
}
