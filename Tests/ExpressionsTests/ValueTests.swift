import Expressions
import Foundation
import Testing

@Suite("Values as text")
struct ValueTests {
  private func string(_ expression: String) throws -> String {
    let outcome = try Program("string(\(expression))", in: Environment()).evaluate(ValueSlots([]))
    guard case .success(.string(let text)) = outcome else { return "\(outcome)" }
    return text.string
  }

  @Test(
    "doubles are spelled as Go's %g spells them",
    arguments: [
      ("0.0", "0"), ("-0.0", "-0"), ("1.0", "1"), ("0.1", "0.1"), ("123456.0", "123456"),
      ("1234567.0", "1.234567e+06"),
      ("1e21", "1e+21"), ("0.0001", "0.0001"), ("0.00001", "1e-05"), ("1e100", "1e+100"),
      ("-2.5e-300", "-2.5e-300"),
      ("5e-324", "5e-324"), ("1.7976931348623157e308", "1.7976931348623157e+308"), ("1.0 / 0.0", "+Inf"),
      ("0.0 / 0.0", "NaN"),
    ])
  func doubles(expression: String, text: String) throws { #expect(try string(expression) == text) }

  @Test("format rounds the exact value half to even, as C does")
  func rounding() throws {
    var generator = SeededGenerator(seed: 17)
    for _ in 0..<300 {
      let bits = UInt64.random(in: 0...UInt64.max, using: &generator)
      let exponent = UInt64.random(in: 960...1090, using: &generator)
      let value = Double(bitPattern: bits & 0x800F_FFFF_FFFF_FFFF | exponent << 52)
      let precision = Int.random(in: 0...12, using: &generator)
      for (verb, expected) in ["f", "e"].map({ ($0, String(format: "%.\(precision)\($0)", value)) }) {
        let program = try Program(
          "'%.\(precision)\(verb)'.format([x])", in: Environment([Variable("x", .double, slot: 0)]))
        #expect(
          program.evaluate(ValueSlots([.double(value)])) == .success(.string(expected)),
          "\(value) with \(precision)")
      }
    }
  }

  @Test(
    "durations are decimal seconds",
    arguments: [
      ("duration('1h45m47s')", "6347s"), ("duration('-1.5h')", "-5400s"),
      ("duration('1ms2us3ns')", "0.001002003s"), ("duration('0')", "0s"),
      ("duration('9223372036.854775807s')", "9223372036.854775807s"),
      ("duration('-9223372036.854775808s')", "-9223372036.854775808s"),
      ("duration('.5s')", "0.5s"), ("duration('1.000000000000000000009s')", "1s"),
    ])
  func durations(expression: String, text: String) throws { #expect(try string(expression) == text) }

  @Test(
    "what is no duration is refused",
    arguments: ["", "1", "s", ".s", "1x", "1h-1m", "9223372036.854775808s", "99999999999999999999h"])
  func notDurations(text: String) {
    #expect(throws: ExpressionProblems.self) { try Program("duration('\(text)')", in: Environment()) }
  }

  @Test("timestamps keep their instant and agree with Foundation's calendar")
  func timestamps() throws {
    var generator = SeededGenerator(seed: 3)
    let formatter = ISO8601DateFormatter()
    for _ in 0..<200 {
      // From 1900 on, so that both calendars are Gregorian.
      let seconds = Int64.random(in: -2_208_988_800...253_402_300_799, using: &generator)
      let timestamp = Timestamp(seconds: seconds, nanoseconds: 0)
      #expect(timestamp.description == formatter.string(from: Date(timeIntervalSince1970: Double(seconds))))
      #expect(Timestamp(Text(timestamp.description)) == timestamp)
    }
  }

  @Test(
    "what is no RFC 3339 timestamp is refused",
    arguments: [
      "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:00:60Z",
      "2026-01-01T00:00:00", "2026-01-01 00:00:00Z",
      "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00+8:00", "26-01-01T00:00:00Z", "2026-01-01T00:00:00ZZ",
      "0000-12-31T23:59:59Z", "0001-01-01T00:00:00+00:01",
    ])
  func notTimestamps(text: String) { #expect(Timestamp(Text(text)) == nil) }
}

@Suite("A trace")
struct TraceTests {
  @Test("tells what each sub-expression gave that was evaluated")
  func entries() throws {
    let program = try Program(
      "size(description) > 10 && type == 'fault' || tags.exists(t, t == 'web')", in: TicketSchema.environment)
    let (outcome, entries) = program.trace(TicketSchema.ticket)
    #expect(outcome == .success(.bool(true)))
    let lines = entries.map { entry in
      switch entry.outcome {
      case .success(let value): "\(entry.text) = \(value)"
      case .failure(let error): "\(entry.text): \(error.message)"
      }
    }
    #expect(
      lines == [
        "size(description) > 10 && type == 'fault' || tags.exists(t, t == 'web') = true",
        "size(description) > 10 && type == 'fault' = false", "size(description) > 10 = false",
        "size(description) = 7",
        "description = '登录后页面空白'", "tags.exists(t, t == 'web') = true", "tags = ['web', '支付']",
      ])
  }

  @Test("tells errors where they arise and where they end")
  func errors() throws {
    let program = try Program("1 / affected_users > 0 || is_vip", in: TicketSchema.environment)
    var ticket = TicketSchema.ticket
    ticket.set(4, .int(0))
    let (outcome, entries) = program.trace(ticket)
    #expect(outcome == .success(.bool(true)))
    let failures = entries.filter { if case .failure = $0.outcome { true } else { false } }
    #expect(failures.map(\.text) == ["1 / affected_users > 0", "1 / affected_users"])
  }
}
