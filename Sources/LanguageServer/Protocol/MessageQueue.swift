public import PluginProtocol

/// Cuts the bytes of a connection into JSON-RPC messages (LSP 3.17, "Base Protocol").
///
/// Holds one message at most that is not complete, and no more than `sizeLimit` bytes of it: the rest of a larger one is
/// passed over, and answered with an error.
public struct MessageQueue: Sendable {
  /// What came in.
  public enum Item: Hashable, Sendable {
    case message(JSONValue)
    /// What must be answered with an error: bytes that are no JSON, or too large.
    case malformed(RPCError)
  }

  /// 32 MiB: a rule file has 8 MiB at most, and JSON escapes may triple it.
  public static let sizeLimit = 32 << 20
  /// A header has two short lines.
  private static let headerLimit = 8 << 10

  private var buffer: [UInt8] = []
  private var skipped = 0
  /// False once a header could not be read: nobody knows where the next one begins.
  public private(set) var isReadable = true

  public init() {}

  /// Takes in `bytes`, and answers the messages that they complete, in order. O(bytes), but for the messages' parsing.
  public mutating func receive(_ bytes: [UInt8]) -> [Item] {
    var bytes = bytes[...]
    let passed = min(skipped, bytes.count)
    bytes = bytes.dropFirst(passed)
    skipped -= passed
    buffer += bytes
    var items: [Item] = []
    while isReadable, let item = next() { items.append(item) }
    return items
  }

  private mutating func next() -> Item? {
    guard let headerEnd = endOfHeader() else {
      guard buffer.count > Self.headerLimit else { return nil }
      return unreadable(.noLength)
    }
    guard let length = length(in: buffer[..<headerEnd]) else { return unreadable(.noLength) }
    if length > Self.sizeLimit {
      skipped = max(0, length - (buffer.count - headerEnd))
      buffer.removeFirst(min(buffer.count, headerEnd + length))
      return .malformed(.tooLarge(length))
    }
    guard buffer.count >= headerEnd + length else { return nil }
    let payload = Array(buffer[headerEnd..<headerEnd + length])
    buffer.removeFirst(headerEnd + length)
    do {
      return .message(try JSONValue(reading: payload))
    } catch {
      return .malformed(.notJSON)
    }
  }

  private mutating func unreadable(_ error: RPCError) -> Item {
    isReadable = false
    buffer = []
    return .malformed(error)
  }

  /// Behind the empty line; a lone line feed is taken for a line end, too.
  private func endOfHeader() -> Int? {
    var lineStart = 0
    for (offset, byte) in buffer.prefix(Self.headerLimit).enumerated() where byte == 0x0A {
      if offset - lineStart <= 1, offset == lineStart || buffer[lineStart] == 0x0D { return offset + 1 }
      lineStart = offset + 1
    }
    return nil
  }

  private func length(in header: ArraySlice<UInt8>) -> Int? {
    for line in header.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      let parts = line.split(separator: UInt8(ascii: ":"), maxSplits: 1)
      guard parts.count == 2, String(decoding: parts[0], as: UTF8.self).lowercased() == "content-length"
      else {
        continue
      }
      let digits = String(decoding: parts[1], as: UTF8.self).filter { $0 != " " }
      return Int(digits).flatMap { $0 >= 0 ? $0 : nil }
    }
    return nil
  }
}

extension [UInt8] {
  /// A message with its header.
  public init(framing message: JSONValue) {
    var payload: [UInt8] = []
    payload.appendJSON(message)
    self = Array("Content-Length: \(payload.count)\r\n\r\n".utf8) + payload
  }
}
