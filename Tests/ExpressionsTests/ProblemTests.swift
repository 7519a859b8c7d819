import Diagnostics
import Expressions
import Testing

@Suite("A mistake in an expression")
struct ProblemTests {
  struct Example: Sendable, CustomTestStringConvertible {
    var text: String
    var problem: String
    /// The part of the text that the problem points at.
    var part: String
    var testDescription: String { text }

    init(_ text: String, _ problem: String, at part: String) {
      self.text = text
      self.problem = problem
      self.part = part
    }
  }

  @Test(
    "is reported where it is, with what to write instead",
    arguments: [
      Example("urgancy == 'high'", "unknown name 'urgancy' — did you mean 'urgency'?", at: "urgancy"),
      Example(
        "has(contact.nmae)", "unknown name 'contact.nmae' — did you mean 'contact.name'?", at: "contact.nmae"),
      Example("type == 'falut'", "'falut' is not a value of 'type' — did you mean 'fault'?", at: "'falut'"),
      Example(
        "type in ['fault', 'x']",
        "'x' is not a value of 'type' — its values are 'fault', 'anomaly', 'consultation'", at: "'x'"),
      Example(
        "urgency.orValue('low') != 'hgih'", "'hgih' is not a value of 'urgency' — did you mean 'high'?",
        at: "'hgih'"),
      Example(
        "verified_at > submitted_at",
        "'verified_at' may be absent — ask first: 'has(verified_at) && …', or give a value for that case: 'verified_at.orValue(…)'",
        at: "verified_at"),
      Example(
        "!has(limit) && limit > 3",
        "'limit' may be absent — ask first: 'has(limit) && …', or give a value for that case: 'limit.orValue(…)'",
        at: "limit"),
      Example(
        "steps.all(s, s.by == 'a')",
        "'s.by' may be absent — ask first: 'has(s.by) && …', or give a value for that case: 's.?by.orValue(…)'",
        at: "s.by"),
      Example(
        "steps.all(s, s.txt == 'a')", "the object has no field 'txt' — did you mean 'text'?", at: "s.txt"),
      Example(
        "urgency != null",
        "'urgency' is never null — a missing value is absent: write 'has(urgency)' or '!has(urgency)'",
        at: "urgency != null"),
      Example("size(description)", "expected bool, found int", at: "size(description)"),
      Example("affected_users && is_vip", "expected bool, found int", at: "affected_users"),
      Example(
        "affected_users == 1.0",
        "'==' is not defined for int and double — convert one of them: int(x), uint(x) or double(x)",
        at: "affected_users == 1.0"),
      Example(
        "id + affected_users == 'x'", "'+' is not defined for string and int", at: "id + affected_users"),
      Example("is_vip ? id : affected_users", "expected string, found int", at: "affected_users"),
      Example(
        "description.startWith('a')", "unknown function 'startWith' — did you mean 'startsWith'?",
        at: "description.startWith('a')"),
      Example(
        "affected_users.contains('a')", "int.contains(string) is not defined",
        at: "affected_users.contains('a')"),
      Example(
        "id.matches('a(?=b)')",
        "the pattern does not compile: invalid perl operator: (?= — look-around and back references are left out so that matching takes linear time",
        at: "(?="),
      Example(
        "id.matches(r'(a)\\1')",
        "the pattern does not compile: invalid escape sequence: \\1 — look-around and back references are left out so that matching takes linear time",
        at: "\\1"),
      Example(
        "now > timestamp('2026-02-30T00:00:00Z')",
        "'2026-02-30T00:00:00Z' is no timestamp (RFC 3339) — write it as '2026-03-01T09:00:00+08:00'",
        at: "'2026-02-30T00:00:00Z'"),
      Example("effort > duration('4 hours')", "'4 hours' is no duration such as '1h30m'", at: "'4 hours'"),
      Example(
        "now.getHours('Asia/Shangai') > 8",
        "unknown time zone 'Asia/Shangai' — write an IANA name such as 'Asia/Shanghai'", at: "'Asia/Shangai'"),
      Example(
        "has(verified_at) || verified_at == null",
        "'verified_at' is never null — a missing value is absent: write 'has(verified_at)' or '!has(verified_at)'",
        at: "verified_at == null"),
      Example(
        "limit.value() > 3",
        "'limit' may be absent — ask first: 'has(limit) && …', or give a value for that case: 'limit.orValue(…)'",
        at: "limit"),
      Example(
        "id.orValue('') == ''",
        "string.orValue(string) is not defined — 'id' is always there: leave out '.orValue'",
        at: "id.orValue('')"),
      Example(
        "limit.orValue('none') == 3",
        "optional(int).orValue(string) is not defined — the value for that case must be int, too",
        at: "limit.orValue('none')"),
      Example(
        "steps.all(s, s.by.orValue('') == '')",
        "'s.by' may be absent — ask first: 'has(s.by) && …', or give a value for that case: 's.?by.orValue(…)'",
        at: "s.by"),
      Example("type == fault", "unknown name 'fault' — a value stands between quotes: 'fault'", at: "fault"),
      Example(
        "type == '故障'", "'故障' is not a value of 'type' — a condition names its key: 'fault'", at: "'故障'"),
      Example("contact == 'a'", "unknown name 'contact' — its fields are 'contact.name'", at: "contact"),
      Example(
        "submitted_at > '2026-03-01'",
        "'>' is not defined for timestamp and string — write the time as timestamp('2026-03-01T09:00:00+08:00')",
        at: "submitted_at > '2026-03-01'"),
      Example(
        "now - submitted_at > 4",
        "'>' is not defined for duration and int — write the length of time as duration('4h30m')",
        at: "now - submitted_at > 4"),
      Example(
        "now - submitted_at > 4 hours",
        "expected an operator, found 'hours' — a length of time is written duration('4h')", at: "hours"),
      Example("is_vip and is_vip", "expected an operator, found 'and' — write '&&'", at: "and"),
      Example("not is_vip", "expected an operator, found 'is_vip' — write '!'", at: "is_vip"),
      Example("id.size() > math.greatest('a')", "'math.greatest' compares numbers, not string", at: "'a'"),
      Example("id.all(x, x == 'a')", "a macro goes through a list or a map, not string", at: "id"),
      Example("tags.all(1, true)", "a macro's variable must be a simple name", at: "1"),
      Example("id = 'a'", "'=' has no meaning here — equality is written '=='", at: "="),
      Example("（is_vip", "'（' has no meaning here — write '('", at: "（"),
      Example("is_vip && ", "expected an expression, found the end of the expression", at: ""),
      Example("(is_vip", "expected ')', found the end of the expression", at: ""),
      Example(
        "contact?.name == 'a'",
        "expected ':', found the end of the expression — an optional selection is written '.?', as in 'x.?y'",
        at: ""),
      Example(
        "id == 'a", "the string does not end on its line — close it with the quotation mark that opened it",
        at: "'a"),
      Example(
        "id == '\\d'",
        "'\\d' is no escape sequence — write a backslash as '\\\\', or put 'r' before the string", at: "\\d"),
      Example(
        "affected_users < 9223372036854775808", "9223372036854775808 does not fit int",
        at: "9223372036854775808"),
      Example("if == 1", "'if' is a reserved word", at: "if"),
      Example("Ticket{id: 'a'}", "message literals are not part of the language's JSON profile", at: "{"),
    ])
  func reported(example: Example) throws {
    do throws(ExpressionProblems) {
      _ = try Program(example.text, in: TicketSchema.environment, expected: .bool)
      Issue.record("it compiles")
    } catch {
      let problem = try #require(error.problems.first)
      #expect(problem.message + (problem.hint.map { " — \($0)" } ?? "") == example.problem)
      #expect(String(decoding: Array(example.text.utf8)[problem.range], as: UTF8.self) == example.part)
      #expect(error.problems.count == 1)
    }
  }

