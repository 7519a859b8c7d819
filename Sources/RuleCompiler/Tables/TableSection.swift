import Diagnostics
import RuleEvaluator
import RuleSyntax
import TicketModel

/// `tables`, `priorities` and `routing`: which outputs they have, and in which order they are evaluated.
extension RulebookCompiler {
  struct Tables {
    var tables: [DecisionTable] = []
    var priority: PriorityDecision?
    var routing: RoutingDecision?
  }

  /// A table on its way: what it reads decides when it is compiled.
  private struct Pending {
    var declaration: DecisionTableDeclaration
    var context: TableContext
    var kind: Kind

    enum Kind { case named, priorities, routing }
  }

  mutating func compileTables(of rulebook: RulebookDeclaration) -> Tables {
    var pending = rulebook.tables.map { pendingTable($0) }
    if let priorities = rulebook.priorities { pending.append(pendingPriorities(priorities)) }
    if let routing = rulebook.routing { pending.append(pendingRouting(routing)) }

    var compiled = Tables()
    for index in evaluationOrder(of: pending) {
      guard let table = compileTable(pending[index].declaration, pending[index].context) else { continue }
      switch pending[index].kind {
      case .named: break
      case .priorities:
        compiled.priority = rulebook.priorities.map { priority($0, table: compiled.tables.count) }
      case .routing:
        compiled.routing = rulebook.routing.map { routing($0, table, index: compiled.tables.count) }
      }
      compiled.tables.append(table)
    }
    return compiled
  }

  // MARK: Outputs

  private mutating func pendingTable(_ declaration: DecisionTableDeclaration) -> Pending {
    let yieldsList = declaration.hit?.value.compiled.yieldsList ?? false
    let isCount = declaration.hit?.value == .collect(.count)
    let outputs = declaration.outputs.map { output in
      let type = output.type.map { compileType($0.value) } ?? scope[output.name.value]?.type ?? .text
      if let entry = scope[output.name.value] {
        report(.outputIsTaken(output.name, isField: !entry.isDecided))
      }
      return DecisionTable.Output(
        name: output.name.value, type: type,
        slot: yieldsList ? nil : scope.declare(output.name.value, isCount ? .integer : type, shadowing: false)
      )
    }
    let context = TableContext(name: "tables.\(declaration.name.value)", outputs: outputs)
    return Pending(declaration: declaration, context: context, kind: .named)
  }

  private mutating func pendingPriorities(_ priorities: PrioritiesDeclaration) -> Pending {
    let levels = FieldType.choice(
      ChoiceDomain(choices: priorities.levels.map { ChoiceDomain.Choice(key: $0.value) }, isOrdered: true))
    let slot = scope.declare("priority", levels, shadowing: true)
    let output = DecisionTable.Output(name: "priority", type: levels, slot: slot)
    return Pending(
      declaration: priorities.table,
      context: TableContext(name: "priorities", outputs: [output], mandatory: ["priority"]), kind: .priorities
    )
  }

  private mutating func pendingRouting(_ routing: RoutingDeclaration) -> Pending {
    let teams = ChoiceDomain(
      choices: routing.teams.map {
        ChoiceDomain.Choice(key: $0.name.value, label: $0.label ?? LocalizedText())
      })
    let outputs = routing.table.outputs.map { output in
      let isTeam = output.name.value == "team"
      let type: FieldType =
        isTeam && !teams.choices.isEmpty ? .choice(teams) : output.type.map { compileType($0.value) } ?? .text
      return DecisionTable.Output(
        name: output.name.value, type: type, slot: scope.declare(output.name.value, type, shadowing: false))
    }
    let place = routing.table.name.place
    if !outputs.contains(where: { $0.name == "team" }) { report(.routingWithoutTeam(at: place)) }
    return Pending(
      declaration: routing.table,
      context: TableContext(name: "routing", outputs: outputs, mandatory: ["team"]), kind: .routing)
  }

  // MARK: Order

  /// The tables in an order in which each comes after those whose outputs it reads.
  private mutating func evaluationOrder(of tables: [Pending]) -> [Int] {
    var owner: [Int: Int] = [:]
    for (index, table) in tables.enumerated() {
      for output in table.context.outputs { if let slot = output.slot { owner[slot] = index } }
    }
    let reads = tables.map { table in
      table.declaration.namesRead.compactMap { name in scope[name].flatMap { owner[$0.slot] } }
    }
    var order = DependencyOrder(reads)
    let sorted = order.sorted()
    if let cycle = order.cycle {
      let names = (cycle + [cycle[0]]).map { tables[$0].context.name }
      report(.cycle(names, at: tables[cycle[0]].declaration.name.place))
      return []
    }
    return sorted
  }

  // MARK: Decisions

  private mutating func priority(_ priorities: PrioritiesDeclaration, table: Int) -> PriorityDecision {
    let levels = priorities.levels.map(\.value)
    var recorded: (slot: Int, levelOfChoice: [Int?])?
    if let field = priorities.field {
      recorded = recordedPriority(field, levels)
    }
    return PriorityDecision(
      table: table, levels: levels, at: priorities.levels.map(\.place), recorded: recorded)
  }

  private mutating func recordedPriority(
    _ field: Located<String>, _ levels: [String]
  ) -> (slot: Int, levelOfChoice: [Int?])? {
    guard let own = scope.field(field.value), case .choice(let domain) = own.field.type else {
      report(.priorityFieldIsNoChoice(field, scope.fieldNames))
      return nil
    }
    let levelOfChoice = domain.keys.map { levels.firstIndex(of: $0) }
    for (choice, level) in zip(domain.keys, levelOfChoice) where level == nil {
      report(.choiceIsNoLevel(choice, field, levels))
    }
    return (own.slot, levelOfChoice)
  }

  private mutating func routing(
    _ routing: RoutingDeclaration, _ table: DecisionTable, index: Int
  ) -> RoutingDecision {
    let teams = routing.teams.map { compileTeam($0) }
    return RoutingDecision(
      table: index, teamOutput: table.outputs.firstIndex { $0.name == "team" } ?? 0,
      assigneeOutput: table.outputs.firstIndex { $0.name == "assignee" }, teams: teams)
  }
}

extension DecisionTableDeclaration {
  /// The names that a table reads: its inputs, and every word of its expressions, of which some are names.
  fileprivate var namesRead: [String] {
    var names = inputs.filter { $0.expression == nil }.map(\.name.value)
    var texts = inputs.compactMap(\.expression)
    if case .inline(let rows) = rows { texts += rows.compactMap(\.condition.expression) }
    for text in texts {
      names += text.value.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == ".") }.map(String.init)
    }
    return names
  }
}
