import Expressions
import Foundation
import Testing

@Suite("Any text whatever")
struct FuzzTests {
  /// `DOCKET_FUZZ` is the number of inputs of a long run.
  static var count: Int { ProcessInfo.processInfo.environment["DOCKET_FUZZ"].flatMap(Int.init) ?? 20_000 }
  static var seed: UInt64 {
    ProcessInfo.processInfo.environment["DOCKET_FUZZ_SEED"].flatMap(UInt64.init) ?? 20_260_301
  }

  @Test("is refused with places inside it, or evaluates to a value or an error with a place inside it")
  func fuzz() {
    var inputs = FuzzInputs(seed: Self.seed)
    var environment = TicketSchema.environment
    environment.limits.steps = 20_000
    let ticket = TicketSchema.ticket
    print("fuzz: \(Self.count) inputs with seed \(Self.seed)")
    for index in 0..<Self.count {
      let input = inputs.next()
      let misplaced = misplacedRanges(input, environment, ticket)
      #expect(misplaced.isEmpty, "input \(index) of seed \(Self.seed): \(input.debugDescription)")
    }
  }

  /// The ranges of problems and errors that lie outside the input, or cut a code point in two.
  private func misplacedRanges(_ input: String, _ environment: Environment, _ ticket: TicketSlots) -> [Range<
    Int
  >] {
    var ranges: [Range<Int>] = []
    do throws(ExpressionProblems) {
      let program = try Program(input, in: environment)
      if case .failure(let error) = program.evaluate(ticket) { ranges.append(error.range) }
      ranges.append(program.costBound.costliest)
    } catch { ranges += error.problems.map(\.range) }
    do throws(ExpressionProblems) {
      let program = try Program(unchecked: input, in: environment)
      if case .failure(let error) = program.evaluate(ticket) { ranges.append(error.range) }
    } catch { ranges += error.problems.map(\.range) }
    let bytes = Array(input.utf8)
    return ranges.filter { range in
      range.upperBound > bytes.count || [range.lowerBound, range.upperBound].contains { isInside($0, bytes) }
    }
  }

  private func isInside(_ offset: Int, _ bytes: [UInt8]) -> Bool {
    offset < bytes.count && bytes[offset] & 0xC0 == 0x80
  }
}

/// Random bytes, soups of tokens, and expressions with parts exchanged.
struct FuzzInputs {
  private var generator: SeededGenerator
  private let expressions: [String]

  init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
    let cases = (try? ConformanceReader.cases()) ?? []
    expressions = Self.examples + cases.map(\.expression)
  }

  mutating func next() -> String {
    switch Int.random(in: 0..<10, using: &generator) {
    case 0: randomBytes()
    case 1...4: tokenSoup()
    default: mutation()
    }
  }

  private mutating func randomBytes() -> String {
    let count = Int.random(in: 0..<64, using: &generator)
    return String(
      decoding: (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }, as: UTF8.self)
  }

  private mutating func tokenSoup() -> String {
    let count = Int.random(in: 1..<24, using: &generator)
    return (0..<count).map { _ in Self.tokens.randomElement(using: &generator) ?? "" }
      .joined(separator: Bool.random(using: &generator) ? " " : "")
  }

  private mutating func mutation() -> String {
    var text = Array((expressions.randomElement(using: &generator) ?? "").utf8)
    for _ in 0..<Int.random(in: 1...4, using: &generator) { mutate(&text) }
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func mutate(_ text: inout [UInt8]) {
    let start = Int.random(in: 0...text.count, using: &generator)
    let end = min(text.count, start + Int.random(in: 0..<8, using: &generator))
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: text.removeSubrange(start..<end)
    case 1: text.insert(contentsOf: (Self.tokens.randomElement(using: &generator) ?? "").utf8, at: start)
    case 2:
      let other = Array((expressions.randomElement(using: &generator) ?? "").utf8)
      let cut = Int.random(in: 0...other.count, using: &generator)
      text = Array(text[..<start] + other[cut...])
    default:
      let copies = Int.random(in: 1...20, using: &generator)
      text.insert(contentsOf: (0..<copies).flatMap { _ in text[start..<end] }, at: start)
    }
  }

  private static let tokens = [
    "(", ")", "[", "]", "{", "}", ".", ".?", "[?", "?", ":", ",", "+", "-", "*", "/", "%", "!", "==", "!=",
    "<", "<=", ">",
    ">=", "&&", "||", "in", "true", "false", "null", "0", "1", "-9223372036854775808", "9223372036854775807",
    "18446744073709551615u",
    "1.5", "1e308", "0x7f", "'a'", "'登录'", "b'\\xff'", "r'\\d+'", "'''x'''", "type", "urgency", "description",
    "affected_users", "limit",
    "score", "is_vip", "submitted_at", "verified_at", "effort", "now", "contact.name", "steps", "tags", "x",
    "size(", "has(",
    "string(", "int(", "duration('1h')", "timestamp('2026-03-01T00:00:00Z')", ".all(x, ", ".exists(x, ",
    ".map(x, ", ".filter(x, ",
    ".transformMap(k, v, ", "cel.bind(x, ", ".orValue(", ".matches(", ".split(", ".replace(", ".format([",
    "'%s %.3f %x'", "math.greatest(",
    "optional.of(", ".getHours('Asia/Shanghai')", "base64.encode(", "`a-b`", "\\", "'", "\"", "//", "\n", "（",
  ]

  private static let examples = [
    "has(verified_at) && verified_at >= submitted_at", "size(description) > 10 && type == 'fault'",
    "urgency.orValue('low') in ['high', 'medium']", "now - submitted_at > duration('4h')",
    "steps.exists(s, s.text.contains('log') && s.at > submitted_at)",
    "tags.map(t, t + t).join(',').size() < 100",
    "id.matches('^[0-9]{6}-[0-9]{3,}$')", "affected_users * 2 + 1 > limit.orValue(3)",
    "[1, 2, 3].map(a, [a, a]).map(b, [b, b]).map(c, [c, c]).size()", "'%s: %d'.format([id, affected_users])",
    "contact.?name.orValue('').lowerAscii().split('*')", "score > 0.5 ? 'a' : string(score)",
    "tags.all(a, tags.all(b, tags.all(c, a != b || b != c)))", "{'a': [1, 2.0, 3u]}.a[1] == 2",
  ]
}