  @Test("does not hide the others")
  func all() {
    do throws(ExpressionProblems) {
      _ = try Program("type == 'x' && urgancy == 'high' && size(id)", in: TicketSchema.environment)
      Issue.record("it compiles")
    } catch {
      #expect(
        error.problems.map(\.code) == [
          "expression-unknown-choice", "expression-unknown-name", "expression-type",
        ])
    }
  }

  @Test("has a line and a column in code points")
  func positions() {
    let text = "description == '登录' &&\n  描"
    #expect(position(ofByte: 26, in: text) == Position(line: 1, column: 23))
    #expect(position(ofByte: 29, in: text) == Position(line: 2, column: 3))
  }

  @Test(
    "is not seen where a condition shows that a variable is there",
    arguments: [
      "has(limit) && limit > 3", "!has(limit) || limit > 3", "has(limit) ? limit > 3 : true",
      "!has(limit) ? true : limit > 3",
      "!(!has(limit) || is_vip) && limit > 3", "(has(limit) && is_vip) && limit > 3",
      "limit.hasValue() && limit > 3",
      "(has(limit) ? is_vip : false) && limit > 3", "!(has(limit) && is_vip) || limit > 3",
      "limit.orValue(3) > 3",
      "contact.?name.orValue('') != ''", "has(contact.name) && contact.name != ''",
      "limit.optMap(l, l > 3).orValue(false)",
      "steps.all(s, has(s.by) && s.by != '')", "steps.all(s, s.?by.orValue('') != '')",
      "has(urgency) && tags.exists(t, t == urgency)", "(has(limit) || has(limit) && is_vip) && limit > 3",
    ])
  func guarded(text: String) throws {
    _ = try Program(text, in: TicketSchema.environment, expected: .bool)
  }
}
