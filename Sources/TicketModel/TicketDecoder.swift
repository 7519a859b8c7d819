/// Turns records into tickets, one at a time; each worker has its own, which keeps the scratch memory.
///
/// Fields that the schema does not declare are checked as JSON and skipped. Once the memory has grown to the largest
/// record, decoding allocates nothing, but for numbers of more than 15 characters in `number` fields.
public struct TicketDecoder: Sendable {
  public let layout: TicketLayout
  let tables: FieldTables

  var texts = UnescapedTexts()
  var predictions: KeyPredictions
  /// The fields that the record has had so far, and those that the event has had.
  var recordFields: FieldSet
  var eventFields: FieldSet
  /// Whether the record has had its history.
  var hasHistory = false

  public init(layout: TicketLayout) {
    self.layout = layout
    tables = layout.tables
    predictions = KeyPredictions(tables.keys)
    recordFields = FieldSet(count: tables.plans.count)
    eventFields = FieldSet(count: tables.plans.count)
  }

  /// Decodes one JSON object (RFC 8259) into `ticket`, replacing what it held; O(length).
  ///
  /// A page's record is `page.buffer.span.bytes.extracting(record.range)`. White space around the object and a byte
  /// order mark before it are skipped. What is wrong with single values is in `ticket.problems`.
  ///
  /// - Throws: where and why the record is not one JSON object in UTF-8; `ticket` is then empty.
  public mutating func decode(_ record: RawSpan, into ticket: inout Ticket) throws(MalformedRecord) {
    guard record.byteCount <= Ticket.maximumSize else {
      ticket.clear(fieldCount: tables.plans.count)
      throw MalformedRecord(reason: .tooLong, offset: Ticket.maximumSize, line: 1, column: 1)
    }
    // The bytes are taken out while slots point into them, so that the rest of the ticket can change meanwhile.
    var bytes: [UInt8] = []
    swap(&bytes, &ticket.bytes)
    defer { swap(&bytes, &ticket.bytes) }
    bytes.replace(with: record)
    ticket.clear(fieldCount: tables.plans.count)
    do throws(JSONFailure) {
      try decodeRecord(bytes.span.bytes, into: &ticket)
      bytes.append(texts)
    } catch {
      bytes.removeAll(keepingCapacity: true)
      ticket.clear(fieldCount: tables.plans.count)
      throw MalformedRecord(error, in: record)
    }
  }

  /// Decodes the record, which has its padding.
  private mutating func decodeRecord(_ record: RawSpan, into ticket: inout Ticket) throws(JSONFailure) {
    let size = record.byteCount - Ticket.padding
    if let offset = record.firstInvalidUTF8(count: size) { throw JSONFailure(.notUTF8, at: offset) }
    texts.start(recordSize: size)
    recordFields.removeAll()
    hasHistory = false
    let start = record.afterSpace(record.afterByteOrderMark)
    if start == size { throw JSONFailure(.empty, at: start) }
    guard record.byte(start) == UInt8(ascii: "{") else { throw JSONFailure(.notAnObject, at: start) }
    let node = tables.keys.record
    let end = try decodeFields(of: node, in: record, at: start, depth: 0, as: .record, into: &ticket)
    let last = record.afterSpace(end)
    if last != size { throw JSONFailure(.trailingContent, at: last) }
  }
}

extension Ticket {
  /// The zeros behind the record and behind the texts without escapes, for wide reads.
  static var padding: Int { 32 }

  /// A slot's offset has 31 bits, for the record and as much again of texts without escapes.
  static var maximumSize: Int { 512 << 20 }

  mutating func clear(fieldCount: Int) {
    if slots.count != fieldCount { slots = Array(repeating: .absent, count: fieldCount) }
    var span = slots.mutableSpan
    span.update(repeating: .absent)
    // Most tickets have none of these, and asking costs less than emptying.
    if !events.isEmpty { events.removeAll(keepingCapacity: true) }
    if !changes.isEmpty { changes.removeAll(keepingCapacity: true) }
    if !problems.isEmpty { problems.removeAll(keepingCapacity: true) }
  }
}

extension [UInt8] {
  fileprivate mutating func replace(with record: RawSpan) {
    removeAll(keepingCapacity: true)
    record.withUnsafeBytes { append(contentsOf: $0) }
    appendPadding()
  }

  fileprivate mutating func append(_ texts: borrowing UnescapedTexts) {
    if texts.count == 0 { return }
    append(contentsOf: texts.bytes[0..<texts.count])
    appendPadding()
  }
}

extension [UInt8] {
  /// A memory copy: appending `repeatElement(0, count: 32)` takes 500 instructions.
  fileprivate mutating func appendPadding() {
    Swift.withUnsafeBytes(of: SIMD32<UInt8>()) { append(contentsOf: $0) }
  }
}

extension RawSpan {
  /// Where the text starts, after a byte order mark if there is one; needs no padding.
  var afterByteOrderMark: Int { byteCount >= 3 && word(0, count: 3) == 0xBF_BBEF ? 3 : 0 }
}
