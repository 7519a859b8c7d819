import Diagnostics
import Expressions
import Testing

@Suite("No expression takes for ever")
struct LimitTests {
  private let doubling =
    "tags.map(a, [a, a]).map(a, [a, a])" + String(repeating: ".map(a, [a, a, a, a] + [a])", count: 3)

  @Test("an evaluation ends when its steps are used up, and names the loop")
  func budget() throws {
    var environment = TicketSchema.environment
    environment.limits.steps = 500
    let loop =
      "tags.all(a, [1, 2, 3, 4, 5, 6, 7, 8].all(b, [1, 2, 3, 4, 5, 6, 7, 8].all(c, a != string(b * c))))"
    let text = "false || \(loop)"
    let program = try Program("\(text) || true", in: environment)
    guard case .failure(let error) = program.evaluate(TicketSchema.ticket) else {
      Issue.record("it gave a value")
      return
    }
    #expect(error.message == "the evaluation took more than 500 steps in '\(loop)'")
    #expect(error.range == 9..<text.utf8.count)
  }

  @Test("a text that doubles again and again runs out of steps before it runs out of memory")
  func memory() throws {
    let text = (0..<60).reduce("x") { text, _ in "cel.bind(x, x + x, \(text))" }
    let program = try Program("cel.bind(x, 'ab', \(text)).size()", in: Environment())
    guard case .failure(let error) = program.evaluate(ValueSlots([])) else {
      Issue.record("it gave a value")
      return
    }
    #expect(error.code.rawValue == "expression-budget")
  }

  @Test("a static bound beyond the limit is a problem that names the costliest part")
  func staticBound() {
    var environment = TicketSchema.environment
    environment.limits.listSize = 10
    environment.limits.textLength = 16
    environment.limits.staticCost = 100
    #expect(throws: Never.self) { try Program("tags.exists(t, t == 'a')", in: environment) }
    do throws(ExpressionProblems) {
      _ = try Program("is_vip && tags.exists(t, tags.exists(u, t == u))", in: environment)
      Issue.record("it compiles")
    } catch {
      #expect(error.problems.map(\.message) == ["the expression may take 634 steps, 100 are allowed"])
      #expect(
        error.problems.first?.hint
          == "the costliest part is 'tags.exists(t, tags.exists(u, t == u))'; declare max_items of 'tags' and max_length of the elements of 'tags'"
      )
    }
  }

  @Test(
    "an evaluation keeps to the static bound",
    arguments: [
      "size(description) > 10 && type == 'fault'", "tags.exists(t, t.contains('b'))",
      "tags.map(t, t + t).join(',').size() > 3",
      "steps.filter(s, s.text == 'log').size() == 1", "'%s'.format([tags]) == ''",
      "description.split('').map(c, c + c).size() > 1",
    ])
  func bound(text: String) throws {
    var environment = TicketSchema.environment
    environment.limits.listSize = 2
    environment.limits.textLength = 32
    let bound = try Program(text, in: environment).costBound.steps
    environment.limits.steps = bound
    let outcome = try Program(text, in: environment).evaluate(TicketSchema.ticket)
    #expect(throws: Never.self) { try outcome.get() }
  }

  @Test(
    "what is nested too deeply, too long or made of too many parts is refused",
    arguments: [
      (String(repeating: "(", count: 100_000), "the expression is longer than 65536 bytes"),
      (String(repeating: "(", count: 1_000), "the expression is nested more than 250 levels deep"),
      (String(repeating: "[", count: 1_000), "the expression is nested more than 250 levels deep"),
      (String(repeating: "-", count: 1_000) + "x", "the expression is nested more than 250 levels deep"),
      (
        String(repeating: "true ? 1 : ", count: 1_000) + "1",
        "the expression is nested more than 250 levels deep"
      ),
      ("1" + String(repeating: "+1", count: 1_000), "the expression is nested more than 250 levels deep"),
      ("x" + String(repeating: ".a", count: 1_000), "the expression is nested more than 250 levels deep"),
      ("[" + String(repeating: "1,", count: 20_000) + "]", "the expression has more than 16384 parts"),
    ])
  func refused(text: String, message: String) {
    do throws(ExpressionProblems) {
      _ = try Program(text, in: Environment())
      Issue.record("it compiles")
    } catch { #expect(error.problems.map(\.message) == [message]) }
  }

  @Test("long chains of conditions are not deep")
  func chains() throws {
    let text = Array(repeating: "affected_users != 7", count: 2_000).joined(separator: " && ")
    #expect(try Program(text, in: TicketSchema.environment).holds(TicketSchema.ticket) == .success(true))
  }
}
