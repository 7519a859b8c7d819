import Diagnostics
import RuleEvaluator
import RuleSyntax
import TicketModel

/// `required_fields`, and fields that are declared as required.
extension RulebookCompiler {
  mutating func compileRequirements(
    _ declarations: [RequiredFieldsDeclaration], _ schema: Schema
  ) -> [Requirement] {
    let always = schema.fields.enumerated().filter(\.element.isRequired).map { slot, field in
      Requirement(
        id: "fields.\(field.name)", place: field.place, severity: .error, condition: Condition(),
        slots: [slot], message: nil)
    }
    return always + declarations.compactMap { compileRequirement($0) }
  }

  private mutating func compileRequirement(_ declaration: RequiredFieldsDeclaration) -> Requirement? {
    let condition = compileCondition(declaration.condition, of: declaration.id.value)
    let from = declaration.from.map { compileFrom($0) } ?? Condition()
    let slots = declaration.fields.map { fieldSlot($0) }
    let message = compileMessage(declaration.message)
    guard let condition, let from, !slots.contains(nil) else { return nil }
    return Requirement(
      id: declaration.id.value, place: declaration.place,
      severity: declaration.severity?.value ?? .error,
      condition: Condition(from.terms + condition.terms, expression: condition.expression),
      slots: slots.compactMap(\.self),
      message: message)
  }

  mutating func fieldSlot(_ name: Located<String>) -> Int? {
    if let own = scope.field(name.value) { return own.slot }
    report(.unknownField(name, scope.fieldNames))
    return nil
  }

  /// `from: recorded` holds from that state on in the declared order of the status; a list means just these states.
  mutating func compileFrom(_ states: StatesDeclaration) -> Condition? {
    guard let status = scope.field("status"), case .choice(let domain) = status.field.type else {
      report(.fromWithoutStatus(at: states.place))
      return nil
    }
    var members = [Int]()
    for state in states.names {
      guard let index = domain.index(of: state.value) else {
        report(.unknownChoice(state, domain))
        return nil
      }
      members.append(index)
    }
    if case .onward = states, let first = members.first { members = Array(first..<domain.choices.count) }
    return Condition([
      Condition.Term(
        name: "status", slot: status.slot, domain: status.field.type.domain,
        set: ValueSet(.members(Set(members).sorted())), text: states.text, place: states.place)
    ])
  }
}

extension StatesDeclaration {
  fileprivate var names: [Located<String>] {
    switch self {
    case .onward(let name): [name]
    case .oneOf(let names): names.value
    }
  }

  fileprivate var place: Place {
    switch self {
    case .onward(let name): name.place
    case .oneOf(let names): names.place
    }
  }

  fileprivate var text: String {
    switch self {
    case .onward(let name): "from \(name.value)"
    case .oneOf(let names): names.value.map(\.value).joined(separator: " | ")
    }
  }
}
