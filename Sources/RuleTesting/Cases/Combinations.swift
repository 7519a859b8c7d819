import Diagnostics
import LocatedYAML

/// The combinations of a test: each written case with each choice of the values in `each`.
struct Combinations {
  struct Combination {
    /// What sets it apart; empty for a test that is a single case.
    var label: String
    var with: [Node.Entry] = []
    var unchecked: [Node.Entry] = []
    var events: [EventDeclaration] = []
    var expectations: [ExpectationDeclaration]
  }

  /// The most that one test may have.
  static let limit = 10_000

  let test: TestDeclaration

  /// How many there are, as far as that can be counted.
  var count: Int {
    test.each.reduce(max(1, test.cases.count)) { count, item in
      let (product, overflow) = count.multipliedReportingOverflow(by: max(1, item.values.count))
      return overflow ? .max : product
    }
  }

  var all: [Combination] {
    let own = test.expect.map { [$0] } ?? []
    var combinations = [Combination(label: "", expectations: own)]
    if !test.cases.isEmpty { combinations = test.cases.map { combination($0, own) } }
    for item in test.each {
      combinations = combinations.flatMap { combination in
        item.values.map { combination.adding(Node.Entry(key: item.field, value: $0)) }
      }
    }
    return combinations
  }

  private func combination(_ written: CaseDeclaration, _ own: [ExpectationDeclaration]) -> Combination {
    let happens = written.events.flatMap(\.set)
    let values = (written.with + written.unchecked + happens).map(\.text).joined(separator: ", ")
    return Combination(
      label: written.name?.value ?? values, with: written.with, unchecked: written.unchecked,
      events: written.events,
      expectations: own + (written.expect.map { [$0] } ?? []))
  }
}

extension Combinations.Combination {
  fileprivate func adding(_ entry: Node.Entry) -> Self {
    var copy = self
    copy.with.append(entry)
    copy.label += (label.isEmpty ? "" : ", ") + entry.text
    return copy
  }
}

extension Node.Entry {
  /// `urgency=high`, as names of cases show it.
  fileprivate var text: String { "\(key.value)=\(value.text)" }
}

extension Node {
  fileprivate var text: String {
    switch content {
    case .scalar(let scalar): scalar.text
    case .sequence(let items): "[\(items.map(\.text).joined(separator: ", "))]"
    case .mapping(let entries):
      "{\(entries.map { "\($0.key.value): \($0.value.text)" }.joined(separator: ", "))}"
    case .refused: ""
    }
  }
}
