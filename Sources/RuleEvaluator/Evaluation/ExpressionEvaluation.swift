import Expressions
import TicketModel

extension Evaluator {
  /// Whether the expression is true; one that gives no value is a finding, and does not hold.
  mutating func holds(_ index: Int, for ticket: borrowing Ticket, failures decision: inout Decision) -> Bool {
    let answer = ticket.bytes.withUnsafeBytes { bytes in
      programs[index]._withUnsafeGuaranteedRef {
        $0.holdsAtOnce(
          TicketSource(values: values.readable, bytes: bytes, rulebook: rulebook, patterns: patterns))
      }
    }
    return answer ?? holdsAfterAll(index, for: ticket, failures: &decision)
  }

  @inline(never)
  private mutating func holdsAfterAll(
    _ index: Int, for ticket: borrowing Ticket, failures decision: inout Decision
  ) -> Bool {
    let outcome = ticket.bytes.withUnsafeBytes { bytes in
      programs[index]._withUnsafeGuaranteedRef {
        $0.holds(TicketSource(values: values.readable, bytes: bytes, rulebook: rulebook, patterns: patterns))
      }
    }
    switch outcome {
    case .success(let holds): return holds
    case .failure(let error):
      note(error, of: index, in: &decision)
      return false
    }
  }

  /// The value of an input that is computed; one that has none is a finding, and invalid.
  mutating func value(
    of index: Int, _ symbols: SymbolTable?, for ticket: borrowing Ticket, failures decision: inout Decision
  ) -> Slot {
    switch value(of: index, for: ticket) {
    case .success(let value): return Slot(value, symbols)
    case .failure(let error):
      note(error, of: index, in: &decision)
      return Slot(kind: .invalid)
    }
  }

  /// What the expression gives, or why it gives nothing.
  mutating func value(of index: Int, for ticket: borrowing Ticket) -> Result<Value, EvaluationError> {
    ticket.bytes.withUnsafeBytes { bytes in
      programs[index]._withUnsafeGuaranteedRef {
        $0.evaluate(
          TicketSource(values: values.readable, bytes: bytes, rulebook: rulebook, patterns: patterns))
      }
    }
  }

  mutating func note(_ error: EvaluationError, of index: Int, in decision: inout Decision) {
    decision.findings.append(
      Finding(.failedExpression, rule: index, detail: Int64(decision.failures.count)))
    decision.failures.append(ExpressionFailure(expression: index, error: error))
  }

  /// Judges a check whose condition holds.
  mutating func judge(_ index: Int, for ticket: borrowing Ticket, in decision: inout Decision) {
    let failures = decision.failures.count
    if holds(rulebook.checkExpressions[index], for: ticket, failures: &decision) { return }
    // An expression without a value has been reported as such.
    if decision.failures.count == failures {
      decision.findings.append(Finding(.failedCheck, rule: index))
    }
  }

  /// Compares the texts of fields with their regular expressions.
  mutating func matchPatterns(of ticket: borrowing Ticket, in decision: inout Decision) {
    for pattern in rulebook.patterns {
      let slot = values.elements[pattern.slot]
      guard slot.kind == .text else { continue }
      let matches = ticket.bytes.withUnsafeBytes { bytes in
        let text = UnsafeRawBufferPointer(rebasing: bytes[slot.textRange])
        let found = pattern.member.flatMap { patterns?.matches($0, slot.integer, text) }
        return found ?? pattern.expression.matchesWhole(text)
      }
      if !matches {
        decision.findings.append(Finding(.mismatch, rule: pattern.slot, field: pattern.slot))
      }
    }
  }
}

extension Slot {
  /// A computed value as tables read it; null is absent, and what no cell can speak of is invalid.
  fileprivate init(_ value: Value, _ symbols: SymbolTable?) {
    switch value {
    case .bool(let value): self = Slot(kind: .boolean, integer: value ? 1 : 0)
    case .int(let value): self = Slot(kind: .integer, integer: value)
    case .uint(let value):
      self = Int64(exactly: value).map { Slot(kind: .integer, integer: $0) } ?? Slot(kind: .invalid)
    case .double(let value): self = .number(value)
    case .timestamp(let value):
      self = Slot(kind: .instant, integer: value.seconds * 1000 + Int64(value.nanoseconds / 1_000_000))
    case .duration(let nanoseconds): self = Slot(kind: .duration, integer: nanoseconds / 1_000_000)
    case .null, .optional(nil): self = .absent
    case .optional(let value?): self = Slot(value, symbols)
    case .string(let text): self = Slot(kind: .text, symbol: symbols?.value(of: text.string) ?? 0)
    case .bytes, .list, .map, .type: self = Slot(kind: .invalid)
    }
  }
}
