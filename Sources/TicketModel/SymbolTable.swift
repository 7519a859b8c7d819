/// Texts to small numbers, by their bytes: an open-addressed table that is built once and read by many.
///
/// Lookup hashes at most 16 bytes and compares all; O(length), no allocation.
public struct SymbolTable: Sendable {
  private struct Entry {
    /// The first eight bytes, or all of a shorter text above zeros.
    var head: UInt64 = 0
    var start: UInt32 = 0
    var count: UInt32 = 0
    var hash: UInt32 = 0
    /// 0 marks an empty place.
    var value: UInt32 = 0
  }

  private var entries: [Entry]
  private var letters: [UInt8] = []
  private let mask: UInt32

  public let isEmpty: Bool

  /// - Parameter values: each text and its number, which must not be 0. The first of two equal texts wins.
  public init(_ values: [(text: String, value: UInt32)]) {
    var capacity = 16
    while capacity < values.count * 2 { capacity *= 2 }
    entries = Array(repeating: Entry(), count: capacity)
    mask = UInt32(capacity - 1)
    isEmpty = values.isEmpty
    for (text, value) in values { insert(Array(text.utf8), value) }
  }

  /// Numbers texts 1, 2, 3 … in order.
  public init(numbering texts: [String]) {
    self.init(texts.enumerated().map { ($1, UInt32($0 + 1)) })
  }

  private mutating func insert(_ text: [UInt8], _ value: UInt32) {
    guard self.value(in: text.span.bytes, at: 0, count: text.count) == 0 else { return }
    let (head, hash) = Self.hash(text.span.bytes, at: 0, count: text.count)
    var index = hash & mask
    while entries[Int(index)].value != 0 { index = (index &+ 1) & mask }
    entries[Int(index)] = Entry(
      head: head, start: UInt32(letters.count), count: UInt32(text.count), hash: hash, value: value)
    letters += text
  }

  /// The number of the text in `bytes`, or 0.
  public func value(of bytes: UnsafeRawBufferPointer) -> UInt32 {
    value(in: bytes.bytes, at: 0, count: bytes.count)
  }

  /// The number of the text, or 0.
  public func value(of text: String) -> UInt32 {
    var text = text
    return text.withUTF8 { value(of: UnsafeRawBufferPointer($0)) }
  }

  /// The text with this number, for those who show it; nil where none has it. O(texts).
  public func text(of value: UInt32) -> String? {
    guard value != 0, let entry = entries.first(where: { $0.value == value }) else { return nil }
    return String(decoding: letters[Int(entry.start)...].prefix(Int(entry.count)), as: UTF8.self)
  }

  /// The number of the text of `count` bytes at `start`, or 0.
  @inline(__always)
  func value(in bytes: RawSpan, at start: Int, count: Int) -> UInt32 {
    let (head, hash) = Self.hash(bytes, at: start, count: count)
    var index = hash & mask
    while true {
      let entry = entries[Int(index)]
      if entry.value == 0 { return 0 }
      if entry.hash == hash, entry.head == head, Int(entry.count) == count,
        count <= 8 || bytes.equals(at: start, letters.span.bytes, at: Int(entry.start), count: count)
      {
        return entry.value
      }
      index = (index &+ 1) & mask
    }
  }

  /// Reads the first and the last eight bytes: enough to spread, since equality is checked in full.
  @inline(__always)
  private static func hash(_ bytes: RawSpan, at start: Int, count: Int) -> (head: UInt64, hash: UInt32) {
    let head = bytes.word(start, count: count)
    let last = count > 8 ? bytes.word(start + count - 8) : 0
    var hash = (head ^ (UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15)) &* 0xD6E8_FEB8_6659_FD93
    hash ^= hash >> 32
    hash = (hash ^ last) &* 0xD6E8_FEB8_6659_FD93
    return (head, UInt32(truncatingIfNeeded: hash >> 32))
  }
}
