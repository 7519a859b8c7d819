import Diagnostics
import TicketModel

/// Messages about `workflow`.
extension Diagnostic {
  static func workflowFieldIsNoChoice(_ name: Located<String>, _ type: FieldType) -> Diagnostic {
    Diagnostic(
      "workflow-field", .error,
      "\(quoted(name.value)) is a field of type \(type.name); a workflow goes through the values of a choice",
      at: name.place, hint: "name a field of type choice")
  }

  static func maskedField(_ name: Located<String>, _ owner: String) -> Diagnostic {
    Diagnostic(
      "masked-field", .error,
      "\(quoted(name.value)) is masked, and messages about \(owner) name its values", at: name.place,
      hint: "use a field that is not masked")
  }

  static func statesMissing(_ missing: [String], _ field: Located<String>, at place: Place) -> Diagnostic {
    Diagnostic(
      "states-missing", .error,
      "'states' does not have \(missing.map(quoted).joined(separator: ", ")), which \(quoted(field.value)) can be",
      at: place, hint: "add '\(missing[0]): {category: …, next: […]}'")
  }

  static func duplicateState(_ name: Located<String>, first: Located<String>) -> Diagnostic {
    Diagnostic(
      "duplicate-state", .error,
      "\(quoted(name.value)) and \(quoted(first.value)) are the same value of the field",
      at: name.place, hint: "keep one of them", related: [.init("the first one", at: first.place)])
  }

  static func unreachableState(_ name: Located<String>) -> Diagnostic {
    Diagnostic(
      "unreachable-state", .error, "no state leads to \(quoted(name.value)), and it is not the initial one",
      at: name.place, hint: "add it to 'next' of the state before it")
  }

  static func unreachableState(_ name: Located<String>, from initial: String) -> Diagnostic {
    Diagnostic(
      "unreachable-state", .error,
      "\(quoted(name.value)) cannot be reached from the initial state \(quoted(initial))", at: name.place,
      hint: "add it to 'next' of the state before it")
  }

  static func deadEndState(_ name: Located<String>) -> Diagnostic {
    Diagnostic(
      "dead-end-state", .error, "nothing follows \(quoted(name.value)), and it is not closed",
      at: name.place, hint: "add 'next: […]', or write 'category: closed'")
  }

  static func noWayToClose(_ name: Located<String>) -> Diagnostic {
    Diagnostic(
      "no-way-to-close", .warning, "from \(quoted(name.value)) no closed state can be reached",
      at: name.place, hint: "let it, or a state after it, lead to one of category closed")
  }

  static func unknownCheck(_ id: Located<String>, _ ids: [String]) -> Diagnostic {
    Diagnostic(
      "unknown-check", .error, "there is no check \(quoted(id.value))", at: id.place
    )
    .suggesting(id, among: ids, else: listing(ids, "checks"))
  }

  static func guardOverHistory(_ id: Located<String>, check: Place) -> Diagnostic {
    Diagnostic(
      "guard-over-history", .error,
      "\(quoted(id.value)) reads what is decided, and the history does not tell what it was", at: id.place,
      hint: "guard the state with a check that reads fields of the ticket alone",
      related: [.init("the check", at: check)])
  }
}
