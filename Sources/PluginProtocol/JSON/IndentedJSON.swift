import PluginAPI

extension [UInt8] {
  /// Appends `value` as JSON for people: a member and an item a line, two spaces deep; what is empty or plain on one line.
  public mutating func appendIndentedJSON(_ value: JSONValue, depth: Int = 0) {
    switch value {
    case .list(let items) where items.contains { !$0.isPlain }:
      appendLines(items, "[", "]", depth) { $0.appendIndentedJSON($1, depth: depth + 1) }
    case .object(let members) where !members.isEmpty:
      appendLines(members.sorted { $0.key < $1.key }, "{", "}", depth) { bytes, member in
        bytes.appendJSONString(member.key)
        bytes.append(contentsOf: ": ".utf8)
        bytes.appendIndentedJSON(member.value, depth: depth + 1)
      }
    case .list(let items):
      append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { append(contentsOf: ", ".utf8) }
        appendJSON(item)
      }
      append(UInt8(ascii: "]"))
    default: appendJSON(value)
    }
  }

  private mutating func appendLines<Item>(
    _ items: [Item], _ opening: Unicode.Scalar, _ closing: Unicode.Scalar, _ depth: Int,
    _ appendItem: (inout [UInt8], Item) -> Void
  ) {
    append(UInt8(ascii: opening))
    for (index, item) in items.enumerated() {
      append(contentsOf: index > 0 ? ",\n".utf8 : "\n".utf8)
      append(contentsOf: repeatElement(0x20, count: 2 * (depth + 1)))
      appendItem(&self, item)
    }
    append(0x0A)
    append(contentsOf: repeatElement(0x20, count: 2 * depth))
    append(UInt8(ascii: closing))
  }
}

extension JSONValue {
  fileprivate var isPlain: Bool {
    switch self {
    case .null, .boolean, .number, .text: true
    case .list, .object: false
    }
  }
}
