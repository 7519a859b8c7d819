import TestSupport
import Testing
import TicketModel
import WorkingTime

@testable import RuleEvaluator

@Suite("A trace")
struct TraceTests {
  static let rules = """
    time_zone: UTC
    fields:
      type: {type: choice, values: {fault: {label: {zh: 故障}}, request: }}
      users: {type: integer}
      price: {type: number}
      vip: {type: boolean}
      opened_at: {type: instant}
      closed_at: {type: instant}
      day: {type: date}
      effort: {type: duration}
      product: {type: string}
      phone: {type: string, masked: true}
      status: {type: choice, values: [open, waiting, done]}
    priorities:
      levels: [high, low]
      hit: first
      inputs: [type, users, product]
      rows:
        - {id: P-1, type: request, priority: high}
        - {id: P-2, type: fault, users: 10..., priority: high}
        - {id: P-3, product: pump | valve, priority: low}
        - {id: P-4, priority: low}
        - {id: P-5, type: fault, priority: high}
      otherwise: {priority: low}
    tables:
      all:
        hit: rule-order
        inputs: [price, vip, opened_at, day, effort, phone, priority, status]
        outputs: [note]
        rows:
          - {id: A-1, price: '< 1', note: x}
          - {id: A-2, vip: 'true', note: x}
          - {id: A-3, opened_at: ..<2026-03-02T09:00Z, note: x}
          - {id: A-4, day: 2026-03-02, note: x}
          - {id: A-5, effort: not 4 hours, note: x}
          - {id: A-6, phone: '555', note: x}
          - {id: A-7, priority: high, note: x}
          - {id: A-8, status: present, note: x}
          - {id: A-9, priority: low, note: x}
        otherwise: {note: y}
    windows:
      w:
        when: {users: present, type: request}
        start: opened_at
        stop: closed_at
        target: 1 hour
      v:
        when: {type: fault}
        start: opened_at
        stop: {status: done}
        pause: {status: waiting}
        target: {by: priority, high: 1 hour, low: 5 hours}
    required_fields:
      - {id: F-1, when: {type: fault, status: done}, fields: [effort]}
      - {id: F-2, when: {type: fault}, fields: [product]}
    """

  @Test("tells each row that was tried, and the first cell that did not hold with the value that was read")
  func rows() throws {
    let rulebook = try compile(Self.rules)
    let ticket = try rulebook.ticket(
      #"""
      {"type": "故障", "users": 3, "price": 2.5, "vip": false, "opened_at": "2026-03-02T17:00+08:00",
       "day": "2026-03-01", "effort": "4 hours", "product": "pump", "phone": "123", "status": "none"}
      """#)
    var evaluator = Evaluator(rulebook)
    let trace = evaluator.trace(ticket, at: try instant("2026-03-02T12:00Z"))
    let priorities = try #require(rulebook.priority?.table)
    #expect(
      trials(trace.tables[priorities], rulebook.tables[priorities]) == [
        "P-1: type is fault, not request", "P-2: users is 3, not >= 10", "P-3",
      ])
    #expect(
      trials(trace.tables[1 - priorities], rulebook.tables[1 - priorities]) == [
        "A-1: price is 2.5, not < 1", "A-2: vip is false, not true",
        "A-3: opened_at is 2026-03-02T09:00:00Z, not < 2026-03-02T09:00Z",
        "A-4: day is 2026-03-01, not 2026-03-02",
        "A-5: effort is 4 hours, not not 4 hours", "A-6: phone is ***, not 555",
        "A-7: priority is low, not high", "A-8", "A-9",
      ])
    #expect(trace.windows[0].failure == .cell(1, value: "fault"))
    #expect(trace.windows[0].steps.isEmpty && trace.targets[0].isEmpty)
    let target = try #require(rulebook.windows[1].target.table)
    #expect(trials(trace.targets[1], target) == ["high: priority is low, not high", "low"])
    #expect(trace.windows[1].target == .elapsed(milliseconds: 5 * 3_600_000))
    #expect(trace.requirements.map(\.failure) == [.cell(1, value: "not valid"), nil])
  }

  private func trials(_ trials: [Trace.RowTrial], _ table: DecisionTable) -> [String] {
    trials.map { trial in
      let row = table.rows[trial.row]
      switch trial.failure {
      case nil: return row.id
      case .expression(let trace): return "\(row.id): not \(trace.text)"
      case .cell(let index, let value):
        let cell = row.cells[index]
        return "\(row.id): \(table.inputs[cell.input].name) is \(value), not \(cell.text)"
      }
    }
  }

  @Test("names the expression that kept a row or a window from holding")
  func expressions() throws {
    let rulebook = try compile(
      """
      fields:
        size: {type: integer, required: true}
        opened_at: {type: instant}
        closed_at: {type: instant}
      tables:
        kind:
          hit: first
          inputs: [size]
          outputs: [kind]
          rows:
            - {id: A-1, size: "> 1", expr: size % 2 == 0, kind: even}
            - {id: A-2, size: "> 1", kind: odd}
          otherwise: {kind: one}
      windows:
        answer: {when: {expr: size > 9}, start: opened_at, stop: closed_at, target: 4 hours}
      """)
    var evaluator = Evaluator(rulebook)
    let trace = evaluator.trace(try rulebook.ticket(#"{"size": 3}"#), at: try instant("2026-03-02T12:00Z"))
    let remainder = ExpressionTrace(
      text: "size % 2 == 0", value: "false",
      parts: [.init(depth: 0, text: "size % 2", value: "1"), .init(depth: 1, text: "size", value: "3")])
    #expect(trace.tables[0].map(\.failure) == [.expression(remainder), nil])
    let comparison = ExpressionTrace(
      text: "size > 9", value: "false", parts: [.init(depth: 0, text: "size", value: "3")])
    #expect(trace.windows[0].failure == .expression(comparison))
  }

  @Test("tells the steps of a window's clock in order")
  func steps() throws {
    let rulebook = try compile(Self.rules)
    let ticket = try rulebook.ticket(
      #"""
      {"type": "fault", "opened_at": "2026-03-02T09:00Z", "history": [
        {"at": "2026-03-02T09:00Z", "set": {"status": "waiting"}}, {"at": "2026-03-02T10:00Z", "set": {"status": "open"}},
        {"at": "2026-03-02T11:00Z", "set": {"status": "done"}}, {"at": "2026-03-02T11:30Z", "set": {"status": "open"}}]}
      """#)
    var evaluator = Evaluator(rulebook)
    let trace = evaluator.trace(ticket, at: try instant("2026-03-02T12:00Z"))
    let steps = trace.windows[1].steps.map {
      "\($0.at.text(in: .utc).dropFirst(11).prefix(5)) \($0.transition)"
    }
    #expect(
      steps == [
        "09:00 start", "09:00 pause", "10:00 resume", "11:00 stop",
        "11:30 reopen(WorkingTime.Transition.Reopening.resume)",
      ])
  }
}
