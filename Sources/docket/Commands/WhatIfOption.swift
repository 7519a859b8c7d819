import CommandOptions
import Diagnostics
import RuleEvaluator
import TicketModel
import WorkingTime

/// `--what-if k=v`: a value that a ticket's field is assumed to have.
struct WhatIfOption {
  let name: String
  /// Empty for no value.
  let value: String

  /// The assumptions that `texts` mean, one a field.
  static func assumptions(
    _ texts: [String], _ schema: Schema, _ zone: TimeZoneRules
  ) throws(Failure) -> [TicketAssumption] {
    var assumptions = [TicketAssumption]()
    for text in texts {
      let option = try WhatIfOption(text)
      let assumption = try option.assumption(schema, zone)
      if assumptions.contains(where: { $0.slot == assumption.slot }) {
        throw Failure(.usage, "--what-if names '\(option.name)' twice")
      }
      assumptions.append(assumption)
    }
    return assumptions
  }

  private init(_ text: String) throws(Failure) {
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
      throw Failure(
        .usage, "--what-if '\(text)' is not field=value", hint: "write urgency=high, or urgency= for no value"
      )
    }
    name = String(text[..<equals])
    value = String(text[text.index(after: equals)...])
  }

  private func assumption(_ schema: Schema, _ zone: TimeZoneRules) throws(Failure) -> TicketAssumption {
    guard let slot = schema.slot(of: name) else {
      throw Failure(
        .usage, "--what-if \(name): there is no field '\(name)'",
        hint: suggestion(for: name, among: schema.names))
    }
    let type = schema.fields[slot].type
    if case .choice(let domain) = type, !value.isEmpty, domain.index(of: value) == nil {
      throw Failure(
        .usage, "--what-if \(name)=\(value): '\(value)' is none of its values",
        hint: suggestion(for: value, among: domain.choices.flatMap(\.spellings))
          ?? "its values are \(domain.keys.joined(separator: ", "))")
    }
    let assumption = TicketAssumption(slot: slot, json: value.isEmpty ? "null" : json(type))
    if !Self.isUsable(assumption, schema, zone) {
      throw Failure(
        .usage, "--what-if \(name)=\(value): that is no value of type \(type.name)", hint: Self.example(type))
    }
    return assumption
  }

  private func json(_ type: FieldType) -> String {
    switch type {
    case .integer, .number, .boolean:
      // Anything else is a text, which the field then refuses.
      let isWord = value.allSatisfy { $0.isLetter || $0.isNumber || "+-.".contains($0) }
      return isWord ? value : Self.string(value)
    case .list, .object:
      // A list of texts may be written without JSON.
      if value.hasPrefix("[") || value.hasPrefix("{") { return value }
      let parts = value.split(separator: ",").map { Self.string($0.drop { $0 == " " }) }
      return "[\(parts.joined(separator: ","))]"
    case .text, .choice, .instant, .date, .duration: return Self.string(value)
    }
  }

  private static func string(_ text: some StringProtocol) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\u{0}"..."\u{1F}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// Whether a record with that value alone is well-formed and has nothing wrong with it.
  private static func isUsable(_ assumption: TicketAssumption, _ schema: Schema, _ zone: TimeZoneRules)
    -> Bool
  {
    var decoder = TicketDecoder(layout: TicketLayout(schema: schema, tracksHistory: false, localZone: zone))
    var ticket = Ticket()
    do {
      try decoder.decode(Array("{}".utf8), assuming: [assumption], into: &ticket)
    } catch {
      return false
    }
    // What looks like more than one value would set other fields, too.
    let others = ticket.slots.indices.filter { $0 != assumption.slot && ticket.slots[$0].kind != .absent }
    return ticket.problems.isEmpty && others.isEmpty && ticket.slots[assumption.slot].kind != .invalid
  }

  private static func example(_ type: FieldType) -> String? {
    switch type {
    case .integer: "write a whole number within the field's bounds, such as 3"
    case .number: "write a number within the field's bounds, such as 1.5"
    case .boolean: "write true or false"
    case .instant: "write an instant, such as 2026-10-12T10:00:00+08:00"
    case .date: "write a date, such as 2026-10-12"
    case .duration: "write a length of time, such as 4 hours"
    case .list: "write a,b or JSON, such as [\"a\",\"b\"]"
    case .text, .choice, .object: nil
    }
  }
}
