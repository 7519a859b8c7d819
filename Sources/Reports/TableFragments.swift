import ByteOutput
import RuleEvaluator
import WorkingTime

/// The JSON of every outcome that a table can have, rendered once.
///
/// Trivial, so that looking at it moves no reference counts: the rows' fragments stand in `DecisionFragments.rows`.
struct TableFragments: BitwiseCopyable {
  /// The index in `Rulebook.tables`.
  var table: Int
  /// What stands before the outcome: a comma, the name and a colon, and for the first of the named tables what opens them.
  var head: Fragment
  /// Where the rows' fragments start.
  var firstRow: Int
  var otherwise: Fragment
  /// What stands before the value of an aggregate, and after it.
  var aggregateHead: Fragment
}

/// Puts the fragments of a rulebook's tables together.
struct TableRenderer {
  /// A member of the outcome and how its value is written.
  typealias Member = (name: String, write: (inout ByteWriter) -> Void)

  let rulebook: Rulebook
  private(set) var rows: [Fragment] = []

  init(_ rulebook: Rulebook) { self.rulebook = rulebook }

  mutating func priority(
    _ priority: PriorityDecision, into store: inout FragmentStore.Builder
  ) -> TableFragments {
    let zone = rulebook.timeZone
    return render(priority.table, #","priority":"#, into: &store) { row in
      [("level", { $0.append(row.outputs[0], in: zone) })]
    }
  }

  mutating func route(
    _ route: RoutingDecision, into store: inout FragmentStore.Builder
  ) -> TableFragments {
    let rulebook = rulebook
    return render(route.table, #","route":"#, into: &store) { row in
      Self.members(of: row, route, rulebook, rotation: nil)
    }
  }

  /// - Parameter rotation: what came of the team's turns; nil where nobody has asked.
  private static func members(
    of row: DecisionTable.Row, _ route: RoutingDecision, _ rulebook: Rulebook, rotation: RotationOutcome?
  ) -> [Member] {
    let outputs = rulebook.tables[route.table].outputs
    let zone = rulebook.timeZone
    let assignee = rotation?.assignee ?? route.assignee(of: row)
    var members: [Member] = zip(outputs.indices, row.outputs).map { index, value in
      (outputs[index].name, { $0.append(index == route.assigneeOutput ? assignee : value, in: zone) })
    }
    if route.assigneeOutput == nil { members.append(("assignee", { $0.append(assignee, in: zone) })) }
    if let team = route.rotatingTeam(of: row) {
      let word = rotation == .nobodyEligible ? "nobody-eligible" : team.assignment.rawValue
      members.append(("assignment", { $0.append(jsonString: word) }))
    }
    return members
  }

  /// The route of a ticket whose team has taken a turn.
  static func write(
    routeBy row: DecisionTable.Row, _ rotation: RotationOutcome, _ rulebook: Rulebook,
    into line: inout ByteWriter
  ) {
    guard let route = rulebook.routing else { return }
    write(row, members(of: row, route, rulebook, rotation: rotation), into: &line)
  }

  /// - Parameter isFirst: whether it is the first of the named tables.
  mutating func table(
    _ index: Int, isFirst: Bool, into store: inout FragmentStore.Builder
  ) -> TableFragments {
    let table = rulebook.tables[index]
    let zone = rulebook.timeZone
    let opening: StaticString = isFirst ? #","tables":{"# : ","
    return render(index, opening, name: table.shortName, into: &store) { row in
      zip(table.outputs, row.outputs).map { output, value in
        (output.name, { $0.append(value, in: zone) })
      }
    }
  }

  private mutating func render(
    _ index: Int, _ opening: StaticString, name: String? = nil, into store: inout FragmentStore.Builder,
    members: (DecisionTable.Row) -> [Member]
  ) -> TableFragments {
    let table = rulebook.tables[index]
    let firstRow = rows.count
    let head = store.add { bytes in
      bytes.append(literal: opening)
      guard let name else { return }
      bytes.append(jsonString: name)
      bytes.append(literal: ":")
    }
    for row in table.rows { rows.append(store.add { Self.write(row, members(row), into: &$0) }) }
    let otherwise = store.add { bytes in
      if table.hit.yieldsList { bytes.append(literal: "[") }
      if let row = table.otherwise {
        Self.write(row, members(row), into: &bytes)
      } else {
        bytes.append(literal: "null")
      }
      if table.hit.yieldsList { bytes.append(literal: "]") }
    }
    let aggregateHead = store.add { bytes in
      bytes.append(literal: "{")
      bytes.append(jsonString: table.outputs.first?.name ?? "")
      bytes.append(literal: ":")
    }
    return TableFragments(
      table: index, head: head, firstRow: firstRow, otherwise: otherwise, aggregateHead: aggregateHead)
  }

  static func write(_ row: DecisionTable.Row, _ members: [Member], into bytes: inout ByteWriter) {
    bytes.append(literal: "{")
    for member in members {
      bytes.append(jsonString: member.name)
      bytes.append(literal: ":")
      member.write(&bytes)
      bytes.append(literal: ",")
    }
    bytes.append(literal: #""row":"#)
    bytes.append(jsonString: row.id)
    bytes.append(literal: "}")
  }
}

extension RotationOutcome {
  fileprivate var assignee: OutputValue {
    if case .member(let name) = self { .text(name, symbol: 0) } else { .absent }
  }
}
