/// The texts of one record that had escapes, without them: scratch memory that grows to the largest record.
///
/// A text shrinks when its escapes are replaced, and loses its two quotes, so that with one zero after each the texts
/// take no more room than the record. A wide write may go `Ticket.padding` bytes further.
struct UnescapedTexts {
  /// At least `Ticket.padding` more than are in use.
  private(set) var bytes: [UInt8] = []
  /// What is in use, from 0.
  private(set) var count = 0

  /// Forgets all texts and makes room for those of a record of this size.
  mutating func start(recordSize: Int) {
    count = 0
    let needed = recordSize + Ticket.padding
    if bytes.count < needed { bytes.append(contentsOf: repeatElement(0, count: needed - bytes.count)) }
  }

  /// Forgets the texts from `start` on.
  mutating func remove(from start: Int) { count = start }

  /// Appends the text without its escapes, and a zero; returns where it starts and how long it is.
  mutating func append(_ text: JSONText, of record: RawSpan) throws(JSONFailure) -> Range<Int> {
    var source = text.start
    var end = count
    var span = bytes.mutableSpan
    var target = span.mutableBytes
    while source < text.end {
      let word = record.word(source)
      target.storeBytes(of: word.littleEndian, toByteOffset: end, as: UInt64.self)
      let marks = word.marksEqual(to: UInt8(ascii: "\\"))
      let plain = min(marks == 0 ? 8 : marks.bytesBelowMark, text.end - source)
      source += plain
      end += plain
      if plain < 8, source < text.end {
        let escape = try record.escape(at: source)
        let (encoding, length) = Self.utf8(escape.character)
        target.storeBytes(of: encoding.littleEndian, toByteOffset: end, as: UInt32.self)
        source = escape.end
        end += length
      }
    }
    target.storeBytes(of: 0, toByteOffset: end, as: UInt64.self)
    defer { count = end + 1 }
    return count..<end
  }

  /// The character's bytes, low byte first (Unicode 16, table 3-6).
  @inline(__always)
  private static func utf8(_ character: UInt32) -> (bytes: UInt32, count: Int) {
    let last = 0x80 | character & 0x3F
    let third = 0x80 | character >> 6 & 0x3F
    switch character {
    case ..<0x80: return (character, 1)
    case ..<0x800: return (0xC0 | character >> 6 | last << 8, 2)
    case ..<0x10000: return (0xE0 | character >> 12 | third << 8 | last << 16, 3)
    default:
      let second = 0x80 | character >> 12 & 0x3F
      return (0xF0 | character >> 18 | second << 8 | third << 16 | last << 24, 4)
    }
  }
}
