import Diagnostics
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
  func texts() {
    var inputs = FuzzInputs(seed: Self.seed)
    var environment = TicketSchema.environment
    environment.limits.steps = 20_000
    let ticket = TicketSchema.ticket
    #expect(FuzzInputs.seeds.count >= 20)
    for index in 0..<Self.count {
      let input = index < FuzzInputs.seeds.count ? FuzzInputs.seeds[index] : inputs.next()
      let misplaced = misplacedRanges(input, environment, ticket)
      #expect(misplaced.isEmpty, "input \(index) of seed \(Self.seed): \(input.debugDescription)")
    }
    print("fuzz: parsed \(Self.count) texts of seed \(Self.seed)")
  }

  @Test("that is a sound expression takes no more steps than its static bound, and is the same on both paths")
  func expressions() {
    var random = RandomExpression(SeededGenerator(seed: Self.seed))
    var tickets = SeededGenerator(seed: Self.seed &+ 1)
    var values = 0
    for index in 0..<Self.count {
      let input = random.next()
      let ticket = RandomTicket.ticket(&tickets)
      let outcome = evaluate(input, ticket)
      #expect(outcome.problem == nil, "expression \(index) of seed \(Self.seed): \(input)")
      if outcome.hasValue { values += 1 }
    }
    #expect(values > Self.count / 3)
    print("fuzz: evaluated \(Self.count) expressions of seed \(Self.seed), \(values) to a value")
  }

  /// What is wrong with the evaluation of a checked expression, and whether it gave a value.
  private func evaluate(_ text: String, _ ticket: TicketSlots) -> (problem: String?, hasValue: Bool) {
    var environment = TicketSchema.environment
    environment.limits.textLength = 32
    environment.limits.listSize = 2
    do throws(ExpressionProblems) {
      let bound = try Program(text, in: environment).costBound.steps
      // Wide bounds are kept by the budget alone.
      environment.limits.steps = min(bound, 100_000)
      let program = try Program(text, in: environment)
      let (fast, general) = (program.evaluate(ticket), program.trace(ticket).outcome)
      if fast != general, !(isNaN(fast) && isNaN(general)) { return ("\(fast) and \(general)", false) }
      guard case .failure(let error) = general else { return (nil, true) }
      let isBudget = error.code == "expression-budget"
      return (isBudget && bound <= 100_000 ? "more than \(bound) steps" : nil, false)
    } catch {
      // The generator makes types right; constants may be wrong, such as a pattern, and parts too large together.
      let isMeant = error.problems.allSatisfy {
        ["expression-constant", "expression-too-large"].contains($0.code)
      }
      return (isMeant ? nil : error.problems.map(\.message).joined(separator: "; "), false)
    }
  }

  private func isNaN(_ outcome: Result<Value, EvaluationError>) -> Bool {
    if case .success(.double(let value)) = outcome { value.isNaN } else { false }
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
  /// What inputs are made of beside the conformance cases, and what once went wrong: every run tries these first.
  static let seeds: [String] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Seeds")
    let files = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    return files.flatMap { file in
      let text = (try? String(contentsOf: folder.appending(path: file), encoding: .utf8)) ?? ""
      return text.split(separator: "\n").map(String.init)
    }
  }()

  private var generator: SeededGenerator
  private let expressions: [String]

  init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
    let cases = (try? ConformanceReader.cases()) ?? []
    expressions = Self.seeds + cases.map(\.expression)
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

}
