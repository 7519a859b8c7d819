import Diagnostics
import Expressions
import Testing

@Suite("The fast path")
struct FastPathTests {
  /// The same values in a form that instructions do not know, so that the general evaluator decides alone.
  private func boxed(_ ticket: TicketSlots, _ variables: [Variable]) -> TicketSlots {
    var boxed = TicketSlots()
    for variable in variables {
      guard let program = try? Program(unchecked: "[\(variable.name)]", in: Environment(variables)) else {
        continue
      }
      switch program.evaluate(ticket) {
      case .success(.list(let values)): boxed.set(variable.slot, composite: values[0])
      case .failure(let error) where error.code == "expression-invalid-value":
        boxed.set(variable.slot, .invalid)
      default: break
      }
    }
    return boxed
  }

  @Test("gives what the general evaluator gives, for random conditions on random tickets")
  func agreement() throws {
    let seed: UInt64 = 7_301
    var generator = SeededGenerator(seed: seed)
    let environment = TicketSchema.environment
    let tickets = (0..<25).map { _ in RandomTicket.ticket(&generator) }.map {
      ($0, boxed($0, TicketSchema.variables))
    }
    for index in 0..<400 {
      let text = RandomCondition.condition(&generator, depth: 3)
      let program = try Program(unchecked: text, in: environment)
      for (ticket, boxed) in tickets {
        let (fast, general) = (program.evaluate(ticket), program.evaluate(boxed))
        #expect(fast == general, "condition \(index) of seed \(seed): \(text)")
      }
    }
  }

  @Test(
    "decides conditions on each kind of slot",
    arguments: [
      ("type == 'fault'", true), ("type != 'fault'", false), ("'fault' == type", true),
      ("type in ['anomaly']", false),
      ("affected_users > 39 && affected_users <= 40", true), ("40 < affected_users", false),
      ("affected_users in [1, 40]", true),
      ("score >= 0.5", true), ("score > 0", true), ("affected_users > 39.5", true), ("is_vip", true),
      ("is_vip == false", false),
      ("!is_vip || type == 'fault'", true), ("submitted_at < now", true),
      ("now - submitted_at == duration('4h')", true),
      ("submitted_at + effort < now", true), ("submitted_at > timestamp('2023-10-11T04:53:19.999Z')", true),
      ("submitted_at == timestamp('2023-10-11T04:53:20Z')", true), ("effort > duration('1h30m')", false),
      ("has(verified_at)", false),
      ("has(verified_at) && verified_at > submitted_at", false), ("urgency.orValue('low') == 'low'", true),
      ("urgency.orValue('low') in ['high']", false), ("limit.orValue(40) == affected_users", true),
      ("size(description) > 6", true), ("size(description) == 7", true), ("size(description) >= 8", false),
      ("description.startsWith('登录')", true), ("description.endsWith('空')", false),
      ("description.contains('页面')", true),
      ("description.matches('^登.*空白$')", true), ("id == '202310-001'", true),
      ("id in ['a', '202310-001']", true),
      ("(is_vip ? affected_users : 0) * 2 - 1 == 79", true), ("-affected_users % 7 == -5", true),
      ("score * 2.0 / 4.0 == 0.25", true),
      ("100 - (affected_users + 1 < 0 ? 1 : 2) == 98", true),
      ("1 + (2 * (affected_users - 1 > 38 ? affected_users : 0) - 1) < affected_users * 2 + 1", true),
      ("int(id.substring(0, 4)) == submitted_at.getFullYear('Asia/Shanghai')", true),
      ("int(id.substring(4, 6)) == submitted_at.getMonth('+08:00') + 1", true),
      ("submitted_at.getHours() + 8 == submitted_at.getHours('Asia/Shanghai')", true),
      ("submitted_at.getMinutes() == 53 && now.getSeconds() == 20 && now.getMilliseconds() == 0", true),
      ("int(id.substring(7, 10)) == 1", true),
      ("'支付' in tags && steps.exists(s, s.text == 'log')", true),
    ])
  func decides(text: String, expected: Bool) throws {
    let program = try Program(text, in: TicketSchema.environment, expected: .bool)
    #expect(program.holds(TicketSchema.ticket) == .success(expected))
  }

  @Test("computes numbers, times and durations")
  func values() throws {
    let ticket = TicketSchema.ticket
    let age = try Program("now - submitted_at", in: TicketSchema.environment, expected: .duration)
    #expect(age.evaluate(ticket) == .success(.duration(14_400_000_000_000)))
    let due = try Program("submitted_at + duration('1ms500us')", in: TicketSchema.environment)
    #expect(
      due.evaluate(ticket) == .success(.timestamp(Timestamp(seconds: 1_697_000_000, nanoseconds: 1_500_000))))
    let sum = try Program("affected_users + 9223372036854775807", in: TicketSchema.environment)
    let overflow = EvaluationError("expression-overflow", "the result does not fit int", at: 0..<36)
    #expect(sum.evaluate(ticket) == .failure(overflow))
  }

  @Test("leaves slots with other than the variable's values to errors")
  func wrongKinds() throws {
    var ticket = TicketSchema.ticket
    ticket.set(2, .choice(9))
    ticket.set(4, .invalid)
    ticket.set(1, .text(0..<999))
    let cases = [
      ("type == 'fault'", "type"), ("affected_users > 1", "affected_users"),
      ("size(description) > 1", "description"),
    ]
    for (text, name) in cases {
      let program = try Program(text, in: TicketSchema.environment)
      guard case .failure(let error) = program.holds(ticket) else {
        Issue.record("\(text) gave a value")
        continue
      }
      #expect(error.message == "'\(name)' has no value of its type")
    }
    let program = try Program("has(affected_users)", in: TicketSchema.environment)
    #expect(program.holds(ticket) == .success(true))
  }
}

