public import PluginAPI

extension JSONValue {
  /// `{key, status, retryAfterMs?, error?}`.
  public init(_ receipt: Receipt) {
    var members: [String: JSONValue] = ["key": .text(receipt.key)]
    switch receipt.status {
    case .delivered: members["status"] = .text("delivered")
    case .rejected(let reason):
      members["status"] = .text("rejected")
      members["error"] = .text(reason)
    case .retry(let milliseconds):
      members["status"] = .text("retry")
      members["retryAfterMs"] = .number(Double(milliseconds))
    }
    self = .object(members)
  }

  /// `{ticket, status, error?}`.
  public init(_ result: WriteResult) {
    var members: [String: JSONValue] = ["ticket": .text(result.ticket)]
    switch result.status {
    case .written: members["status"] = .text("written")
    case .conflict: members["status"] = .text("conflict")
    case .missing: members["status"] = .text("missing")
    case .rejected(let reason):
      members["status"] = .text("rejected")
      members["error"] = .text(reason)
    }
    self = .object(members)
  }

  public init(_ problem: PluginProblem) {
    var members: [String: JSONValue] = ["message": .text(problem.message)]
    members["pointer"] = problem.pointer.map(JSONValue.text)
    members["hint"] = problem.hint.map(JSONValue.text)
    self = .object(members)
  }

  public init(_ field: StoreField) {
    var members: [String: JSONValue] = ["name": .text(field.name), "type": .text(field.type)]
    if !field.values.isEmpty { members["values"] = .list(field.values.map(JSONValue.text)) }
    self = .object(members)
  }

  /// Why an item failed: a text, or an object with a message.
  fileprivate var reason: String { text ?? self["message"]?.text ?? "no reason was given" }
}

extension Receipt {
  public init?(_ value: JSONValue) {
    guard let key = value["key"]?.text else { return nil }
    switch value["status"]?.text {
    case "delivered": self.init(key: key, status: .delivered)
    case "rejected": self.init(key: key, status: .rejected(reason: (value["error"] ?? .null).reason))
    case "retry":
      let wait = value["retryAfterMs"]?.number.flatMap { Int64(exactly: $0.rounded()) } ?? 1000
      self.init(key: key, status: .retry(afterMilliseconds: max(0, wait)))
    default: return nil
    }
  }
}

extension WriteResult {
  public init?(_ value: JSONValue) {
    guard let ticket = value["ticket"]?.text else { return nil }
    switch value["status"]?.text {
    case "written": self.init(ticket: ticket, status: .written)
    case "conflict": self.init(ticket: ticket, status: .conflict)
    case "missing": self.init(ticket: ticket, status: .missing)
    case "rejected": self.init(ticket: ticket, status: .rejected(reason: (value["error"] ?? .null).reason))
    default: return nil
    }
  }
}

extension PluginProblem {
  public init?(_ value: JSONValue) {
    guard let message = value["message"]?.text else { return nil }
    self.init(message, pointer: value["pointer"]?.text, hint: value["hint"]?.text)
  }
}

extension StoreField {
  public init?(_ value: JSONValue) {
    guard let name = value["name"]?.text, let type = value["type"]?.text else { return nil }
    self.init(name: name, type: type, values: value["values"]?.texts ?? [])
  }
}
