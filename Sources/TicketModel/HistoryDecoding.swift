import WorkingTime

extension TicketDecoder {
  /// Decodes `history`, a list of `{at, by, set}`; returns the offset after it.
  ///
  /// An entry that has no instant is reported and left out; one whose `set` is not an object is reported and changes
  /// nothing. An entry that is earlier than the one before it is reported, and moved to where its time says.
  mutating func decodeHistory(
    in record: RawSpan, at start: Int, depth: Int, into ticket: inout Ticket
  ) throws(JSONFailure) -> Int {
    guard !hasHistory else {
      return try skip(.duplicateKey, nil, in: record, at: start, depth: depth, into: &ticket)
    }
    hasHistory = true
    switch record.byte(start) {
    case UInt8(ascii: "["):
      let end = try decodeEvents(in: record, at: start, depth: depth, into: &ticket)
      ticket.sortEvents()
      return end
    case UInt8(ascii: "n"): return try record.endOfLiteral(at: start)
    default: return try skip(.malformedHistory, nil, in: record, at: start, depth: depth, into: &ticket)
    }
  }

  private mutating func decodeEvents(
    in record: RawSpan, at start: Int, depth: Int, into ticket: inout Ticket
  ) throws(JSONFailure) -> Int {
    guard depth < RawSpan.maximumDepth else { throw JSONFailure(.tooDeep, at: start) }
    var offset = record.afterSpace(start + 1)
    if record.byte(offset) == UInt8(ascii: "]") { return offset + 1 }
    while true {
      let end =
        record.byte(offset) == UInt8(ascii: "{")
        ? try decodeEvent(in: record, at: offset, depth: depth + 1, into: &ticket)
        : try skip(.malformedHistory, nil, in: record, at: offset, depth: depth + 1, into: &ticket)
      offset = record.afterSpace(end)
      switch record.byte(offset) {
      case UInt8(ascii: ","): offset = record.afterSpace(offset + 1)
      case UInt8(ascii: "]"): return offset + 1
      default: throw JSONFailure(.expectedCommaOrBracket, at: offset)
      }
    }
  }

  private mutating func decodeEvent(
    in record: RawSpan, at start: Int, depth: Int, into ticket: inout Ticket
  ) throws(JSONFailure) -> Int {
    guard depth < RawSpan.maximumDepth else { throw JSONFailure(.tooDeep, at: start) }
    let node = tables.keys.event
    var members = MemberCursor(start, predictions.start(of: node, as: .event))
    var event = EventMembers(firstChange: ticket.changes.count)
    while let key = try nextMember(of: node, in: record, &members) {
      let value = members.offset
      switch tables.keys.entries[key].role {
      case .eventTime:
        members.offset = try decodeTime(of: &event, in: record, at: value, depth: depth + 1, into: &ticket)
      case .eventChanges:
        members.offset = try decodeChanges(of: &event, in: record, at: value, depth: depth + 1, into: &ticket)
      default: members.offset = try record.endOfValue(at: value, depth: depth + 1)
      }
    }
    ticket.append(event, written: start..<members.offset)
    return members.offset
  }

  private mutating func decodeTime(
    of event: inout EventMembers, in record: RawSpan, at start: Int, depth: Int, into ticket: inout Ticket
  ) throws(JSONFailure) -> Int {
    if event.hasTime {
      return try skip(.duplicateKey, nil, in: record, at: start, depth: depth, into: &ticket)
    }
    event.hasTime = true
    guard record.byte(start) == UInt8(ascii: "\"") else {
      return try skip(.malformedHistory, nil, in: record, at: start, depth: depth, into: &ticket)
    }
    let text = try record.text(at: start + 1)
    if text.hasEscapes {
      let range = try texts.append(text, of: record)
      event.written = record.byteCount + range.lowerBound..<record.byteCount + range.upperBound
      event.at = tables.instant(in: texts.bytes.span.bytes, range)
    } else {
      event.written = text.start..<text.end
      event.at = tables.instant(in: record, event.written)
    }
    if event.at == nil {
      ticket.problems.append(Ticket.Problem(kind: .notAnInstant, slot: nil, written: event.written))
    }
    return text.end + 1
  }

  private mutating func decodeChanges(
    of event: inout EventMembers, in record: RawSpan, at start: Int, depth: Int, into ticket: inout Ticket
  ) throws(JSONFailure) -> Int {
    if event.hasChanges {
      return try skip(.duplicateKey, nil, in: record, at: start, depth: depth, into: &ticket)
    }
    event.hasChanges = true
    switch record.byte(start) {
    case UInt8(ascii: "{"):
      eventFields.removeAll()
      return try decodeFields(
        of: tables.keys.record, in: record, at: start, depth: depth, as: .event, into: &ticket)
    case UInt8(ascii: "n"): return try record.endOfLiteral(at: start)
    default: return try skip(.malformedHistory, nil, in: record, at: start, depth: depth, into: &ticket)
    }
  }
}

/// What has been read of one entry of the history.
struct EventMembers {
  let firstChange: Int
  var hasTime = false
  var hasChanges = false
  var at: Instant?
  /// The time as it was written.
  var written = 0..<0

  init(firstChange: Int) { self.firstChange = firstChange }
}

extension Ticket {
  /// Keeps an entry, the JSON of which is `written`, if it has a time.
  fileprivate mutating func append(_ event: EventMembers, written: Range<Int>) {
    guard let at = event.at else {
      changes.removeSubrange(event.firstChange...)
      if !event.hasTime { problems.append(Problem(kind: .malformedHistory, slot: nil, written: written)) }
      return
    }
    if let last = events.last, at < last.at {
      problems.append(Problem(kind: .outOfOrder, slot: nil, written: event.written))
    }
    events.append(Event(at: at, changes: event.firstChange..<changes.count))
  }

  /// Sorts by time; events of one instant stay in the order of the record, in which their changes are.
  fileprivate mutating func sortEvents() {
    guard problems.contains(where: { $0.kind == .outOfOrder }) else { return }
    events.sort { ($0.at, $0.changes.lowerBound) < ($1.at, $1.changes.lowerBound) }
  }
}
