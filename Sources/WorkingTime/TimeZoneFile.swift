/// Reads the time zone files of the tz database: TZif versions 1 to 4, fat or slim (RFC 9636).
struct TimeZoneFile {
  private let bytes: [UInt8]

  /// What the file says of its zone.
  struct Contents {
    var block: Block
    var rule: DaylightRule?
  }

  static func read(_ bytes: [UInt8]) throws(TimeZoneFault) -> Contents {
    try TimeZoneFile(bytes: bytes).contents()
  }

  private func contents() throws(TimeZoneFault) -> Contents {
    let first = try header(at: 0)
    if first.version == 0 {
      return Contents(block: try block(first, after: 44, timeSize: 4), rule: nil)
    }
    let start = 44 + first.size(timeSize: 4)
    let second = try header(at: start)
    let block = try block(second, after: start + 44, timeSize: 8)
    let footer = try footer(at: start + 44 + second.size(timeSize: 8))
    return Contents(block: block, rule: footer?.rule)
  }
}

/// What is wrong with the bytes of a time zone file.
enum TimeZoneFault: Error {
  case notTZif
  case truncated
  case leapSeconds
  case corrupt(String)
}

extension TimeZoneFile {
  private struct Header {
    var version: UInt8
    var utcIndicators, standardIndicators, leapSeconds, transitions, types, characters: Int

    func size(timeSize: Int) -> Int {
      transitions * (timeSize + 1) + types * 6 + characters + leapSeconds * (timeSize + 4)
        + standardIndicators + utcIndicators
    }
  }

  struct Block {
    var initialOffset: Int32
    var transitions: [Int64]
    var offsets: [Int32]
  }

  private func header(at start: Int) throws(TimeZoneFault) -> Header {
    guard bytes.count >= start + 44 else { throw start == 0 ? .notTZif : .truncated }
    guard bytes[start..<start + 4].elementsEqual("TZif".utf8) else { throw .notTZif }
    func count(_ index: Int) -> Int { Int(integer(at: start + 20 + index * 4, size: 4) & 0xffff_ffff) }
    let header = Header(
      version: bytes[start + 4], utcIndicators: count(0), standardIndicators: count(1),
      leapSeconds: count(2), transitions: count(3), types: count(4), characters: count(5))
    guard 1...256 ~= header.types else { throw .corrupt("it has \(header.types) kinds of local time") }
    return header
  }

  private func block(_ header: Header, after start: Int, timeSize: Int) throws(TimeZoneFault) -> Block {
    guard header.leapSeconds == 0 else { throw .leapSeconds }
    guard bytes.count - start >= header.size(timeSize: timeSize) else { throw .truncated }
    let kinds = start + header.transitions * timeSize
    let types = try typeOffsets(at: kinds + header.transitions, count: header.types)
    var block = Block(initialOffset: types[0], transitions: [], offsets: [])
    for index in 0..<header.transitions {
      let second = integer(at: start + index * timeSize, size: timeSize)
      let kind = Int(bytes[kinds + index])
      guard kind < types.count else { throw .corrupt("a change leads to no kind of local time") }
      guard abs(second.clamped(to: -(1 << 60)...(1 << 60))) < 1 << 60 else {
        throw .corrupt("a change lies billions of years away")
      }
      guard second > block.transitions.last ?? .min else { throw .corrupt("its changes are out of order") }
      guard abs(types[kind] - (block.offsets.last ?? block.initialOffset)) <= 86_400 else {
        throw .corrupt("a change is larger than a day")
      }
      block.transitions.append(second)
      block.offsets.append(types[kind])
    }
    return block
  }

  private func typeOffsets(at start: Int, count: Int) throws(TimeZoneFault) -> [Int32] {
    var offsets: [Int32] = []
    for index in 0..<count {
      let offset = integer(at: start + index * 6, size: 4)
      guard abs(offset) < TimeZoneRules.largestOffset else {
        throw .corrupt("an offset from UTC is \(offset) seconds")
      }
      offsets.append(Int32(offset))
    }
    return offsets
  }

  /// Nil for an empty footer: nothing is said about the time after the last change.
  private func footer(
    at start: Int
  ) throws(TimeZoneFault) -> (standard: Int32, rule: DaylightRule?)? {
    guard start < bytes.count, bytes[start] == UInt8(ascii: "\n"),
      let end = bytes[(start + 1)...].firstIndex(of: UInt8(ascii: "\n"))
    else { throw .truncated }
    let text = bytes[(start + 1)..<end]
    if text.isEmpty { return nil }
    guard let footer = DaylightRuleText.read(text) else {
      throw .corrupt("its yearly rule `\(String(decoding: text, as: UTF8.self))` does not read")
    }
    return footer
  }

  /// A big-endian two's complement number of 4 or 8 bytes; the caller has checked that they lie inside.
  private func integer(at start: Int, size: Int) -> Int64 {
    let value = bytes[start..<start + size].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return size == 4 ? Int64(Int32(truncatingIfNeeded: value)) : Int64(bitPattern: value)
  }
}

extension TimeZoneRules {
  /// The rules in a file of the tz database, such as `/usr/share/zoneinfo/Asia/Shanghai`, which the caller
  /// has read.
  ///
  /// Throws when the bytes are not a complete TZif file (RFC 9636), or count leap seconds.
  public convenience init(identifier: String, tzif bytes: [UInt8]) throws(TimeZoneError) {
    let contents: TimeZoneFile.Contents
    do throws(TimeZoneFault) {
      contents = try TimeZoneFile.read(bytes)
    } catch {
      throw Wording.timeZone(identifier, error)
    }
    let block = contents.block
    self.init(
      identifier: identifier, initialOffset: block.initialOffset, transitions: block.transitions,
      offsets: block.offsets, rule: contents.rule)
  }
}
