import Diagnostics
import RuleEvaluator
import RuleSyntax
import TicketModel

/// `workflow`: the states of a choice field, and the steps between them.
extension RulebookCompiler {
  /// - Parameters:
  ///   - declarations: of the checks.
  ///   - checks: those that could be compiled.
  mutating func compileWorkflow(
    _ declaration: WorkflowDeclaration, _ declarations: [CheckDeclaration], _ checks: [Check]
  ) -> Workflow? {
    guard let name = declaration.field, let (slot, domain) = workflowField(name) else { return nil }
    let before = diagnostics.count
    let declared = statesByChoice(declaration, domain, of: name)
    let initial = declaration.initial.flatMap { choice($0, domain) }
    var guards = NamedList<Workflow.Guard>()
    let present = declared.compactMap(\.self)
    let states = present.map { compileState($0, domain, &guards, declarations, checks) }
    // A state for every choice, and everything in it known: only then the whole can be judged.
    guard diagnostics.count == before, states.count == declared.count, let initial else { return nil }
    check(StateGraph(states, initial: initial), domain, present.map(\.name))
    return Workflow(
      place: declaration.place, field: slot, initial: initial, states: states, guards: guards.values)
  }

  private mutating func workflowField(_ name: Located<String>) -> (slot: Int, domain: ChoiceDomain)? {
    guard let own = scope.field(name.value) else {
      report(.unknownField(name, scope.fieldNames))
      return nil
    }
    guard case .choice(let domain) = own.field.type else {
      report(.workflowFieldIsNoChoice(name, own.field.type))
      return nil
    }
    if own.field.isMasked { report(.maskedField(name, "the workflow")) }
    return (own.slot, domain)
  }

  private mutating func choice(_ name: Located<String>, _ domain: ChoiceDomain) -> Int? {
    if let index = domain.index(of: name.value) { return index }
    report(.unknownChoice(name, domain))
    return nil
  }

  /// What is declared of each choice; nil where a choice has no state.
  private mutating func statesByChoice(
    _ declaration: WorkflowDeclaration, _ domain: ChoiceDomain, of field: Located<String>
  ) -> [StateDeclaration?] {
    var states = [StateDeclaration?](repeating: nil, count: domain.choices.count)
    var misspelt = Set<String>()
    for state in declaration.states {
      guard let index = choice(state.name, domain) else {
        misspelt.formUnion([nearestName(to: state.name.value, among: domain.keys)].compactMap(\.self))
        continue
      }
      if let first = states[index] { report(.duplicateState(state.name, first: first.name)) }
      states[index] = states[index] ?? state
    }
    // What is meant by a misspelt name has been said already.
    let missing = zip(domain.keys, states).filter { $1 == nil && !misspelt.contains($0) }.map(\.0)
    if !missing.isEmpty { report(.statesMissing(missing, field, at: declaration.statesPlace)) }
    return states
  }

  private mutating func compileState(
    _ declaration: StateDeclaration, _ domain: ChoiceDomain, _ guards: inout NamedList<Workflow.Guard>,
    _ declarations: [CheckDeclaration], _ checks: [Check]
  ) -> Workflow.State {
    let next = declaration.next.compactMap { choice($0, domain) }
    let required = declaration.required.compactMap { fieldSlot($0) }
    let indexes = declaration.guards.compactMap { guardIndex($0, &guards, declarations, checks) }
    return Workflow.State(
      place: declaration.name.place, category: Workflow.Category(declaration.category?.value ?? .open),
      next: next, required: required, guards: indexes)
  }

  // MARK: Guards

  private mutating func guardIndex(
    _ id: Located<String>, _ guards: inout NamedList<Workflow.Guard>, _ declarations: [CheckDeclaration],
    _ checks: [Check]
  ) -> Int? {
    if let index = guards.index(of: id.value) { return index }
    guard let declaration = declarations.first(where: { $0.id.value == id.value }) else {
      report(.unknownCheck(id, declarations.map(\.id.value)))
      return nil
    }
    // What is wrong with the check itself has been reported.
    guard let check = checks.firstIndex(where: { $0.id == id.value }),
      let compiled = compileGuard(declaration, check, id)
    else { return nil }
    guards.append(compiled, named: id.value)
    return guards.values.count - 1
  }

  /// The check once more, of the ticket's own fields.
  private mutating func compileGuard(
    _ declaration: CheckDeclaration, _ check: Int, _ id: Located<String>
  ) -> Workflow.Guard? {
    let before = diagnostics.count
    let condition = compileCondition(declaration.condition, of: id.value, overHistory: true)
    let expression = declaration.expression.flatMap { text in
      compileExpression(text, of: id.value, overHistory: true)
    }
    if let condition, let expression {
      return Workflow.Guard(check: check, condition: condition, expression: expression)
    }
    // The check has compiled before: all that can be wrong now is that it reads decisions.
    diagnostics.removeSubrange(before...)
    report(.guardOverHistory(id, check: declaration.place))
    return nil
  }

  // MARK: The whole

  private mutating func check(_ graph: StateGraph, _ domain: ChoiceDomain, _ names: [Located<String>]) {
    for state in graph.orphans { report(.unreachableState(names[state])) }
    for state in graph.islands { report(.unreachableState(names[state], from: domain.keys[graph.initial])) }
    for state in graph.deadEnds { report(.deadEndState(names[state])) }
    for state in graph.endless { report(.noWayToClose(names[state])) }
  }
}

extension Workflow.Category {
  fileprivate init(_ declaration: StateCategory) {
    self =
      switch declaration {
      case .open: .open
      case .paused: .paused
      case .resolved: .resolved
      case .closed: .closed
      }
  }
}
