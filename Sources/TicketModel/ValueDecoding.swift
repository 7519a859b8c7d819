import WorkingTime

extension TicketDecoder {
  /// Decodes the value at `offset`, which moves past it; a value that does not fit the field is reported.
  @inline(__always)
  mutating func decodeValue(
    of slot: Int, in record: RawSpan, at offset: inout Int, depth: Int, into ticket: inout Ticket
  ) throws(JSONFailure) -> Slot {
    let start = offset
    switch record.byte(start) {
    case UInt8(ascii: "\""):
      let text = try record.text(at: start + 1)
      offset = text.end + 1
      if text.hasEscapes { return try decodeEscaped(text, of: slot, in: record, into: &ticket) }
      if text.end == text.start { return .absent }
      let reading = tables.read(slot, in: record, text.start..<text.end, base: 0)
      return reading.slot(slot, text.start..<text.end, &ticket)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      let number = try record.number(at: start)
      offset = number.end
      return tables.read(slot, number, in: record, at: start).slot(slot, start..<offset, &ticket)
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      offset = try record.endOfValue(at: start, depth: depth)
      if record.byte(record.afterSpace(start + 1)) | 0x20 == UInt8(ascii: "}") { return .absent }
      return tables.readContainer(slot, in: record, start..<offset).slot(slot, start..<offset, &ticket)
    default:
      offset = try record.endOfLiteral(at: start)
      if record.byte(start) == UInt8(ascii: "n") { return .absent }
      return tables.readBoolean(slot, in: record, start..<offset).slot(slot, start..<offset, &ticket)
    }
  }

  @inline(never)
  private mutating func decodeEscaped(
    _ text: JSONText, of slot: Int, in record: RawSpan, into ticket: inout Ticket
  ) throws(JSONFailure) -> Slot {
    let range = try texts.append(text, of: record)
    let base = record.byteCount
    let written = base + range.lowerBound..<base + range.upperBound
    return tables.read(slot, in: texts.bytes.span.bytes, range, base: base).slot(slot, written, &ticket)
  }
}

/// What became of a value.
enum Reading {
  case value(Slot)
  case problem(Ticket.Problem.Kind)

  @inline(__always)
  func slot(_ slot: Int, _ written: Range<Int>, _ ticket: inout Ticket) -> Slot {
    switch self {
    case .value(let value): return value
    case .problem(let kind):
      ticket.problems.append(Ticket.Problem(kind: kind, slot: slot, written: written))
      return Slot(kind: .invalid)
    }
  }

  static func integer(_ kind: Slot.Kind, _ value: Int64) -> Reading {
    .value(Slot(kind: kind, integer: value))
  }
}

extension FieldTables {
  /// Reads a text that is not empty: a range of the record or of the texts without escapes, which start at `base` in
  /// the ticket's bytes.
  @inline(__always)
  func read(_ slot: Int, in bytes: RawSpan, _ range: Range<Int>, base: Int) -> Reading {
    let plan = plans[slot]
    switch plan.kind {
    case .text:
      let symbol =
        plan.table < 0 ? 0 : symbols[plan.table].value(in: bytes, at: range.lowerBound, count: range.count)
      return .value(.text(base + range.lowerBound..<base + range.upperBound, symbol: symbol))
    case .choice: return readChoice(plan, in: bytes, range)
    case .instant: return readInstant(in: bytes, range)
    default: return readSpelling(plan, in: bytes, range)
    }
  }

  @inline(__always)
  private func readChoice(_ plan: FieldPlan, in bytes: RawSpan, _ range: Range<Int>) -> Reading {
    let number = symbols[plan.table].value(in: bytes, at: range.lowerBound, count: range.count)
    return number == 0 ? .problem(.unknownChoice) : .integer(.choice, Int64(number) - 1)
  }

  @inline(__always)
  private func readInstant(in bytes: RawSpan, _ range: Range<Int>) -> Reading {
    guard let instant = instant(in: bytes, range) else { return .problem(.notAnInstant) }
    return .integer(.instant, instant.milliseconds)
  }

  /// Types whose values may be spelled as a text.
  private func readSpelling(_ plan: FieldPlan, in bytes: RawSpan, _ range: Range<Int>) -> Reading {
    switch plan.kind {
    case .integer, .number:
      let number = try? bytes.number(at: range.lowerBound)
      guard let number, number.end == range.upperBound else { return .problem(.wrongType) }
      return read(plan, number, in: bytes, at: range.lowerBound)
    case .boolean:
      let isTrue = bytes.word(range.lowerBound, count: range.count) == 0x6575_7274
      let isFalse = bytes.word(range.lowerBound, count: range.count) == 0x65_736C_6166
      return isTrue || isFalse ? .integer(.boolean, isTrue ? 1 : 0) : .problem(.wrongType)
    case .date: return date(in: bytes, range).map { .integer(.date, $0) } ?? .problem(.wrongType)
    case .duration: return duration(in: bytes, range).map { .integer(.duration, $0) } ?? .problem(.wrongType)
    default: return .problem(.wrongType)
    }
  }

  /// Reads a JSON number.
  func read(_ slot: Int, _ number: JSONNumber, in record: RawSpan, at start: Int) -> Reading {
    let plan = plans[slot]
    switch plan.kind {
    case .integer, .number: return read(plan, number, in: record, at: start)
    case .text, .choice: return read(slot, in: record, start..<number.end, base: 0)
    default: return .problem(.wrongType)
    }
  }

  private func read(_ plan: FieldPlan, _ number: JSONNumber, in bytes: RawSpan, at start: Int) -> Reading {
    if plan.kind == .number {
      guard let value = number.double(spelledIn: bytes, at: start), value >= plan.minimum,
        value <= plan.maximum
      else { return .problem(.outOfRange) }
      return .value(.number(value))
    }
    switch number.integer {
    case .value(let value):
      return value < plan.least || value > plan.greatest ? .problem(.outOfRange) : .integer(.integer, value)
    case .tooLarge: return .problem(.outOfRange)
    case .notIntegral: return .problem(.wrongType)
    }
  }

  /// Reads `true` or `false`.
  func readBoolean(_ slot: Int, in record: RawSpan, _ range: Range<Int>) -> Reading {
    switch plans[slot].kind {
    case .boolean: .integer(.boolean, record.byte(range.lowerBound) == UInt8(ascii: "t") ? 1 : 0)
    case .text, .choice: read(slot, in: record, range, base: 0)
    default: .problem(.wrongType)
    }
  }

  /// Reads a list or an object that is not empty.
  func readContainer(_ slot: Int, in record: RawSpan, _ range: Range<Int>) -> Reading {
    let isList = record.byte(range.lowerBound) == UInt8(ascii: "[")
    guard plans[slot].kind == (isList ? .list : .object) else { return .problem(.wrongType) }
    return .value(.text(range, kind: .raw))
  }
}
