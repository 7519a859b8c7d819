public import PluginAPI

/// Writes the result of `store/list` so that the line stays within its limit.
///
/// Records stay in their pages until all is known that stands before them: `sizes`, by which the host cuts the line without
/// looking for brackets.
public struct PageWriter: Sendable {
  /// Room for what stands around the tickets besides their sizes, lines and versions.
  private static let reserve = 4096

  private struct Piece {
    var buffer: [UInt8]
    var range: Range<Int>
  }

  private let limit: Int
  private let cutsBySizes: Bool
  private var pieces = [Piece]()
  /// What the pieces will take, commas among it.
  private var size = 0
  private var lines = [Int]()
  private var versions = [String]()
  private var malformed = [TicketPage.Malformed]()
  /// What stands around the pieces.
  private var surroundings = PageWriter.reserve
  /// Whether each piece begins and ends with a brace, as the reader of `sizes` wants it.
  private var isFramed = true

  /// - Parameters:
  ///   - limit: how long the line may be in bytes.
  ///   - cutsBySizes: whether the host cuts the line by `sizes` wherever they stand, so that brackets within a ticket can do no
  ///     harm and need not be looked at; what is no JSON is found out by whoever decodes the ticket.
  public init(limit: Int, cutsBySizes: Bool = false) {
    self.limit = limit
    self.cutsBySizes = cutsBySizes
  }

  public var count: Int { pieces.count }
  public var isEmpty: Bool { pieces.isEmpty && malformed.isEmpty }

  /// Appends record `index` of `page`; false, and nothing done, where the line has no room for it.
  ///
  /// What would break the line is told as malformed: bytes that are no JSON in structure, and a record that exceeds the limit
  /// alone.
  public mutating func append(_ index: Int, of page: TicketPage) -> Bool {
    let record = page.records[index]
    let isBraced = page.buffer.span.bytes.isBetweenBraces(record.range)
    // What stands between no braces has no size, so it goes into a line of its own, for which all of it was looked at.
    if cutsBySizes, isBraced ? !isFramed : !isEmpty { return false }
    guard cutsBySizes && isBraced || isOneJSONValue(page.buffer, in: record.range) else {
      return append(Self.broken(record, at: count, WireWording.notJSON))
    }
    let version = page.versions.isEmpty ? nil : page.versions[index]
    let around = 40 + (version?.utf8.count ?? 0) * 2
    if size + surroundings + record.range.count + around > limit {
      guard isEmpty else { return false }
      return append(
        Self.broken(record, at: count, WireWording.recordTooLong(record.range.count, limit: limit)))
    }
    append(record.range, of: page.buffer, isBraced: isBraced)
    lines.append(record.line)
    if let version { versions.append(version) }
    surroundings += around
    return true
  }

  private mutating func append(_ range: Range<Int>, of buffer: [UInt8], isBraced: Bool) {
    pieces.append(Piece(buffer: buffer, range: range))
    size += range.count + 1
    isFramed = isFramed && isBraced
  }

  /// Appends what the store could not turn into a record, at this position; false where there is no room.
  public mutating func append(_ item: TicketPage.Malformed) -> Bool {
    let room = item.message.utf8.count * 2 + 96
    if size + surroundings + room > limit, !isEmpty { return false }
    malformed.append(TicketPage.Malformed(position: count, line: item.line, message: item.message))
    surroundings += room
    return true
  }

  private static func broken(_ record: TicketPage.Record, at position: Int, _ message: String)
    -> TicketPage.Malformed
  {
    TicketPage.Malformed(position: position, line: record.line, message: message)
  }

  /// The whole line but for what it answers, which stands at its end: a page can be ready before anybody asks for it.
  ///
  /// - Parameter cursor: where the page begins, as another cursor says where the next one does.
  public consuming func finish(
    source: String, cursor: String? = nil, nextCursor: String? = nil, watermark: Watermark? = nil,
    fraction: Double? = nil,
    _ appendMore: (inout [UInt8]) -> Void = { _ in }
  ) -> PageAnswer {
    var line = [UInt8]()
    line.reserveCapacity(size + surroundings)
    line += #"{"jsonrpc":"2.0","result":{"#.utf8
    if isFramed, !pieces.isEmpty {
      line += #""sizes":"#.utf8
      line.appendList(pieces) { $0.appendDigits($1.range.count) }
      line.append(UInt8(ascii: ","))
    }
    line += #""tickets":["#.utf8
    appendPieces(to: &line)
    line.append(UInt8(ascii: "]"))
    line.appendKey("source")
    line.appendJSONString(source)
    appendLists(to: &line)
    if let fraction {
      line.appendKey("fraction")
      line.appendJSON(.number(fraction))
    }
    if let cursor {
      line.appendKey("cursor")
      line.appendJSONString(cursor)
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
    return PageAnswer(bytes: line)
  }

  private func appendPieces(to line: inout [UInt8]) {
    let start = line.count
    for (index, piece) in pieces.enumerated() {
      if index > 0 { line.append(UInt8(ascii: ",")) }
      line.append(contentsOf: piece.buffer[piece.range])
    }
    line.replaceLineFeeds(from: start)
  }

  /// What is parallel to the tickets, or says what is none.
  private func appendLists(to line: inout [UInt8]) {
    if lines.contains(where: { $0 != 0 }) {
      line.appendKey("lines")
      line.appendList(lines) { $0.appendDigits($1) }
    }
    if !versions.isEmpty, versions.count == lines.count {
      line.appendKey("versions")
      line.appendList(versions) { $0.appendJSONString($1) }
    }
    if malformed.isEmpty { return }
    line.appendKey("malformed")
    line.appendList(malformed) { line, item in
      line.append(contentsOf: #"{"position":\#(item.position),"line":\#(item.line),"message":"#.utf8)
      line.appendJSONString(item.message)
      line.append(UInt8(ascii: "}"))
    }
  }
}

/// A page as a line that lacks the id of the request that it answers.
public struct PageAnswer: Sendable {
  fileprivate var bytes: [UInt8]

  /// The whole line, with its end.
  ///
  /// - Parameter id: as the request had it, with its quotes.
  public consuming func line(answering id: [UInt8]) -> [UInt8] {
    bytes += #"},"id":"#.utf8
    bytes += id
    bytes += "}\n".utf8
    return bytes
  }
}

extension [UInt8] {
  /// Turns line feeds, which can stand between the tokens of JSON only, into spaces.
  fileprivate mutating func replaceLineFeeds(from start: Int) {
    var index = span.bytes.lineFeed(from: start)
    while index < count {
      self[index] = 0x20
      index = span.bytes.lineFeed(from: index + 1)
    }
  }
}
