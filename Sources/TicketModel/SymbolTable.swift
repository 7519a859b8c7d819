/// Texts to small numbers, by their bytes: an open-addressed table that is built once and read by many.
///
/// Lookup hashes at most 16 bytes and compares all; O(length), no allocation.
public struct SymbolTable: Sendable {
  private struct Entry {
    var hash: UInt64 = 0
    var start: UInt32 = 0
    var count: UInt32 = 0
    /// 0 marks an empty place.
    var value: UInt32 = 0
  }

  private var entries: [Entry]
  private var letters: [UInt8]
  private let mask: UInt64

  public let isEmpty: Bool

  /// - Parameter values: each text and its number, which must not be 0. The first of two equal texts wins.
  public init(_ values: [(text: String, value: UInt32)]) {
    var capacity = 16
    while capacity < values.count * 3 { capacity *= 2 }
    entries = Array(repeating: Entry(), count: capacity)
    letters = []
    mask = UInt64(capacity - 1)
    isEmpty = values.isEmpty
    for (text, value) in values { insert(Array(text.utf8), value) }
  }

  /// Numbers texts 1, 2, 3 … in order.
  public init(numbering texts: [String]) {
    self.init(texts.enumerated().map { ($1, UInt32($0 + 1)) })
  }

  private mutating func insert(_ text: [UInt8], _ value: UInt32) {
    let hash = text.withUnsafeBytes { Self.hash($0) }
    var index = Int(hash & mask)
    while entries[index].value != 0 {
      if entries[index].hash == hash, matches(entries[index], text) { return }
      index = (index + 1) & Int(mask)
    }
    entries[index] = Entry(
      hash: hash, start: UInt32(letters.count), count: UInt32(text.count), value: value)
    letters += text
  }

  private func matches(_ entry: Entry, _ text: [UInt8]) -> Bool {
    letters[Int(entry.start)..<Int(entry.start + entry.count)].elementsEqual(text)
  }

  /// The number of the text in `bytes`, or 0.
  public func value(of bytes: UnsafeRawBufferPointer) -> UInt32 {
    let hash = Self.hash(bytes)
    return entries.withUnsafeBufferPointer { entries in
      letters.withUnsafeBytes { letters in
        var index = Int(hash & mask)
        while entries[index].value != 0 {
          let entry = entries[index]
          if entry.hash == hash, Int(entry.count) == bytes.count,
            Self.equal(letters.baseAddress, Int(entry.start), bytes)
          {
            return entry.value
          }
          index = (index + 1) & Int(mask)
        }
        return 0
      }
    }
  }

  public func value(of text: String) -> UInt32 {
    var text = text
    return text.withUTF8 { value(of: UnsafeRawBufferPointer($0)) }
  }

  @inline(__always)
  private static func equal(
    _ letters: UnsafeRawPointer?, _ start: Int, _ bytes: UnsafeRawBufferPointer
  ) -> Bool {
    guard let letters, let other = bytes.baseAddress else { return bytes.isEmpty }
    var i = 0
    while i + 8 <= bytes.count {
      let left = letters.loadUnaligned(fromByteOffset: start + i, as: UInt64.self)
      if left != other.loadUnaligned(fromByteOffset: i, as: UInt64.self) { return false }
      i += 8
    }
    while i < bytes.count {
      if letters.load(fromByteOffset: start + i, as: UInt8.self)
        != other.load(fromByteOffset: i, as: UInt8.self)
      {
        return false
      }
      i += 1
    }
    return true
  }

  /// Reads the first and the last eight bytes: enough to spread, since equality is checked in full.
  @inline(__always)
  private static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var first: UInt64 = 0
    var last: UInt64 = 0
    let count = bytes.count
    if let base = bytes.baseAddress {
      if count >= 8 {
        first = base.loadUnaligned(as: UInt64.self)
        last = base.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
      } else {
        for i in 0..<count { first |= UInt64(base.load(fromByteOffset: i, as: UInt8.self)) << UInt64(8 * i) }
      }
    }
    var hash = (first ^ (UInt64(count) &* 0x9E37_79B9_7F4A_7C15)) &* 0xD6E8_FEB8_6659_FD93
    hash ^= hash >> 32
    hash = (hash ^ last) &* 0xD6E8_FEB8_6659_FD93
    return hash ^ (hash >> 29)
  }
}
