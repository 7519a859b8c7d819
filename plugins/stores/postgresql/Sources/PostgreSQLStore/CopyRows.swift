#if PostgreSQL
  import PluginAPI

  /// Takes tickets out of the messages of a binary COPY
  /// (https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.4).
  struct CopyRows {
    private static let signature: [UInt8] = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00]

    private var hasHeader = false

    /// Appends the rows of one message to `page`: JSON and, where there is one, version.
    mutating func append(_ message: UnsafeRawBufferPointer, to page: inout TicketPage) throws(PluginError) {
      var cursor = Cursor(bytes: message)
      if !hasHeader {
        guard try cursor.take(Self.signature.count).elementsEqual(Self.signature) else { throw malformed }
        // Flags, and an extension of the header.
        _ = try cursor.take(4)
        _ = try cursor.take(Int(try cursor.integer(as: Int32.self)))
        hasHeader = true
      }
      while !cursor.isAtEnd {
        let columns = try cursor.integer(as: Int16.self)
        // The trailer.
        if columns < 0 { return }
        let json = try cursor.field()
        let version = columns > 1 ? try cursor.field() : nil
        guard page.append(json), columns > 1 else { continue }
        page.versions.append(version.map { String($0.reduce(0) { $0 << 8 | UInt64($1) }) } ?? "")
      }
    }
  }

  private let malformed = PluginError(.internal, Messages.malformedCopy)

  /// Big-endian numbers and counted bytes.
  private struct Cursor {
    let bytes: UnsafeRawBufferPointer
    private var offset = 0

    init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var isAtEnd: Bool { offset == bytes.count }

    mutating func take(_ count: Int) throws(PluginError) -> UnsafeRawBufferPointer {
      guard count >= 0, count <= bytes.count - offset else { throw malformed }
      offset += count
      return UnsafeRawBufferPointer(rebasing: bytes[(offset - count)..<offset])
    }

    mutating func integer<Integer: FixedWidthInteger & BitwiseCopyable>(
      as type: Integer.Type
    ) throws(PluginError) -> Integer {
      Integer(bigEndian: try take(MemoryLayout<Integer>.size).loadUnaligned(as: type))
    }

    /// The bytes of one column; nil for NULL.
    mutating func field() throws(PluginError) -> UnsafeRawBufferPointer? {
      let size = try integer(as: Int32.self)
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
