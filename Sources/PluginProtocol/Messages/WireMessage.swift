/// One line of a session, read as far as needed to know what it is: the bytes stay, and ranges say where things are.
public struct WireMessage: Sendable {
  public enum Kind: Hashable, Sendable {
    /// `id` as it was written, with its quotes, so that the answer repeats it exactly.
    case request(id: [UInt8], method: String)
    case notification(method: String)
    case response(id: String)
    case failure(id: String?, WireError)
  }

  public var kind: Kind
  /// The line without its end. A page of tickets uses it as its buffer.
  public let bytes: [UInt8]
  /// The members of `params` or `result`, in order: keys as written, and where their values are.
  public private(set) var members: [Member]
  /// The elements of the member `tickets`, whose values nobody read.
  public private(set) var tickets: [Range<Int>]
  /// Whether `sizes` stood before the tickets and said something else than they do.
  public private(set) var hasWrongSizes: Bool

  public struct Member: Hashable, Sendable {
    public var key: Range<Int>
    public var value: Range<Int>
  }

  /// Reads one line. Throws where it is no message of JSON-RPC 2.0 (https://www.jsonrpc.org/specification).
  public init(line: [UInt8]) throws(WireSyntaxError) {
    var envelope = Envelope()
    do throws(JSONProblem) {
      try envelope.read(line.span.bytes)
    } catch {
      throw WireSyntaxError(line: line, reason: error.kind.rawValue, offset: error.offset)
    }
    guard let kind = envelope.kind(line) else {
      throw WireSyntaxError(
        line: line, reason: "it is no message of JSON-RPC 2.0", id: envelope.id.map { Array(line[$0]) })
    }
    self.kind = kind
    bytes = line
    members = envelope.members
    tickets = envelope.tickets
    hasWrongSizes = envelope.hasWrongSizes
  }

  /// The value of a member of `params` or `result`; nil where there is none. Throws where it is not JSON.
  public func value(_ key: StaticString) throws(JSONProblem) -> JSONValue? {
    guard let range = range(of: key) else { return nil }
    let value = try JSONValue(reading: bytes, in: range)
    return value == .null ? nil : value
  }

  public func range(of key: StaticString) -> Range<Int>? {
    members.last { bytes.span.bytes.equals($0.key, key) }?.value
  }

  /// The elements of a list among `params` or `result`, unread; nil where there is no such list.
  public func elements(_ key: StaticString) -> [Range<Int>]? {
    guard let range = range(of: key), bytes[range.lowerBound] == UInt8(ascii: "[") else { return nil }
    var elements = [Range<Int>]()
    guard (try? bytes.span.bytes.appendElements(range.lowerBound, to: &elements)) != nil else { return nil }
    return elements
  }

  /// Where the value of `key` stands in the object at `object`.
  func range(of key: StaticString, in object: Range<Int>) -> Range<Int>? {
    let line = bytes.span.bytes
    var found: Range<Int>?
    _ = try? line.forEachMember(object.lowerBound) { (name, start) throws(JSONProblem) in
      let end = try line.endOfValue(start)
      if line.equals(name, key) { found = start..<end }
      return end
    }
    return found
  }

  func text(_ key: StaticString, in object: Range<Int>) -> String? {
    range(of: key, in: object).flatMap { try? JSONValue(reading: bytes, in: $0) }?.text
  }
}

/// Why a line is no message.
public struct WireSyntaxError: Error, Hashable, Sendable {
  /// The beginning of the line, as people can read it.
  public var quotation: String
  public var reason: String
  /// The line's id as written, where it has one, for the answer.
  public var id: [UInt8]?

  init(line: [UInt8], reason: String, offset: Int? = nil, id: [UInt8]? = nil) {
    quotation = WireSyntaxError.quotation(of: line)
    self.reason = offset.map { "\(reason) at byte \($0)" } ?? reason
    self.id = id
  }

