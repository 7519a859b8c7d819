/// Turns records into tickets, one at a time; each worker has its own, which keeps the scratch memory.
public struct TicketDecoder: Sendable {
  public let layout: TicketLayout

  public init(layout: TicketLayout) { self.layout = layout }

  /// Decodes one JSON object (RFC 8259) into `ticket`, replacing what it held.
  ///
  /// A page's record is `page.buffer.span.bytes.extracting(record.range)`.
  ///
  /// - Throws: where and why the record is not one JSON object in UTF-8; `ticket` is then empty.
  public mutating func decode(_ record: RawSpan, into ticket: inout Ticket) throws(MalformedRecord) {
    throw MalformedRecord(reason: .empty, offset: 0, line: 1, column: 1)
  }
}