enum RandomTicket {
  static func ticket(_ generator: inout SeededGenerator) -> TicketSlots {
    var ticket = TicketSlots()
    func choose<T>(_ values: [T]) -> T { values[Int.random(in: 0..<values.count, using: &generator)] }
    ticket.set(0, text: choose(["202310-001", "", "x", "2", "12登", "9223372036854775808"]))
    ticket.set(1, text: choose(["登录后页面空白", "登录", "fault", "", "年07月", "007", "-12"]))
    ticket.set(2, .choice(choose([0, 1, 2])))
    if choose([true, false]) { ticket.set(3, .choice(choose([0, 1, 2]))) }
    ticket.set(4, choose([.int(0), .int(2), .int(40), .int(.max), .int(.min), .invalid, .absent]))
    ticket.set(5, choose([.int(1), .int(40), .absent]))
    ticket.set(6, choose([.double(0), .double(0.5), .double(.nan), .double(-.infinity), .double(2)]))
    ticket.set(7, choose([.bool(true), .bool(false), .absent]))
    ticket.set(
      8,
      choose([.timestamp(milliseconds: 0), .timestamp(milliseconds: -1), .timestamp(milliseconds: 99_999)]))
    ticket.set(
      9, choose([.timestamp(milliseconds: 0), .timestamp(Timestamp(seconds: 0, nanoseconds: 1)), .absent]))
    ticket.set(
      10, choose([.duration(nanoseconds: .max), .duration(milliseconds: 1), .duration(nanoseconds: .min)]))
    ticket.set(11, .timestamp(milliseconds: 253_402_300_799_999))
    if choose([true, false]) { ticket.set(12, text: "客户*") }
    ticket.set(13, composite: .list([]))
    ticket.set(14, composite: .list([.string("web")]))
    return ticket
  }
}

enum RandomCondition {
  static func condition(_ generator: inout SeededGenerator, depth: Int) -> String {
    guard depth > 0 else { return test(&generator) }
    let (left, right) = (condition(&generator, depth: depth - 1), condition(&generator, depth: depth - 1))
    switch Int.random(in: 0..<6, using: &generator) {
    case 0, 1: return "(\(left) && \(right))"
    case 2, 3: return "(\(left) || \(right))"
    case 4: return "!\(left)"
    default: return "(\(test(&generator)) ? \(left) : \(right))"
    }
  }

  private static func test(_ generator: inout SeededGenerator) -> String {
    func choose(_ values: [String]) -> String { values[Int.random(in: 0..<values.count, using: &generator)] }
    let sign = choose(["==", "!=", "<", "<=", ">", ">="])
    let equality = choose(["==", "!="])
    switch Int.random(in: 0..<12, using: &generator) {
    case 0:
      return
        "(\(choose(["type", "urgency", "'fault'", "id"])) \(equality) \(choose(["'fault'", "'high'", "description", "'x'"])))"
    case 1: return "(\(number(&generator)) \(sign) \(number(&generator)))"
    case 2: return "(\(time(&generator)) \(sign) \(time(&generator)))"
    case 3: return "has(\(choose(["urgency", "limit", "verified_at", "affected_users", "contact.name"])))"
    case 4: return choose(["is_vip", "is_vip == true", "is_vip != true", "is_vip == false", "true", "false"])
    case 5:
      return
        "(\(choose(["type", "urgency", "id", "urgency.orValue('low')"])) in \(choose(["['fault', 'low']", "[]", "['x', '']"])))"
    case 6:
      return
        "(size(\(choose(["id", "description", "contact.name"]))) \(sign) \(choose(["0", "1", "2", "7", "-1"])))"
    case 7:
      return
        "description.\(choose(["startsWith", "endsWith", "contains", "matches"]))(\(choose(["''", "'登录'", "'空白'", "'a|录'"])))"
    case 8: return "(score \(sign) \(choose(["0.5", "0", "affected_users", "2.0 * score", "double(limit)"])))"
    case 9: return "(affected_users in [2, 40])"
    case 10:
      return
        "(\(choose(["effort", "now - submitted_at", "submitted_at - now", "effort + effort"])) \(sign) duration('1ms'))"
    default: return "tags.exists(t, t == \(choose(["'web'", "id", "description"])))"
    }
  }

  private static func number(_ generator: inout SeededGenerator) -> String {
    let values = [
      "affected_users", "limit", "2", "40", "affected_users + limit", "affected_users * 2",
      "affected_users - limit", "-affected_users",
      "affected_users / limit", "affected_users % 3", "limit.orValue(2)", "size(description)",
      "(is_vip ? 1 : affected_users)",
      "int(id)", "int(id.substring(0, 2))", "int(description.substring(1, 3))",
      "submitted_at.getFullYear('Asia/Shanghai')", "verified_at.getHours()", "now.getDayOfWeek('-03:30')",
      "(now - effort).getMilliseconds()", "now.getDate('Nowhere')",
    ]
    return values[Int.random(in: 0..<values.count, using: &generator)]
  }

  private static func time(_ generator: inout SeededGenerator) -> String {
    let values = [
      "submitted_at", "verified_at", "now", "timestamp('1970-01-01T00:00:00Z')",
      "timestamp('1970-01-01T00:01:39.999Z')", "submitted_at + effort",
      "verified_at - effort",
      "submitted_at + duration('1ns')", "timestamp('1970-01-01T00:00:00.000000001Z')",
    ]
    return values[Int.random(in: 0..<values.count, using: &generator)]
  }
}
