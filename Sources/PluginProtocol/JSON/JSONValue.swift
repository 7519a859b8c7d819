public import PluginAPI

/// A value of JSON, for all that is not a ticket: settings, problems, fields.
public enum JSONValue: Hashable, Sendable {
  case null
  case boolean(Bool)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  public subscript(_ key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members[key]
  }

  public var text: String? {
    guard case .text(let text) = self else { return nil }
    return text
  }

  public var boolean: Bool? {
    guard case .boolean(let boolean) = self else { return nil }
    return boolean
  }

  public var number: Double? {
    guard case .number(let number) = self else { return nil }
    return number
  }

  /// A whole number; nil for a broken one.
  public var integer: Int? { number.flatMap { Int(exactly: $0) } }

  public var list: [JSONValue]? {
    guard case .list(let items) = self else { return nil }
    return items
  }

  public var object: [String: JSONValue]? {
    guard case .object(let members) = self else { return nil }
    return members
  }
}

extension JSONValue {
  public init(_ value: PluginConfiguration.Value) {
    switch value {
    case .text(let text): self = .text(text)
    case .number(let number): self = .number(number)
    case .boolean(let boolean): self = .boolean(boolean)
    case .list(let items): self = .list(items.map(JSONValue.init))
    case .object(let members): self = .object(members.mapValues(JSONValue.init))
    }
  }
}

extension PluginConfiguration.Value {
  /// Nil for what settings have no word for: `null`.
  public init?(_ value: JSONValue) {
    switch value {
    case .null: return nil
    case .text(let text): self = .text(text)
    case .number(let number): self = .number(number)
    case .boolean(let boolean): self = .boolean(boolean)
    case .list(let items): self = .list(items.compactMap(PluginConfiguration.Value.init))
    case .object(let members): self = .object(members.compactMapValues(PluginConfiguration.Value.init))
    }
  }
}

extension [UInt8] {
  /// Appends `value` as JSON; the members of an object in the order of their keys.
  public mutating func appendJSON(_ value: JSONValue) {
    switch value {
    case .null: append(contentsOf: "null".utf8)
    case .boolean(let boolean): append(contentsOf: (boolean ? "true" : "false").utf8)
    case .number(let number): append(contentsOf: Self.text(of: number).utf8)
    case .text(let text): appendJSONString(text)
    case .list(let items):
      appendList(items, between: "[", "]") { $0.appendJSON($1) }
    case .object(let members):
      appendList(members.sorted { $0.key < $1.key }, between: "{", "}") { bytes, member in
        bytes.appendJSONString(member.key)
        bytes.append(UInt8(ascii: ":"))
        bytes.appendJSON(member.value)
      }
    }
  }

  /// Whole numbers have no fraction; what JSON cannot say is null.
  private static func text(of number: Double) -> String {
    if let integer = Int64(exactly: number) { return String(integer) }
    return number.isFinite ? String(number) : "null"
  }

  /// Appends `items` with commas between them.
  public mutating func appendList<Item>(
    _ items: [Item], between opening: Unicode.Scalar = "[", _ closing: Unicode.Scalar = "]",
    _ appendItem: (inout [UInt8], Item) -> Void
  ) {
    append(UInt8(ascii: opening))
    for (index, item) in items.enumerated() {
      if index > 0 { append(UInt8(ascii: ",")) }
      appendItem(&self, item)
    }
    append(UInt8(ascii: closing))
  }
}
