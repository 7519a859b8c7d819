import Testing

@testable import RuleEvaluator

@Suite("A set of values")
struct ValueSetTests {
  static let keys: [Int64] = [.min, .min + 1, -1, 0, 1, .max - 1, .max]

  /// All unions of up to two stretches between the keys.
  static let stretchSets: [ValueSet] = {
    let single = keys.flatMap { lower in
      keys.filter { $0 >= lower }.map { ValueSet(.stretches([ValueSet.Stretch(lower, $0)])) }
    }
    let pairs = single.flatMap { first in single.map { first.union($0) } }
    return Array(Set(single + pairs + [ValueSet(.stretches([]))]))
  }()

  /// All sets over the members 0, 1 and 2.
  static let memberSets: [ValueSet] = (0..<8).flatMap { bits in
    let members = (0..<3).filter { bits >> $0 & 1 == 1 }
    return [ValueSet(.members(members)), ValueSet(.allBut(members))]
  }

  @Test("of an ordered domain has the members of its naive model, also at the ends of 64 bits")
  func stretches() {
    check(Self.stretchSets) { set in Self.keys.map { set.present.contains(key: $0) } }
  }

  @Test("of numbered values has the members of its naive model")
  func members() {
    check(Self.memberSets) { set in (0..<4).map { set.present.contains(member: $0) } }
  }

  /// Complement, union and intersection against the same on lists of answers; what is equal is also `==`.
  private func check(_ sets: [ValueSet], _ members: (ValueSet) -> [Bool]) {
    for left in sets {
      let leftMembers = members(left)
      #expect(members(left.complement) == leftMembers.map(!), "\(left)")
      #expect(left.complement.complement == left)
      for right in sets {
        let rightMembers = members(right)
        let union = left.union(right)
        let intersection = left.intersection(right)
        if members(union) != zip(leftMembers, rightMembers).map({ $0 || $1 })
          || members(intersection) != zip(leftMembers, rightMembers).map({ $0 && $1 })
          || union != right.union(left) || union.complement != left.complement.intersection(right.complement)
          || left.union(left) != left
        {
          Issue.record("\(left) and \(right)")
        }
      }
    }
  }

  @Test("knows absent and invalid apart from all values")
  func special() {
    let seven = ValueSet(.stretches([ValueSet.Stretch(7, 7)]))
    #expect(!ValueSet.any.complement.includesAbsent && !ValueSet.any.complement.includesInvalid)
    #expect(!seven.complement.includesAbsent && !seven.complement.includesInvalid)
    #expect(seven.union(.absent).includesAbsent && !seven.union(.absent).includesInvalid)
    #expect(seven.union(.any) == .any && seven.intersection(.any) == seven)
    #expect(ValueSet.present.intersection(.absent).present == .members([]))
    #expect(ValueSet.present.includesInvalid && !ValueSet.present.includesAbsent)
  }
}
