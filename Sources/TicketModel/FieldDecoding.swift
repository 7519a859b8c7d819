extension TicketDecoder {
  /// Where a field's value comes from, and goes to.
  enum Origin {
    case record, event
  }

  /// Decodes the object that starts at `start`, the members of which are declared fields or hold some.
  ///
  /// - Parameters:
  ///   - node: what the object is, in the key table.
  ///   - depth: the lists and objects that are open around it.
  mutating func decodeFields(
    of node: Int, in record: RawSpan, at start: Int, depth: Int, as origin: Origin, into ticket: inout Ticket
  ) throws(JSONFailure) -> Int {
    var members = MemberCursor(start, predictions.start(of: node, as: origin))
    guard depth < RawSpan.maximumDepth else { throw JSONFailure(.tooDeep, at: start) }
    while let key = try nextMember(of: node, in: record, &members) {
      let entry = layout.keys.entries[key]
      var end = 0
      if entry.role == .history, origin == .record {
        end = try decodeHistory(in: record, at: members.offset, depth: depth + 1, into: &ticket)
      } else if entry.node != 0, record.byte(members.offset) == UInt8(ascii: "{") {
        end = try decodeFields(
          of: entry.node, in: record, at: members.offset, depth: depth + 1, as: origin, into: &ticket)
      } else if entry.slot < 0 {
        end = try record.endOfValue(at: members.offset, depth: depth + 1)
      }
      if entry.slot >= 0 {
        end = try decodeField(
          entry.slot, in: record, at: members.offset, depth: depth + 1, as: origin, into: &ticket)
      }
      members.offset = end
    }
    return members.offset
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

/// A walk over the members of one object.
struct MemberCursor {
  /// At the object's brace, then at each member's value, which the caller moves past, at last after the object.
  var offset: Int
  /// In `KeyPredictions`.
  fileprivate var previous: Int
  fileprivate var isAtStart = true

  init(_ offset: Int, _ previous: Int) {
    self.offset = offset
    self.previous = previous
  }
}

extension TicketDecoder {
  /// Moves to the value of the object's next member and returns its key's entry; nil at the end of the object.
  @inline(__always)
  mutating func nextMember(
    of node: Int, in record: RawSpan, _ members: inout MemberCursor
  ) throws(JSONFailure) -> Int? {
    var offset = members.offset
    if members.isAtStart {
      members.isAtStart = false
      offset = record.afterSpace(offset + 1)
      if record.byte(offset) == UInt8(ascii: "}") {
        members.offset = offset + 1
        return nil
      }
    } else {
      offset = record.afterSpace(offset)
      let separator = record.byte(offset)
      guard separator == UInt8(ascii: ",") else {
        guard separator == UInt8(ascii: "}") else { throw JSONFailure(.expectedCommaOrBrace, at: offset) }
        members.offset = offset + 1
        return nil
      }
      offset = record.afterSpace(offset + 1)
    }
    guard record.byte(offset) == UInt8(ascii: "\"") else { throw JSONFailure(.expectedKey, at: offset) }
    if let match = predictions.match(after: &members.previous, in: record, at: offset + 1, layout.keys) {
      members.offset = try record.afterColon(match.end)
      return match.entry
    }
    let key = try record.text(at: offset + 1)
    let entry = try find(key, of: record, in: node)
    predictions.learn(entry, after: &members.previous)
    members.offset = try record.afterColon(key.end + 1)
    return entry
  }

  @inline(never)
  private mutating func find(_ key: JSONText, of record: RawSpan, in node: Int) throws(JSONFailure) -> Int {
    guard key.hasEscapes else {
      return layout.keys.find(record, at: key.start, count: key.end - key.start, in: node)
    }
    let range = try texts.append(key, of: record)
    defer { texts.remove(from: range.lowerBound) }
    return layout.keys.find(texts.bytes.span.bytes, at: range.lowerBound, count: range.count, in: node)
  }
}