  /// At most 120 characters, control characters shown as escapes.
  public static func quotation(of line: some Collection<UInt8>) -> String {
    let text = String(decoding: line.prefix(480), as: UTF8.self)
    var shown = ""
    for scalar in text.unicodeScalars.prefix(120) {
      if scalar.value < 0x20 || scalar.value == 0x7F || (0x80...0x9F).contains(scalar.value) {
        shown += scalar.escaped(asASCII: true)
      } else {
        shown.unicodeScalars.append(scalar)
      }
    }
    return text.unicodeScalars.count > 120 || line.count > 480 ? shown + "…" : shown
  }
}

/// What stands at the top of a message.
private struct Envelope {
  var version: Range<Int>?
  var id: Range<Int>?
  var method: Range<Int>?
  var error: Range<Int>?
  var hasResult = false
  var members = [WireMessage.Member]()
  var tickets = [Range<Int>]()
  /// What `sizes` holds, where it stands before the tickets.
  var sizes: [Int]?
  var hasWrongSizes = false

  mutating func read(_ line: RawSpan) throws(JSONProblem) {
    let start = line.skippingSpace(0)
    let end = try line.forEachMember(start) { (key, start) throws(JSONProblem) in
      if line.equals(key, "result") || line.equals(key, "params") {
        hasResult = hasResult || line.equals(key, "result")
        return try readBody(line, start)
      }
      let end = try line.endOfValue(start)
      if line.equals(key, "jsonrpc") { version = start..<end }
      if line.equals(key, "id") { id = start..<end }
      if line.equals(key, "method") { method = start..<end }
      if line.equals(key, "error") { error = start..<end }
      return end
    }
    if line.skippingSpace(end) != line.byteCount { throw JSONProblem(.rest, at: end) }
  }

  private mutating func readBody(_ line: RawSpan, _ start: Int) throws(JSONProblem) -> Int {
    guard line.byte(start) == UInt8(ascii: "{") else { return try line.endOfValue(start) }
    members.removeAll(keepingCapacity: true)
    (sizes, hasWrongSizes) = (nil, false)
    return try line.forEachMember(start) { (key, start) throws(JSONProblem) in
      let isTickets = line.equals(key, "tickets") && line.byte(start) == UInt8(ascii: "[")
      let end = try isTickets ? readTickets(line, start) : line.endOfValue(start)
      if line.equals(key, "sizes"), !line.equals(start..<end, "null") {
        sizes = line.sizes(start)
        hasWrongSizes = sizes == nil
      }
      members.append(WireMessage.Member(key: key, value: start..<end))
      return end
    }
  }

  /// By their sizes where these are known, else by their brackets; answers where they end.
  private mutating func readTickets(_ line: RawSpan, _ start: Int) throws(JSONProblem) -> Int {
    tickets.removeAll(keepingCapacity: true)
    tickets.reserveCapacity(sizes?.count ?? 512)
    if let sizes {
      if let end = line.appendElements(start, sizes: sizes, to: &tickets) { return end }
      hasWrongSizes = true
      tickets.removeAll(keepingCapacity: true)
    }
    return try line.appendElements(start, to: &tickets)
  }

  func kind(_ line: [UInt8]) -> WireMessage.Kind? {
    guard let version, line[version].elementsEqual("\"2.0\"".utf8) else { return nil }
    if let method {
      guard let name = text(line, method), error == nil, !hasResult else { return nil }
      guard let id else { return .notification(method: name) }
      return .request(id: Array(line[id]), method: name)
    }
    guard let id else { return nil }
    let name = text(line, id)
    if let error {
      guard !hasResult, let value = try? JSONValue(reading: line, in: error), let error = WireError(value)
      else { return nil }
      return .failure(id: name, error)
    }
    guard hasResult, let name else { return nil }
    return .response(id: name)
  }

  private func text(_ line: [UInt8], _ range: Range<Int>) -> String? {
    (try? JSONValue(reading: line, in: range))?.text
  }
}
