public import PluginAPI

/// Writes the result of `store/list` record by record, so that the line stays within its limit.
public struct PageWriter: Sendable {
  /// Room for what stands behind the tickets besides their lines and versions.
  private static let reserve = 4096

  private let limit: Int
  private var line = [UInt8]()
  private var lines = [Int]()
  private var versions = [String]()
  private var malformed = [TicketPage.Malformed]()
  /// What `lines`, `versions` and `malformed` will take.
  private var trailing = PageWriter.reserve

  /// The line that answers request `id`, which is written as the request had it.
  ///
  /// - Parameters:
  ///   - limit: how long the line may be in bytes.
  ///   - expected: about how many bytes of tickets will come, so that the line is stored without growing.
  public init(responseTo id: [UInt8], limit: Int, expecting expected: Int = 0) {
    self.limit = limit
    line.reserveCapacity(min(limit, expected + 1024))
    line += #"{"jsonrpc":"2.0","id":"#.utf8
    line += id
    line += #","result":{"tickets":["#.utf8
  }

  public var count: Int { lines.count }
  public var isEmpty: Bool { lines.isEmpty && malformed.isEmpty }

  /// Appends record `index` of `page`; false, and nothing done, where the line has no room for it.
  ///
  /// What would break the line is told as malformed: bytes that are no JSON in structure, and a record that exceeds the limit
  /// alone.
  public mutating func append(_ index: Int, of page: TicketPage) -> Bool {
    let record = page.records[index]
    guard isOneJSONValue(page.buffer, in: record.range) else {
      return append(Self.broken(record, at: count, WireWording.notJSON))
    }
    let version = page.versions.isEmpty ? nil : page.versions[index]
    let size = record.range.count + 32 + (version?.utf8.count ?? 0) * 2
    if line.count + trailing + size > limit {
      guard isEmpty else { return false }
      return append(
        Self.broken(record, at: count, WireWording.recordTooLong(record.range.count, limit: limit)))
    }
    if count > 0 { line.append(UInt8(ascii: ",")) }
    line.appendOnOneLine(page.buffer[record.range])
    lines.append(record.line)
    if let version { versions.append(version) }
    trailing += size - record.range.count
    return true
  }

  /// Appends what the store could not turn into a record, at this position; false where there is no room.
  public mutating func append(_ item: TicketPage.Malformed) -> Bool {
    let size = item.message.utf8.count * 2 + 96
    if line.count + trailing + size > limit, !isEmpty { return false }
    malformed.append(TicketPage.Malformed(position: count, line: item.line, message: item.message))
    trailing += size
    return true
  }

  private static func broken(_ record: TicketPage.Record, at position: Int, _ message: String)
    -> TicketPage.Malformed
  {
    TicketPage.Malformed(position: position, line: record.line, message: message)
  }

  /// The whole line, with its end.
  public consuming func finish(
    source: String, nextCursor: String? = nil, watermark: Watermark? = nil, fraction: Double? = nil,
    _ appendMore: (inout [UInt8]) -> Void = { _ in }
  ) -> [UInt8] {
    line.append(UInt8(ascii: "]"))
    line.appendKey("source")
    line.appendJSONString(source)
    if lines.contains(where: { $0 != 0 }) {
      line.appendKey("lines")
      line.appendList(lines) { $0.append(contentsOf: String($1).utf8) }
    }
    if !versions.isEmpty, versions.count == lines.count {
      line.appendKey("versions")
      line.appendList(versions) { $0.appendJSONString($1) }
    }
    if !malformed.isEmpty {
      line.appendKey("malformed")
      line.appendList(malformed) { line, item in
        line.append(contentsOf: #"{"position":\#(item.position),"line":\#(item.line),"message":"#.utf8)
        line.appendJSONString(item.message)
        line.append(UInt8(ascii: "}"))
      }
    }
    if let fraction {
      line.appendKey("fraction")
      line.appendJSON(.number(fraction))
    }
    if let nextCursor {
      line.appendKey("nextCursor")
      line.appendJSONString(nextCursor)
    }
    if let watermark {
      line.appendKey("watermark")
      line.appendJSONString(watermark.text)
    }
    appendMore(&line)
    line += "}}\n".utf8
    return line
  }
}

extension [UInt8] {
  /// Appends the bytes of a JSON value; line ends, which can stand between its tokens only, become spaces.
  fileprivate mutating func appendOnOneLine(_ bytes: ArraySlice<UInt8>) {
    let start = count
    append(contentsOf: bytes)
    var index = span.bytes.endOfLine(from: start)
    while index < count {
      self[index] = 0x20
      index = span.bytes.endOfLine(from: index + 1)
    }
  }
}
