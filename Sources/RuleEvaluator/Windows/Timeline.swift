import Expressions
import TicketModel
import WorkingTime

/// The conditions whose truth over time the windows of a rulebook need: what starts, stops, pauses and cancels them.
final class Moments: Sendable {
  /// The rows of one window in `index`; -1 where it has no such condition.
  struct Rows: Sendable {
    var start = -1
    var stop = -1
    var pause = -1
    var cancel = -1
    /// The column of the choice whose values stop the window; -1 where the stop is about something else.
    var stopColumn = -1
    /// Whether that choice is the state of the workflow.
    var stopsByState = false
  }

  let index: RowIndex
  let rows: [Rows]
  /// The expression that must hold beside a condition's cells; -1 for none.
  let expressions: [Int]
  /// How many 64-bit words hold one bit for each condition.
  let wordCount: Int
  /// How far a ticket in each class of the workflow's field has come; empty without a workflow.
  private let ranks: [Int32]

  init(_ windows: [ResponseWindow], _ workflow: Workflow?) {
    var conditions = [Condition]()
    func row(_ condition: Condition?) -> Int {
      guard let condition else { return -1 }
      conditions.append(condition)
      return conditions.count - 1
    }
    var rows = windows.map { window in
      Rows(
        start: row(window.start.condition), stop: row(window.stop.condition), pause: row(window.pause),
        cancel: row(window.cancel))
    }
    index = RowIndex(conditions)
    expressions = conditions.map { $0.expression ?? -1 }
    for (window, declaration) in windows.enumerated() {
      guard let term = declaration.stop.condition?.terms.first, case .members = term.domain else { continue }
      rows[window].stopColumn = index.slots.firstIndex(of: term.slot) ?? -1
      rows[window].stopsByState = term.slot == workflow?.field
    }
    self.rows = rows
    ranks =
      [Int32](repeating: -1, count: Partition.firstClass) + (workflow?.states.map(\.category.rank) ?? [])
    wordCount = (conditions.count + 63) / 64
  }

  /// Whether a ticket that was stopped in a state of class `stop` is at work again in one of class `now`.
  ///
  /// It is where its choice is declared before the one that stopped it. Where the choice is the state of a workflow, its
  /// category tells first: "resolved" to "closed" changes nothing, and "resolved" to "in progress" goes back, in whichever
  /// order they are declared.
  func goesBack(from stop: Int32, to now: Int32, _ rows: Rows) -> Bool {
    guard rows.stopsByState else { return now < stop }
    let (before, after) = (ranks[Int(stop)], ranks[Int(now)])
    return before == after ? before == 0 && now < stop : after < before
  }
}

/// A ticket's history as the windows see it: which of their conditions held from when on.
///
/// State 0 is what held before the first event, state i what held from event i on.
///
/// A class, so that steps can be collected from it without a copy.
final class Timeline {
  let moments: Moments
  private(set) var instants: [Instant] = []
  private var bits: [UInt64] = []
  /// The class of each of the conditions' columns in each state.
  private var classes: [Int32] = []
  /// The expressions that gave no value in some state, each once.
  private(set) var failures: [ExpressionFailure] = []

  init(_ moments: Moments) { self.moments = moments }

  var stateCount: Int { moments.wordCount == 0 ? 0 : bits.count / moments.wordCount }

  /// When state `index` began; nil for the one before the first event.
  func begin(of index: Int) -> Instant? { index == 0 ? nil : instants[index - 1] }

  /// Whether condition `row` holds in state `index`; a condition that does not exist never does.
  func holds(_ row: Int, in index: Int) -> Bool {
    row >= 0 && bits[index * moments.wordCount + row >> 6] >> UInt64(row & 63) & 1 == 1
  }

  /// Whether a ticket that was stopped in one state is at work again in a later one.
  func goesBack(from stopState: Int, to state: Int, _ rows: Moments.Rows) -> Bool {
    if rows.stopColumn < 0 { return true }
    let width = moments.index.columnCount
    return moments.goesBack(
      from: classes[stopState * width + rows.stopColumn], to: classes[state * width + rows.stopColumn], rows)
  }

  func removeAll() {
    if bits.isEmpty, instants.isEmpty, failures.isEmpty { return }
    classes.removeAll(keepingCapacity: true)
    instants.removeAll(keepingCapacity: true)
    bits.removeAll(keepingCapacity: true)
    failures.removeAll(keepingCapacity: true)
  }

  /// Records one state.
  private func note(
    _ ticket: borrowing Ticket, _ rulebook: Rulebook, _ values: UnsafeBufferPointer<Slot>,
    _ classes: UnsafeMutableBufferPointer<Int32>
  ) {
    guard moments.wordCount > 0 else { return }
    let start = bits.count
    for _ in 0..<moments.wordCount { bits.append(0) }
    moments.index.forEachMatch(values, classes) { row in
      let expression = moments.expressions[row]
      if expression >= 0, !holds(expression, ticket, rulebook, values) { return true }
      bits[start + row >> 6] |= 1 << UInt64(row & 63)
      return true
    }
    for column in 0..<moments.index.columnCount { self.classes.append(classes[column]) }
  }

  private func holds(
    _ index: Int, _ ticket: borrowing Ticket, _ rulebook: Rulebook, _ values: UnsafeBufferPointer<Slot>
  ) -> Bool {
    let outcome = ticket.bytes.withUnsafeBytes { bytes in
      rulebook.expressions[index].program.holds(
        TicketSource(values: values, bytes: bytes, rulebook: rulebook))
    }
    switch outcome {
    case .success(let holds): return holds
    case .failure(let error):
      if !failures.contains(where: { $0.expression == index }) {
        failures.append(ExpressionFailure(expression: index, error: error))
      }
      return false
    }
  }

  /// Walks through the events up to `now`, and leaves in `values` the fields as they were at `now`.
  ///
  /// What a field holds at an instant: `TicketReplay.swift`.
  func replay(
    _ ticket: borrowing Ticket, until now: Instant, _ rulebook: Rulebook,
    values: UnsafeMutableBufferPointer<Slot>,
    classes: UnsafeMutableBufferPointer<Int32>
  ) {
    ticket.removeChanged(from: values)
    note(ticket, rulebook, UnsafeBufferPointer(values), classes)
    for index in ticket.events.indices {
      let instant = ticket.events[index].at
      if instant > now { return }
      ticket.apply(event: index, to: values)
      instants.append(instant)
      note(ticket, rulebook, UnsafeBufferPointer(values), classes)
    }
  }
}
