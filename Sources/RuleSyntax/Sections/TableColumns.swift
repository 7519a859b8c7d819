import Diagnostics

/// The columns of a decision table by name.
struct TableColumns {
  enum Role { case input, output }

  let inputs: [InputDeclaration]
  let outputs: [OutputDeclaration]
  /// Columns that have a reserved name, or stand twice.
  private(set) var problems: [Diagnostic] = []
  private var roles: [String: (role: Role, place: Place)] = [:]

  init(inputs: [InputDeclaration], outputs: [OutputDeclaration]) {
    self.inputs = inputs
    self.outputs = outputs
    for input in inputs { add(input.name, .input) }
    for output in outputs { add(output.name, .output) }
  }

  private mutating func add(_ name: Located<String>, _ role: Role) {
    if name.value == "id" || name.value == "expr" {
      problems.append(.reservedColumn(name))
    } else if role == .output, let first = roles[name.value], first.role == .input {
      problems.append(.inputAndOutput(Located(name.value, at: first.place)))
    } else if let first = roles[name.value] {
      problems.append(.duplicateColumn(name, first: first.place))
    } else {
      roles[name.value] = (role, name.place)
    }
  }

  func role(of name: String) -> Role? { roles[name]?.role }

  /// What a row may hold.
  var names: [String] { ["id", "expr"] + inputs.map(\.name.value) + outputs.map(\.name.value) }
}
