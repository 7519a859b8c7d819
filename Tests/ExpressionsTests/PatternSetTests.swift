import Diagnostics
import Expressions
import Testing

@Suite("Patterns that share a text")
struct PatternSetTests {
  /// A ticket that asks the sets.
  private struct AskingSlots: SlotSource {
    var slots: TicketSlots
    var patterns: PatternMemo?

    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result { slots.withBytes(body) }
    func value(ofSlot slot: Int) -> SlotValue { slots.value(ofSlot: slot) }
    func composite(ofSlot slot: Int) -> Value { slots.composite(ofSlot: slot) }
  }

  private static let pieces = [
    "登录", "空白", "[0-9]+", "^", "$", "a", "b*", ".", "(?i)ERR", "(x|y)", "\\s", "页{2}", "[^a]", "错误码[:：]?",
    "(?:ab)+", "", "|", "\\b",
  ]
  private static let texts = ["登录", "空白页", "ab", "abab", "err 12", "x", "错误码：7", " ", "页页", "A", "\n"]

  private func pattern(_ generator: inout SeededGenerator) -> String {
    (0..<Int.random(in: 1...4, using: &generator)).map { _ in
      Self.pieces.randomElement(using: &generator) ?? ""
    }.joined()
  }

  @Test("are answered by a set as each of them is alone, whatever the patterns and the texts")
  func equality() throws {
    var generator = SeededGenerator(seed: 4_711)
    var asked = 0
    for round in 0..<150 {
      let patterns = (0..<Int.random(in: 1...90, using: &generator)).map { _ in pattern(&generator) }
      let alone = patterns.compactMap { pattern in
        try? Program("description.matches(r'''\(pattern)''')", in: TicketSchema.environment, expected: .bool)
      }
      let wholes = patterns.compactMap { try? RegularExpression($0) }
      guard let sets = PatternSets(alone, wholes: wholes.map { (slot: 1, expression: $0) }) else { continue }
      let together = alone.map { $0.asking(sets) }
      let memo = PatternMemo(sets)
      for _ in 0..<12 {
        let text = (0..<Int.random(in: 0...5, using: &generator)).map { _ in
          Self.texts.randomElement(using: &generator) ?? ""
        }.joined()
        var ticket = TicketSlots()
        ticket.set(1, text: text)
        memo.reset()
        let asking = AskingSlots(slots: ticket, patterns: memo)
        for (one, other) in zip(alone, together) {
          let (expected, actual) = (one.holds(ticket), other.holds(asking))
          #expect(expected == actual, "round \(round): \(one.text) of \(text.debugDescription)")
          #expect(other.holds(ticket) == expected)
        }
        let bytes = Array(text.utf8)
        bytes.withUnsafeBytes { bytes in
          for whole in wholes {
            guard let member = sets.member(whole: whole, slot: 1) else {
              Issue.record("\(whole.pattern) is no member")
              continue
            }
            let found = memo.matches(member, Int64(bytes.count), bytes)
            #expect(
              found == whole.matchesWhole(bytes),
              "round \(round): all of \(text.debugDescription): \(whole.pattern)")
          }
        }
        asked += alone.count + wholes.count
      }
    }
    #expect(asked > 50_000)
  }

  @Test("are one set from four on; those that look at the start of a text alone do not count")
  func size() throws {
    func sets(_ patterns: [String]) throws -> PatternSets? {
      PatternSets(
        try patterns.map { try Program("description.matches('\($0)')", in: TicketSchema.environment) })
    }
    #expect(try sets(["a", "b", "c"]) == nil)
    #expect(try sets(["a", "a", "b", "c"]) == nil)
    #expect(try sets(["a", "b", "c", "^d"]) == nil)
    #expect(try sets(["a", "b", "c", "d"]) != nil)
  }

  @Test("are asked anew for each ticket and for each text of a ticket's history")
  func memory() throws {
    let programs = try ["登录", "空白", "超时", "失败"].map {
      try Program("description.orValue('').matches('\($0)')", in: optionalText, expected: .bool)
    }
    let sets = try #require(PatternSets(programs))
    let memo = PatternMemo(sets)
    func hits(_ texts: [String?]) -> [[Bool]] {
      memo.reset()
      var ticket = TicketSlots()
      return texts.map { text in
        if let text { ticket.set(0, text: text) } else { ticket.set(0, .absent) }
        return programs.map {
          $0.asking(sets).holds(AskingSlots(slots: ticket, patterns: memo)) == .success(true)
        }
      }
    }
    #expect(
      hits(["登录失败", nil, "超时"]) == [
        [true, false, false, true], [false, false, false, false], [false, false, true, false],
      ])
    #expect(hits(["空白空白"]) == [[false, true, false, false]])
    #expect(hits(["没有问题"]) == [[false, false, false, false]])
    #expect(hits(["没有问题"]) == [[false, false, false, false]])
    #expect(hits(["登录超时"]) == [[true, false, true, false]])
  }

  private var optionalText: Environment {
    Environment([Variable("description", .string, slot: 0, isOptional: true)])
  }
}
