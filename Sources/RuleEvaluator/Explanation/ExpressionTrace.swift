public import Diagnostics
import Expressions
public import TicketModel
public import WorkingTime

/// What an expression and its parts gave for one ticket, as people read it. Masked values show as `***`.
public struct ExpressionTrace: Hashable, Sendable {
  /// What one part gave that was evaluated.
  public struct Part: Hashable, Sendable {
    /// How many other parts it belongs to.
    public var depth: Int
    /// As written, on one line.
    public var text: String
    public var value: String
  }

  /// As written, on one line.
  public var text: String
  /// What the whole gave.
  public var value: String
  /// Outer parts first, in the order of the text. A part that stands twice is told once.
  public var parts: [Part]
}

/// An expression's outcome, and what led to it.
public struct ExpressionTrial: Sendable {
  public let trace: ExpressionTrace
  let outcome: Result<Value, EvaluationError>
  let hidesReason: Bool

  /// Whether its value is `false`.
  public var isFalse: Bool { outcome == .success(.bool(false)) }
  /// Whether its value is `true`.
  var isTrue: Bool { outcome == .success(.bool(true)) }
  var isFailure: Bool { if case .failure = outcome { true } else { false } }

  /// Why it has no value, with the place in the expression's text, `source`; nil where it has one.
  public func problem(in source: SourceText) -> Diagnostic? {
    guard case .failure(let error) = outcome else { return nil }
    let reason = hidesReason ? "it reads a masked field, so the reason is not shown" : error.message
    // Codes tell of values, too: a division by zero says what stood there.
    return Diagnostic(
      hidesReason ? "expression-masked" : error.code, .error, "the expression has no value: \(reason)",
      at: source.place(of: error.range))
  }
}

extension Evaluator {
  /// What expression `index` of the rulebook gives for `ticket` at `now`, after all tables have decided.
  public mutating func tryExpression(_ index: Int, _ ticket: borrowing Ticket, at now: Instant)
    -> ExpressionTrial
  {
    var decision = Decision()
    evaluate(ticket, at: now, into: &decision)
    return trial(of: index, ticket)
  }

  /// What an expression gives for the values that were read last.
  func trial(of index: Int, _ ticket: borrowing Ticket) -> ExpressionTrial {
    let program = rulebook.expressions[index].program
    let (outcome, entries) = ticket.bytes.withUnsafeBytes { bytes in
      program.trace(TicketSource(values: values.readable, bytes: bytes, rulebook: rulebook))
    }
    let words = ValueWords(zone: rulebook.timeZone)
    var parts: [ExpressionTrace.Part] = []
    for entry in entries where entry.depth > 0 {
      let text = entry.text.onOneLine
      if parts.contains(where: { $0.text == text }) { continue }
      parts.append(
        ExpressionTrace.Part(
          depth: entry.depth - 1, text: text, value: entry.isMasked ? "***" : words.text(of: entry.outcome)))
    }
    var value = program.hidesValue ? "***" : words.text(of: outcome)
    if program.readsMasked, case .failure = outcome { value = "no value" }
    return ExpressionTrial(
      trace: ExpressionTrace(text: program.text.onOneLine, value: value, parts: parts), outcome: outcome,
      hidesReason: program.readsMasked)
  }
}

/// Puts values of expressions into the words of rules.
struct ValueWords {
  let zone: TimeZoneRules

  func text(of outcome: Result<Value, EvaluationError>) -> String {
    switch outcome {
    case .success(let value): text(of: value)
    case .failure(let error): "no value: \(error.message)"
    }
  }

  private func text(of value: Value) -> String {
    switch value {
    case .timestamp(let time): instant(time)
    case .optional(nil): "absent"
    case .optional(let value?): text(of: value)
    default: value.description
    }
  }

  /// In the rulebook's zone; what is finer than a millisecond is left out.
  private func instant(_ time: Timestamp) -> String {
    let (milliseconds, overflow) = time.seconds.multipliedReportingOverflow(by: 1000)
    if overflow { return Value.timestamp(time).description }
    return Instant(milliseconds: milliseconds + Int64(time.nanoseconds / 1_000_000)).text(in: zone)
  }
}

extension String {
  /// Lines joined, each without its indentation.
  fileprivate var onOneLine: String {
    guard utf8.contains(0x0A) else { return self }
    return split(separator: "\n").map { line in
      let start = line.firstIndex { $0 != " " && $0 != "\t" } ?? line.endIndex
      return line[start...]
    }.joined(separator: " ")
  }
}
