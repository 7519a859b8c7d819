public import PluginAPI

/// The result of `store/list`: `{sizes?, tickets, cursor?, nextCursor?, watermark?}`, and where a store knows them `versions` (texts) and
/// `lines` (numbers) parallel to `tickets`, `source`, `fraction` and `malformed` (`[{position, line, message}]`).
public struct PageResult: Sendable {
  public var page: TicketPage
  /// Where this page begins, as far as the plugin says so.
  public var cursor: String?
  /// Where the next page begins; nil after the last one.
  public var nextCursor: String?

  public init(page: TicketPage, nextCursor: String?) {
    self.page = page
    self.nextCursor = nextCursor
  }

  /// Reads a response without copying its tickets: the page's buffer is the line.
  public init(_ message: WireMessage, source: String) throws(WireShapeError) {
    page = try TicketPage(message, source: source)
    cursor = try message.optional("cursor", "a text") { $0.text }
    nextCursor = try message.optional("nextCursor", "a text") { $0.text }
    page.watermark = try message.optional("watermark", "a text") { $0.text }.map { Watermark($0) }
    page.fraction = try message.optional("fraction", "a number") { $0.number }
  }
}

extension TicketPage {
  /// The tickets of a result, whatever the method.
  init(_ message: WireMessage, source: String) throws(WireShapeError) {
    guard let range = message.range(of: "tickets"), message.bytes[range.lowerBound] == UInt8(ascii: "[")
    else {
      throw WireShapeError("'tickets' must be a list")
    }
    if message.hasWrongSizes { throw WireShapeError(WireWording.wrongSizes) }
    let tickets = message.tickets
    let lines = try message.optional("lines", "a list of numbers") { $0.integers } ?? []
    if !lines.isEmpty, lines.count != tickets.count {
      throw WireShapeError.parallel("lines", lines.count, tickets.count)
    }
    var records = [TicketPage.Record]()
    records.reserveCapacity(tickets.count)
    for (index, range) in tickets.enumerated() {
      records.append(TicketPage.Record(range: range, line: lines.isEmpty ? 0 : lines[index]))
    }
    let versions = try message.optional("versions", "a list of texts") { $0.texts } ?? []
    if !versions.isEmpty, versions.count != tickets.count {
      throw WireShapeError.parallel("versions", versions.count, tickets.count)
    }
    self.init(
      source: try message.optional("source", "a text") { $0.text } ?? source, buffer: message.bytes,
      records: records, malformed: try message.malformed(upTo: tickets.count), versions: versions)
  }
}

extension WireMessage {
  fileprivate func malformed(upTo count: Int) throws(WireShapeError) -> [TicketPage.Malformed] {
    let items = try optional("malformed", "a list") { $0.list } ?? []
    var malformed = [TicketPage.Malformed]()
    for item in items {
      guard let message = item["message"]?.text, let position = item["position"]?.integer,
        (0...count).contains(position)
      else {
        throw WireShapeError("'malformed' must hold {position, line, message}, positions from 0 to \(count)")
      }
      let line = max(0, item["line"]?.integer ?? 0)
      malformed.append(TicketPage.Malformed(position: position, line: line, message: message))
    }
    return malformed
  }

  /// The member `key`, read by `read`; nil where there is none.
  public func optional<Value>(
    _ key: StaticString, _ expected: String, _ read: (JSONValue) -> Value?
  ) throws(WireShapeError) -> Value? {
    let value: JSONValue?
    do throws(JSONProblem) { value = try self.value(key) } catch {
      throw WireShapeError("'\(key)' is no JSON: \(error.kind.rawValue)")
    }
    guard let value else { return nil }
    guard let result = read(value) else { throw WireShapeError("'\(key)' must be \(expected)") }
    return result
  }
}

extension JSONValue {
  /// The items, all of them texts.
  public var texts: [String]? { list.flatMap { $0.all(\.text) } }
  /// The items, all of them whole numbers from 0.
  public var integers: [Int]? { list.flatMap { $0.all { $0.integer.flatMap { $0 < 0 ? nil : $0 } } } }
}

extension [JSONValue] {
  /// What `read` answers for every item; nil where it answers nil for one.
  public func all<Value>(_ read: (JSONValue) -> Value?) -> [Value]? {
    var values = [Value]()
    values.reserveCapacity(count)
    for item in self {
      guard let value = read(item) else { return nil }
      values.append(value)
    }
    return values
  }
}

/// A message whose members are not what its method asks for.
public struct WireShapeError: Error, Hashable, Sendable {
  public var message: String
  public init(_ message: String) { self.message = message }

  static func parallel(_ key: String, _ count: Int, _ expected: Int) -> WireShapeError {
    WireShapeError("'\(key)' has \(count) items for \(expected) tickets")
  }
}
