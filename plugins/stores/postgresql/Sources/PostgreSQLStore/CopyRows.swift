#if PostgreSQL
  import PluginAPI

  /// Takes tickets out of the messages of a binary COPY
  /// (https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.4).
  struct CopyRows {
    private static let signature: [UInt8] = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00]

    private var hasHeader = false

    /// Appends the rows of one message to `page`: JSON and, where there is one, version.
    mutating func append(_ message: UnsafeRawBufferPointer, to page: inout TicketPage) throws(PluginError) {
      var cursor = Cursor(rest: message[...])
      if !hasHeader {
        guard cursor.rest.starts(with: Self.signature) else { throw malformed }
        _ = try cursor.take(Self.signature.count + 4)
        _ = try cursor.take(Int(try cursor.integer(4)))
        hasHeader = true
      }
      while !cursor.rest.isEmpty {
        let columns = try cursor.integer(2)
        // The trailer.
        if columns < 0 { return }
        try Self.appendRow(&cursor, hasVersion: columns > 1, to: &page)
      }
    }

    private static func appendRow(
      _ cursor: inout Cursor, hasVersion: Bool, to page: inout TicketPage
    ) throws(PluginError) {
      let json = try cursor.field()
      let version = hasVersion ? try cursor.field() : nil
      guard page.append(json.map { UnsafeRawBufferPointer(rebasing: $0) }), hasVersion else { return }
      page.versions.append(String(version.map { $0.reduce(0) { $0 << 8 | UInt64($1) } } ?? 0))
    }
  }

  private let malformed = PluginError(.internal, Messages.malformedCopy)

  /// Big-endian numbers and counted bytes.
  private struct Cursor {
    var rest: Slice<UnsafeRawBufferPointer>

    mutating func take(_ count: Int) throws(PluginError) -> Slice<UnsafeRawBufferPointer> {
      guard count >= 0, count <= rest.count else { throw malformed }
      defer { rest = rest.dropFirst(count) }
      return rest.prefix(count)
    }

    /// A signed number of that many bytes.
    mutating func integer(_ size: Int) throws(PluginError) -> Int32 {
      let value = try take(size).reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
      return size == 2 ? Int32(Int16(truncatingIfNeeded: value)) : Int32(bitPattern: value)
    }

    /// The bytes of one column; nil for NULL.
    mutating func field() throws(PluginError) -> Slice<UnsafeRawBufferPointer>? {
      let size = try integer(4)
      return size < 0 ? nil : try take(Int(size))
    }
  }

  extension TicketPage {
    /// A page ends at this size, so that memory stays flat and a page fits into a line of the protocol.
    private static let byteLimit = 1 << 20

    /// Whether a further record should go into another page.
    func isFull(_ limit: Int) -> Bool {
      records.count + malformed.count >= limit || buffer.count >= Self.byteLimit
    }

    /// Appends a ticket, or says that it is none; true for a ticket.
    mutating func append(_ json: UnsafeRawBufferPointer?) -> Bool {
      guard let json else {
        malformed.append(.init(position: records.count, line: 0, message: Messages.noJSON))
        return false
      }
      guard json.count <= TicketTable.recordLimit else {
        malformed.append(.init(position: records.count, line: 0, message: Messages.tooLong(json.count)))
        return false
      }
      let start = buffer.count
      buffer.append(contentsOf: json)
      records.append(.init(range: start..<buffer.count, line: 0))
      return true
    }
  }
#endif
