import Expressions

/// Values as a ticket's slots hold them: texts as stretches of bytes, choices as indexes.
struct TicketSlots: SlotSource {
  private var bytes: [UInt8] = []
  private var slots: [Int: SlotValue] = [:]
  private var composites: [Int: Value] = [:]

  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result { bytes.withUnsafeBytes(body) }
  func value(ofSlot slot: Int) -> SlotValue { slots[slot] ?? .absent }
  func composite(ofSlot slot: Int) -> Value { composites[slot] ?? .null }

  mutating func set(_ slot: Int, _ value: SlotValue) { slots[slot] = value }

  mutating func set(_ slot: Int, text: String) {
    let start = bytes.count
    bytes += Array(text.utf8)
    slots[slot] = .text(start..<bytes.count)
  }

  mutating func set(_ slot: Int, composite: Value) {
    slots[slot] = .composite
    composites[slot] = composite
  }
}

/// A small ticket's schema.
enum TicketSchema {
  static let types = ["fault", "anomaly", "consultation"]
  static let urgencies = ["high", "medium", "low"]
  static let step = Type.Record([
    .init("at", .timestamp, isOptional: false), .init("by", .string, isOptional: true),
    .init("text", .string, isOptional: false),
  ])

  static let variables = [
    Variable("id", .string, slot: 0), Variable("description", .string, slot: 1),
    Variable("type", .string, slot: 2, choices: types),
    Variable("urgency", .string, slot: 3, isOptional: true, choices: urgencies),
    Variable("affected_users", .int, slot: 4), Variable("limit", .int, slot: 5, isOptional: true),
    Variable("score", .double, slot: 6), Variable("is_vip", .bool, slot: 7),
    Variable("submitted_at", .timestamp, slot: 8),
    Variable("verified_at", .timestamp, slot: 9, isOptional: true),
    Variable("effort", .duration, slot: 10), Variable("now", .timestamp, slot: 11),
    Variable("contact.name", .string, slot: 12, isOptional: true),
    Variable("steps", .list(.record(step)), slot: 13),
    Variable("tags", .list(.string), slot: 14),
  ]

  static var environment: Environment {
    var variables = variables
    variables[2].otherSpellings = ["故障": "fault"]
    var environment = Environment(variables)
    environment.zoneOffset = { zone, _ in zone == "Asia/Shanghai" ? 28_800 : nil }
    return environment
  }

  static var ticket: TicketSlots {
    var ticket = TicketSlots()
    ticket.set(0, text: "202310-001")
    ticket.set(1, text: "登录后页面空白")
    ticket.set(2, .choice(0))
    ticket.set(4, .int(40))
    ticket.set(6, .double(0.5))
    ticket.set(7, .bool(true))
    ticket.set(8, .timestamp(milliseconds: 1_697_000_000_000))
    ticket.set(10, .duration(milliseconds: 5_400_000))
    ticket.set(11, .timestamp(milliseconds: 1_697_014_400_000))
    let step = MapValue([
      (.string("at"), .timestamp(Timestamp(milliseconds: 1_697_000_100_000))),
      (.string("text"), .string("log")),
    ])
    ticket.set(13, composite: .list([.map(step)]))
    ticket.set(14, composite: .list([.string("web"), .string("支付")]))
    return ticket
  }
}

/// A small seeded generator (SplitMix64), so that a failure can be had again.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
