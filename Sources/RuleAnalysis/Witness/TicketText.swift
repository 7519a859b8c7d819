/// A ticket's JSON, field by field; dotted names become nested objects.
struct TicketText {
  private indirect enum Node {
    case value(String)
    case object([(name: String, node: Node)])
  }

  private var members: [(name: String, node: Node)] = []

  /// - Parameter json: the value as JSON.
  mutating func add(_ json: String, at name: String) {
    Self.add(json, name.split(separator: ".").map(String.init)[...], to: &members)
  }

  private static func add(
    _ json: String, _ path: ArraySlice<String>, to members: inout [(name: String, node: Node)]
  ) {
    guard let name = path.first else { return }
    if path.count == 1 { return members.append((name, .value(json))) }
    let index = members.firstIndex { $0.name == name } ?? members.count
    var inner: [(name: String, node: Node)] = []
    if index < members.count, case .object(let known) = members[index].node { inner = known }
    add(json, path.dropFirst(), to: &inner)
    if index == members.count {
      members.append((name, .object(inner)))
    } else {
      members[index].node = .object(inner)
    }
  }

  var json: String { Self.text(of: members) }

  private static func text(of members: [(name: String, node: Node)]) -> String {
    let parts = members.map { member in
      switch member.node {
      case .value(let json): "\(quotedJSON(member.name)): \(json)"
      case .object(let inner): "\(quotedJSON(member.name)): \(text(of: inner))"
      }
    }
    return "{\(parts.joined(separator: ", "))}"
  }
}

/// A text as a JSON string; the letters of all languages stay what they are.
func quotedJSON(_ text: String) -> String {
  var json = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"", "\\": json += "\\\(scalar)"
    case "\n": json += "\\n"
    case _ where scalar.value < 0x20:
      let code = String(scalar.value, radix: 16)
      json += "\\u" + String(repeating: "0", count: 4 - code.count) + code
    default: json.unicodeScalars.append(scalar)
    }
  }
  return json + "\""
}
