import TestSupport
import Testing
import TicketModel
import WorkingTime

@testable import RuleEvaluator

@Suite("A review")
struct ReviewTests {
  static let fields = """
    time_zone: UTC
    fields:
      id: {type: string}
      status: {type: choice, values: [gone, open, done, filed]}
      type: {type: choice, label: {en: Type, zh: 类型}, values: {fault: {label: {en: Fault, zh: 故障}}, question: }}
      product: {type: string, label: {en: Product, zh: 产品}}
      users: {type: integer}
      submitted_at: {type: instant}
      cause: {type: string, label: {en: Cause, zh: 原因}}
      lesson: {type: string, label: {en: Lesson, zh: 教训}}

    """
  static let workflow = """
    workflow:
      field: status
      initial: open
      states:
        open: {category: open, next: [done, gone]}
        done: {category: closed, next: [filed]}
        filed: {category: closed}
        gone: {category: closed}

    """

  // MARK: Of one ticket

  @Test(
    "of a ticket by itself asks for its fields once the ticket is closed",
    arguments: [
      (true, "", #""status": "open", "users": 9"#, []),
      (true, "", #""status": "done", "users": 9"#, ["cause", "lesson"]),
      (true, "", #""status": "gone", "users": 9, "cause": "c""#, ["lesson"]),
      (true, "", #""status": "filed", "users": 9, "cause": "c", "lesson": "l""#, []),
      (true, "", #""status": "filed", "users": 1"#, []),
      (true, "from: filed, ", #""status": "done", "users": 9"#, []),
      (true, "from: filed, ", #""status": "filed", "users": 9"#, ["cause", "lesson"]),
      (true, "from: [open], ", #""status": "open", "users": 9"#, ["cause", "lesson"]),
      // Without a workflow nobody knows what closed is.
      (false, "", #""users": 9"#, ["cause", "lesson"]),
      (false, "", #""status": "open", "users": 9"#, ["cause", "lesson"]),
    ])
  func single(hasWorkflow: Bool, from: String, ticket: String, missing: [String]) throws {
    let rulebook = try compile(
      Self.fields + (hasWorkflow ? Self.workflow : "")
        + "reviews: [{id: V-1, when: {users: 5...}, \(from)require: [cause, lesson], severity: warning}]")
    let ticket = try rulebook.ticket("{\(ticket)}")
    let decision = rulebook.decision(about: ticket, at: .latest)
    let references = decision.findings.map { rulebook.reference(of: $0, ticket.problems) }
    #expect(references.map(\.field) == missing)
    #expect(references.allSatisfy { $0.rule == "V-1" && "\($0.severity)" == "warning" })
    guard case .ticket(let requirement) = rulebook.reviews[0].subject else {
      Issue.record("not of a ticket")
      return
    }
    #expect(rulebook.requirements[requirement].id == "V-1")
    #expect(decision.countedReviews.isEmpty)
  }

  // MARK: What a ticket adds

  static let counting = """
    reviews:
      - {id: V-0, when: {users: 100...}, require: [cause]}
      - {id: V-1, group_by: [type, product], count: 2, within: 30 days, require: [cause, lesson]}
      - {id: V-2, group_by: [users], count: 3, within: 1 day, when: {type: fault}, require: [cause]}
    """

  @Test(
    "counts a ticket that has all that it is grouped by",
    arguments: [
      (
        #""type": "故障", "product": "pump", "users": 7"#,
        ["1 fault\u{1F}pump 3", "2 7 1"]
      ),
      (#""type": "question", "product": "pump", "users": 7, "lesson": "l""#, ["1 question\u{1F}pump 1"]),
      (
        #""type": "fault", "product": "a\u001fb", "cause": "c", "lesson": "l""#, ["1 fault\u{1F}a\u{FFFD}b 0"]
      ),
      (#""type": "fault", "cause": "c""#, []), (#""type": "fault", "product": {"x": 1}"#, []),
      (#""type": "fault", "product": "", "users": 7"#, ["2 7 1"]), (#""users": 7"#, []),
    ])
  func contributions(ticket: String, expected: [String]) throws {
    let rulebook = try compile(Self.fields + Self.counting)
    let now = try instant("2026-03-02T09:00Z")
    var evaluator = Evaluator(rulebook)
    var decision = Decision()
    for (submitted, isCounted) in [
      ("2026-03-02T09:00Z", true), ("2026-03-02T09:00:00.001Z", false), ("never", false), ("", false),
    ] {
      let ticket = try rulebook.ticket(#"{"submitted_at": "\#(submitted)", \#(ticket)}"#)
      evaluator.evaluate(ticket, at: now, into: &decision)
      let contributions = evaluator.contributions(of: ticket, decision)
      #expect(contributions.map { "\($0.review) \($0.group) \($0.missing)" } == (isCounted ? expected : []))
      #expect(contributions.allSatisfy { $0.at == now })
    }
  }

  // MARK: When one is due

  private func recurrence(_ count: Int, hours: Int64) -> Review.Recurrence {
    Review.Recurrence(fields: [0], instant: 1, count: count, milliseconds: hours * 3_600_000)
  }

  /// Tickets named a, b, c … at these hours; an upper-case letter for one that holds a review.
  private func due(_ tickets: String, _ count: Int, within hours: Int64) throws -> String? {
    let start = try instant("2026-03-02T00:00Z")
    var counted = RecurrenceCount()
    for ticket in tickets.split(separator: " ") {
      let hour = try #require(Int64(ticket.dropFirst()))
      counted.add(
        RecurrenceCount.Member(
          at: start.advanced(byMilliseconds: hour * 3_600_000), ticket: ticket.prefix(1).lowercased(),
          missing: ticket.first?.isUppercase == true ? 0 : 1))
    }
    return counted.due(recurrence(count, hours: hours))?.ticket
  }

  @Test(
    "falls due with the last of so many tickets within so long",
    arguments: [
      ("a0 b1 c2", 3, 3, "c"), ("a0 b1 c2 d3 e4", 3, 3, "c"), ("c2 a0 b1", 3, 3, "c"),
      // Half-open: the end of the time is not within.
      ("a0 b1 c2", 3, 2, nil), ("a0 b5 c9 d10 e11", 3, 3, "e"), ("a0 b1", 3, 9, nil), ("", 2, 9, nil),
      // Of one instant by id.
      ("c0 b0 a0", 2, 1, "b"),
      // Held by one of them or a later one.
      ("a0 B1 c2", 3, 3, nil), ("a0 b1 c2 D99", 3, 3, nil), ("A0 b1 c2", 3, 3, nil),
      // Held by an earlier one, which is not within the time: another review.
      ("A0 b1 c2 d3", 3, 3, "d"), ("a0 b1 C2 d3 e4 f5", 3, 3, "f"), ("a0 b1 C2 d3 e4", 3, 3, nil),
    ] as [(String, Int, Int64, String?)])
  func falls(tickets: String, count: Int, hours: Int64, expected: String?) throws {
    #expect(try due(tickets, count, within: hours) == expected)
  }

  @Test("falls due where looking at every stretch of time says so", arguments: 0..<8)
  func anyTickets(seed: Int) throws {
    var generator = SeededGenerator(seed: seed)
    let start = try instant("2026-03-02T00:00Z")
    for _ in 0..<300 {
      let recurrence = recurrence(
        Int.random(in: 2...5, using: &generator), hours: Int64.random(in: 1...12, using: &generator))
      let hours = Int64.random(in: 1...48, using: &generator)
      let members = (0..<Int.random(in: 0...20, using: &generator)).map { number in
        RecurrenceCount.Member(
          at: start.advanced(byMilliseconds: Int64.random(in: 0...hours, using: &generator) * 3_600_000),
          ticket: "T-\(number)", missing: generator.chance(12) ? 0 : 1)
      }
      var counted = RecurrenceCount()
      for member in members { counted.add(member) }
      #expect(counted.due(recurrence) == naive(members, recurrence), "\(members) \(recurrence)")
      // Asking again, and after another ticket, is the same as asking once.
      #expect(counted.due(recurrence) == naive(members, recurrence))
      let late = RecurrenceCount.Member(at: start, ticket: "T-0-late", missing: 1)
      counted.add(late)
      #expect(counted.due(recurrence) == naive(members + [late], recurrence))
    }
  }

  /// From each ticket on, the tickets within the time; the review of those that reach the count, unless it is held.
  private func naive(
    _ members: [RecurrenceCount.Member], _ recurrence: Review.Recurrence
  ) -> RecurrenceCount.Member? {
    let sorted = members.sorted()
    var due = [RecurrenceCount.Member]()
    for first in sorted.indices {
      let end = sorted[first].at.advanced(byMilliseconds: recurrence.milliseconds)
      let within = sorted[first...].filter { $0.at < end }
      if within.count < recurrence.count || sorted[first...].contains(where: { $0.missing == 0 }) { continue }
      due.append(within[recurrence.count - 1])
    }
    return due.min()
  }

  // MARK: Words

  @Test(
    "says what is frequent, how often, and what is missing",
    arguments: [
      (
        "", 3 as UInt64,
        "2 tickets with Type Fault and Product pump within 30 d need a review: Cause, Lesson are missing",
        "“类型”为“故障”、“产品”为“pump”的工单在 30 天内达到 2 张，须复盘，缺少“原因”、“教训”"
      ),
      (
        "", 2, "2 tickets with Type Fault and Product pump within 30 d need a review: Lesson is missing",
        "“类型”为“故障”、“产品”为“pump”的工单在 30 天内达到 2 张，须复盘，缺少“教训”"
      ),
      (
        #", message: {en: "{type} again in {id}", zh: "{product} 又出问题"}"#, 1,
        "Fault again in T-9 (2 tickets with Type Fault and Product pump within 30 d need a review: Cause is missing)",
        "pump 又出问题（“类型”为“故障”、“产品”为“pump”的工单在 30 天内达到 2 张，须复盘，缺少“原因”）"
      ),
      (
        #", message: {en: "{product} lacks {field}", zh: "{product} 缺少{field}"}"#, 3,
        "pump lacks Cause, Lesson", "pump 缺少原因、教训"
      ),
    ])
  func words(message: String, missing: UInt64, english: String, chinese: String) throws {
    let rulebook = try compile(
      Self.fields
        + "reviews: [{id: V-1, group_by: [type, product], count: 2, within: 30 days, require: [cause, lesson], severity: info\(message)}]"
    )
    let member = RecurrenceCount.Member(at: .earliest, ticket: "T-9", missing: missing)
    for (language, expected) in [("en", english), ("zh", chinese)] {
      let text = FindingText(rulebook, language: language)
      #expect(text.message(ofReview: 0, group: "fault\u{1F}pump", member) == expected)
    }
    let reference = rulebook.reference(ofReview: 0)
    #expect(reference.rule == "V-1" && "\(reference.severity)" == "info" && reference.field == nil)
  }
}
