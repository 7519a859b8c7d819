/// A walk over the members of one object.
struct MemberCursor {
  /// At the object's brace, then at each member's value, which the caller moves past, at last after the object.
  var offset: Int
  /// In `KeyPredictions`.
  var previous: Int
  private var isAtStart = true

  init(_ offset: Int, _ previous: Int) {
    self.offset = offset
    self.previous = previous
  }

  /// The opening quote of the next key, or nil after the object's closing brace.
  @inline(__always)
  fileprivate mutating func nextKey(in record: RawSpan) throws(JSONFailure) -> Int? {
    offset = record.afterSpace(isAtStart ? offset + 1 : offset)
    let isFirst = isAtStart
    isAtStart = false
    if record.byte(offset) == UInt8(ascii: "}") {
      offset += 1
      return nil
    }
    if !isFirst {
      guard record.byte(offset) == UInt8(ascii: ",") else {
        throw JSONFailure(.expectedCommaOrBrace, at: offset)
      }
      offset = record.afterSpace(offset + 1)
    }
    guard record.byte(offset) == UInt8(ascii: "\"") else { throw JSONFailure(.expectedKey, at: offset) }
    return offset
  }
}

extension TicketDecoder {
  /// Moves to the value of the object's next member and returns its key's entry; nil at the end of the object.
  @inline(__always)
  mutating func nextMember(
    of node: Int, in record: RawSpan, _ members: inout MemberCursor
  ) throws(JSONFailure) -> Int? {
    guard let quote = try members.nextKey(in: record) else { return nil }
    if let match = predictions.match(after: &members.previous, in: record, at: quote + 1, tables.keys) {
      members.offset = try record.afterColon(match.end)
      return match.entry
    }
    let key = try record.text(at: quote + 1)
    let entry = try find(key, of: record, in: node)
    predictions.learn(entry, after: &members.previous)
    members.offset = try record.afterColon(key.end + 1)
    return entry
  }

  @inline(never)
  private mutating func find(_ key: JSONText, of record: RawSpan, in node: Int) throws(JSONFailure) -> Int {
    guard key.hasEscapes else {
      return tables.keys.find(record, at: key.start, count: key.end - key.start, in: node)
    }
    let range = try texts.append(key, of: record)
    defer { texts.remove(from: range.lowerBound) }
    return tables.keys.find(texts.bytes.span.bytes, at: range.lowerBound, count: range.count, in: node)
  }
}
