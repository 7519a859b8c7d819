import Diagnostics
import TicketModel
import WorkingTime

/// Builds layouts and decodes records, for all suites.
enum Sample {
  static func field(
    _ name: String, _ type: FieldType, minimum: Double? = nil, maximum: Double? = nil
  ) -> Field {
    Field(
      name: name, type: type, minimum: minimum, maximum: maximum, place: Place(file: "fields.yaml", line: 1))
  }

  static func layout(_ fields: [Field], symbols: [Int: SymbolTable] = [:], history: Bool = false)
    -> TicketLayout
  {
    // Eight hours east of Greenwich, as most tickets are.
    let zone = TimeZoneRules.fixed(offset: 8 * 3600) ?? .utc
    return TicketLayout(schema: Schema(fields), symbols: symbols, tracksHistory: history, localZone: zone)
  }

  static let urgency = FieldType.choice(
    ChoiceDomain(choices: [
      .init(key: "high", label: LocalizedText([("zh", "高"), ("en", "High")]), aliases: ["1", "urgent"]),
      .init(key: "low", label: LocalizedText([("zh", "低")]), aliases: ["high", "true"]),
    ]))

  /// One field of every type.
  static let allTypes: [Field] = [
    field("text", .text), field("integer", .integer, minimum: -10, maximum: 1000), field("number", .number),
    field("boolean", .boolean), field("instant", .instant), field("date", .date),
    field("duration", .duration),
    field("choice", urgency), field("list", .list(.text)), field("object", .object(Schema())),
  ]
}

extension TicketLayout {
  func decode(_ bytes: [UInt8]) throws(MalformedRecord) -> Ticket {
    var ticket = Ticket()
    var decoder = TicketDecoder(layout: self)
    try decoder.decode(bytes.span.bytes, into: &ticket)
    return ticket
  }

  func decode(_ json: String) throws(MalformedRecord) -> Ticket { try decode(Array(json.utf8)) }

  /// Decodes a record with one member, as JSON, and says what became of it.
  func reading(_ member: String) throws(MalformedRecord) -> String {
    let ticket = try decode("{\(member)}")
    return ticket.slots.map(ticket.describe).filter { $0 != "absent" }.joined(separator: ", ")
      + ticket.problems.map { " " + ticket.describe($0) }.joined()
  }
}

extension Ticket {
  func describe(_ slot: Slot) -> String {
    switch slot.kind {
    case .absent, .invalid: "\(slot.kind)"
    case .boolean, .integer, .instant, .date, .duration, .choice: "\(slot.kind) \(slot.integer)"
    case .number: "number \(slot.double)"
    case .text: "text <\(text(slot))>" + (slot.symbol == 0 ? "" : " #\(slot.symbol)")
    case .raw: "raw <\(text(slot))>"
    }
  }

  func describe(_ problem: Problem) -> String {
    "[\(problem.kind) \(problem.slot.map(String.init) ?? "history") <\(text(problem.written))>]"
  }

  /// The history as `time: slot=value …`, one event after the other.
  var describedHistory: [String] {
    events.map { event in
      let changes = self.changes[event.changes].map { "\($0.slot)=\(describe($0.value))" }
      return (["\(event.at.milliseconds):"] + changes).joined(separator: " ")
    }
  }
}

/// A seeded generator, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}
