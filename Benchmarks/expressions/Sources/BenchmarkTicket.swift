import Expressions

/// A ticket as the engine holds it: 16 bytes a value, texts as stretches of its bytes.
///
/// All tickets share their bytes, so that passing one on counts no references: that would cost more than what is
/// measured, and hide it.
struct BenchmarkTicket: SlotSource {
  let slots: UnsafePointer<SlotValue>
  let text: UnsafeRawBufferPointer

  private static let texts = Array("登录后页面空白 点击提交按钮没有反应 The page stays blank after a click".utf8)

  @inline(__always)
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result { body(text) }

  @inline(__always)
  func value(ofSlot slot: Int) -> SlotValue { slots[slot] }
  func composite(ofSlot slot: Int) -> Value { .null }

  static let types = ["fault", "anomaly", "consultation"]
  static let urgencies = ["high", "medium", "low"]

  static let environment = Environment([
    Variable("description", .string, slot: 0), Variable("type", .string, slot: 1, choices: types),
    Variable("urgency", .string, slot: 2, choices: urgencies), Variable("affected_users", .int, slot: 3),
    Variable("limit", .int, slot: 4), Variable("score", .double, slot: 5), Variable("is_vip", .bool, slot: 6),
    Variable("submitted_at", .timestamp, slot: 7), Variable("now", .timestamp, slot: 8),
  ])
  private static let slotCount = 9

  /// Tickets whose texts, choices and numbers differ, so that no branch is always taken. They live as long as the process.
  static func samples(_ count: Int) -> [BenchmarkTicket] {
    let text = UnsafeMutableRawBufferPointer.allocate(byteCount: texts.count, alignment: 1)
    text.copyBytes(from: texts)
    let slots = UnsafeMutablePointer<SlotValue>.allocate(capacity: count * slotCount)
    var state: UInt64 = 20_260_301
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    return (0..<count).map { index in
      let own = slots + index * slotCount
      let values: [SlotValue] = [
        .text(0..<random(texts.count)), .choice(random(3)), .choice(random(3)), .int(Int64(random(100))),
        .int(Int64(random(100))), .double(Double(random(100)) / 100), .bool(random(2) == 0),
        .timestamp(milliseconds: 1_790_000_000_000 + Int64(random(100_000_000))),
        .timestamp(milliseconds: 1_790_050_000_000),
      ]
      for (slot, value) in values.enumerated() { (own + slot).initialize(to: value) }
      return BenchmarkTicket(slots: UnsafePointer(own), text: UnsafeRawBufferPointer(text))
    }
  }
}
