import ByteOutput

/// A JSON value that is put together before it is written, for the small parts of reports; keys keep their order.
indirect enum JSONTree: Sendable {
  case null
  /// Left out of the object that it stands in.
  case absent
  case flag(Bool)
  case number(Int)
  case text(String)
  case list([JSONTree])
  case object([(key: String, value: JSONTree)])

  /// The text, or `absent`.
  static func optional(_ text: String?) -> JSONTree { text.map { .text($0) } ?? .absent }
}

extension JSONTree: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  init(stringLiteral value: String) { self = .text(value) }
  init(integerLiteral value: Int) { self = .number(value) }
  init(booleanLiteral value: Bool) { self = .flag(value) }
  init(arrayLiteral elements: JSONTree...) { self = .list(elements) }
  init(dictionaryLiteral elements: (String, JSONTree)...) {
    self = .object(elements.map { (key: $0, value: $1) })
  }
}

extension ByteWriter {
  mutating func append(_ tree: JSONTree) {
    switch tree {
    case .null, .absent: append(literal: "null")
    case .flag(let value): append(literal: value ? "true" : "false")
    case .number(let value): append(integer: Int64(value))
    case .text(let value): append(jsonString: value)
    case .list(let values): append(values)
    case .object(let members): append(members)
    }
  }

  private mutating func append(_ values: [JSONTree]) {
    append(literal: "[")
    for (index, value) in values.enumerated() {
      if index > 0 { append(literal: ",") }
      append(value)
    }
    append(literal: "]")
  }

  private mutating func append(_ members: [(key: String, value: JSONTree)]) {
    append(literal: "{")
    var isFirst = true
    for (key, value) in members {
      if case .absent = value { continue }
      if !isFirst { append(literal: ",") }
      isFirst = false
      append(jsonString: key)
      append(literal: ":")
      append(value)
    }
    append(literal: "}")
  }
}
