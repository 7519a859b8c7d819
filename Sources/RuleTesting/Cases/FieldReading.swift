import Diagnostics
import LocatedYAML
import TicketModel
import WorkingTime

/// Turns fields as tests write them into values of a ticket.
///
/// Whether a value fits its field is the decoder's to say, once the ticket is whole; names are checked here.
struct FieldReading {
  let schema: Schema
  let time: TestTime
  let reader: NodeReader

  func values(_ entries: [Node.Entry], isUnchecked: Bool = false) -> FieldValues {
    var values = FieldValues()
    read(entries, below: "", isUnchecked, into: &values)
    return values
  }

  private func read(
    _ entries: [Node.Entry], below prefix: String, _ isUnchecked: Bool, into values: inout FieldValues
  ) {
    for entry in entries where !entry.key.value.hasPrefix("x-") {
      let name = prefix + entry.key.value
      if let slot = schema.slot(of: name) {
        let json = value(entry.value, isUnchecked ? nil : schema.fields[slot].type)
        values.set(name, FieldValues.Value(json: json, place: entry.value.place, isUnchecked: isUnchecked))
      } else if case .mapping(let inner) = entry.value.content, isGroup(name) {
        read(inner, below: name + ".", isUnchecked, into: &values)
      } else {
        reader.report(.unknownField(Located(name, at: entry.key.place), schema.names))
      }
    }
  }

  private func isGroup(_ name: String) -> Bool {
    schema.names.contains { $0.hasPrefix(name + ".") }
  }

  /// The value as JSON; nil for the word `absent`.
  func value(_ node: Node, _ type: FieldType?) -> String? {
    if node.isWord("absent") { return nil }
    switch node.content {
    case .refused: return nil
    case .sequence(let items): return list(items, type)
    case .mapping(let entries): return object(entries, type)
    case .scalar(let scalar):
      if scalar.isMissing {
        reader.report(.missingValue(at: node.place))
        return nil
      }
      return literal(scalar, at: node.place, type)
    }
  }

  private func list(_ items: [Node], _ type: FieldType?) -> String {
    var element: FieldType?
    if case .list(let declared)? = type { element = declared }
    return "[\(items.map { value($0, element) ?? "null" }.joined(separator: ", "))]"
  }

  private func object(_ entries: [Node.Entry], _ type: FieldType?) -> String {
    var inner: Schema?
    if case .object(let declared)? = type { inner = declared }
    let members = entries.map { entry in
      let slot = inner?.slot(of: entry.key.value)
      if let inner, slot == nil { reader.report(.unknownField(entry.key, inner.names)) }
      let value = value(entry.value, slot.flatMap { inner?.fields[$0].type })
      return "\(entry.key.value.jsonText): \(value ?? "null")"
    }
    return "{\(members.joined(separator: ", "))}"
  }

  private func literal(_ scalar: Scalar, at place: Place, _ type: FieldType?) -> String {
    switch type {
    case nil: return scalar.json
    case .integer?, .number?, .boolean?: return scalar.json
    case .choice(let domain)? where domain.index(of: scalar.text) == nil:
      reader.report(.unknownChoice(Located(scalar.text, at: place), domain.keys))
      return scalar.text.jsonText
    case .instant? where TestTime.isOffset(scalar.text):
      return instant(Located(scalar.text, at: place))
    default: return scalar.text.jsonText
    }
  }

  private func instant(_ text: Located<String>) -> String {
    do {
      return try time.instant(text).text(in: time.zone).jsonText
    } catch {
      reader.report(error.diagnostic)
      return "null"
    }
  }
}

extension Scalar {
  /// Without a type that says what is meant: a plain number or truth value, else a text.
  fileprivate var json: String {
    switch plainValue {
    case .boolean(let value): value ? "true" : "false"
    case .number where text.isJSONNumber: text
    case .number, .text: text.jsonText
    }
  }
}

extension String {
  /// RFC 8259, section 6, as far as a text that is a decimal number can differ from it: no `+`, no leading zeros or points.
  fileprivate var isJSONNumber: Bool {
    let digits = drop { $0 == "-" }
    guard let first = digits.first, first.isASCII, first.isNumber, !hasSuffix(".") else { return false }
    return first != "0" || digits.count == 1 || !(digits.dropFirst().first?.isNumber ?? false)
  }
}
