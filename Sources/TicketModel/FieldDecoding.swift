extension TicketDecoder {
  /// Where a field's value comes from, and goes to.
  enum Origin {
    case record, event
  }

  /// Decodes the object that starts at `start`, the members of which are fields or hold some, and returns the offset
  /// after it.
  ///
  /// `node` says which keys it may have; `depth` counts the lists and objects that are open around it.
  mutating func decodeFields(
    of node: Int, in record: RawSpan, at start: Int, depth: Int, as origin: Origin, into ticket: inout Ticket
  ) throws(JSONFailure) -> Int {
    var members = MemberCursor(start, predictions.start(of: node, as: origin))
    guard depth < RawSpan.maximumDepth else { throw JSONFailure(.tooDeep, at: start) }
    while let key = try nextMember(of: node, in: record, &members) {
      let slot = tables.keys.entries[key].isField ? tables.keys.entries[key].slot : -1
      members.offset =
        slot >= 0
        ? try decodeField(slot, in: record, at: members.offset, depth: depth + 1, as: origin, into: &ticket)
        : try decodeOther(key, in: record, at: members.offset, depth: depth + 1, as: origin, into: &ticket)
    }
    return members.offset
  }

  /// Decodes the value of a key that is more, or less, than a field.
  @inline(never)
  private mutating func decodeOther(
    _ key: Int, in record: RawSpan, at start: Int, depth: Int, as origin: Origin,
    into ticket: inout Ticket
  ) throws(JSONFailure) -> Int {
    let entry = tables.keys.entries[key]
    var end = 0
    if entry.role == .history, origin == .record {
      end = try decodeHistory(in: record, at: start, depth: depth, into: &ticket)
    } else if entry.node != 0, record.byte(start) == UInt8(ascii: "{") {
      end = try decodeFields(of: entry.node, in: record, at: start, depth: depth, as: origin, into: &ticket)
    } else if entry.slot < 0 {
      return try record.endOfValue(at: start, depth: depth)
    }
    if entry.slot < 0 { return end }
    return try decodeField(entry.slot, in: record, at: start, depth: depth, as: origin, into: &ticket)
  }

  @inline(__always)
  private mutating func decodeField(
    _ slot: Int, in record: RawSpan, at start: Int, depth: Int, as origin: Origin, into ticket: inout Ticket
  ) throws(JSONFailure) -> Int {
    let isFirst = origin == .record ? recordFields.insert(slot) : eventFields.insert(slot)
    guard isFirst else {
      return try skip(.duplicateKey, slot, in: record, at: start, depth: depth, into: &ticket)
    }
    var end = start
    let value = try decodeValue(of: slot, in: record, at: &end, depth: depth, into: &ticket)
    switch origin {
    case .record: ticket.slots[slot] = value
    case .event: ticket.changes.append(Ticket.Change(slot: slot, value: value))
    }
    return end
  }

  /// Skips a value and reports it.
  func skip(
    _ kind: Ticket.Problem.Kind, _ slot: Int?, in record: RawSpan, at start: Int, depth: Int,
    into ticket: inout Ticket
  ) throws(JSONFailure) -> Int {
    let end = try record.endOfValue(at: start, depth: depth)
    let quote = record.byte(start) == UInt8(ascii: "\"") ? 1 : 0
    ticket.problems.append(Ticket.Problem(kind: kind, slot: slot, written: start + quote..<end - quote))
    return end
  }
}
