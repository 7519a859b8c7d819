/// The keys that a record's objects may have, and what each one means.
///
/// An object that holds declared fields is a node; so are an event of the history and the record itself. A node is
/// named by its `head`, an entry of its own that matches no key. A field `a.b` is a key `a` that leads to a node with
/// a key `b`, and a key `a.b`, at every level, so that records may nest or not.
struct KeyTable: Sendable {
  /// What a key's value is beside a field.
  enum Role: UInt8 {
    case field, history, eventTime, eventChanges
  }

  struct Entry {
    /// The first 16 bytes of the key with its closing quote, and which of them count.
    fileprivate var words: (UInt64, UInt64) = (1, 0)
    fileprivate var masks: (UInt64, UInt64) = (0, 0)
    /// In `letters`, without the quote.
    fileprivate var start = 0
    fileprivate var count = 0
    fileprivate var owner = 0
    /// The field with this key, or -1.
    var slot = -1
    /// The head of the node below this key, or 0.
    var node = 0
    var role = Role.field

    /// Whether the key is a field and nothing else.
    @inline(__always)
    var isField: Bool { slot >= 0 && node == 0 && role == .field }
  }

  /// The entry of keys that are in no node; it matches nothing.
  static let unknown = 0

  private(set) var entries = [Entry()]
  private var letters: [UInt8] = []
  private var places: [Int32] = []
  private var heads: [String: Int] = [:]

  let record: Int
  let event: Int

  init(fields: [String], tracksHistory: Bool) {
    record = 1
    event = 2
    entries += [Entry(), Entry()]
    heads[""] = record
    for (slot, name) in fields.enumerated() { insertPath(name, slot: slot) }
    if tracksHistory {
      entries[insert("history", into: record)].role = .history
      entries[insert("at", into: event)].role = .eventTime
      entries[insert("set", into: event)].role = .eventChanges
    }
    place()
  }

  /// Enters the field under all the ways to nest it: `a` > `b` > `c`, `a` > `b.c`, `a.b` > `c`, `a.b.c`.
  private mutating func insertPath(_ name: String, slot: Int) {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    for start in parts.indices {
      let owner = head(of: parts[..<start].joined(separator: "."))
      for end in start + 1...parts.count {
        let entry = insert(parts[start..<end].joined(separator: "."), into: owner)
        if end == parts.count {
          if entries[entry].slot < 0 { entries[entry].slot = slot }
        } else {
          entries[entry].node = head(of: parts[..<end].joined(separator: "."))
        }
      }
    }
  }

  private mutating func head(of path: String) -> Int {
    if let head = heads[path] { return head }
    entries.append(Entry())
    heads[path] = entries.count - 1
    return entries.count - 1
  }

  private mutating func insert(_ key: String, into owner: Int) -> Int {
    let key = Array(key.utf8)
    if let entry = entries.indices.first(where: { isEntry($0, key, owner) }) { return entry }
    var entry = Entry()
    entry.start = letters.count
    entry.count = key.count
    entry.owner = owner
    // A key that JSON has to write with an escape is found by `find` alone.
    if !key.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) {
      let quoted = key + [UInt8(ascii: "\"")]
      let bytes = quoted.span.bytes
      entry.words = (bytes.word(0, count: min(quoted.count, 8)), 0)
      entry.masks.0 = quoted.count >= 8 ? ~0 : ~(~0 << UInt64(8 * quoted.count))
      if quoted.count > 8 {
        entry.words.1 = bytes.word(8, count: min(quoted.count - 8, 8))
        entry.masks.1 = quoted.count >= 16 ? ~0 : ~(~0 << UInt64(8 * (quoted.count - 8)))
      }
    }
    letters += key
    entries.append(entry)
    return entries.count - 1
  }

  private func isEntry(_ index: Int, _ key: [UInt8], _ owner: Int) -> Bool {
    let entry = entries[index]
    return entry.owner == owner && letters[entry.start..<entry.start + entry.count].elementsEqual(key)
  }

  private mutating func place() {
    var capacity = 16
    while capacity < entries.count * 3 { capacity *= 2 }
    places = Array(repeating: 0, count: capacity)
    for (index, entry) in entries.enumerated() where entry.owner != 0 {
      var place = hash(letters.span.bytes, at: entry.start, count: entry.count, in: entry.owner)
      while places[place] != 0 { place = (place + 1) & (capacity - 1) }
      places[place] = Int32(index)
    }
  }

  /// Where the key that starts at `offset`, after its opening quote, ends with its closing quote if it is the entry's;
  /// else 0.
  @inline(__always)
  func end(of index: Int, in record: RawSpan, at offset: Int) -> Int {
    let (words, masks) = (entries[index].words, entries[index].masks)
    let difference =
      (record.word(offset) & masks.0) ^ words.0 | (record.word(offset + 8) & masks.1) ^ words.1
    if difference != 0 { return 0 }
    let count = entries[index].count
    if count >= 16, !isRest(of: index, record, at: offset) { return 0 }
    return offset + count + 1
  }

  /// Compares what `words` do not hold: the bytes of a long key from the 16th on, and its quote.
  @inline(never)
  private func isRest(of index: Int, _ record: RawSpan, at offset: Int) -> Bool {
    let entry = entries[index]
    for i in 16..<entry.count where record.byte(offset + i) != letters[entry.start + i] { return false }
    return record.byte(offset + entry.count) == UInt8(ascii: "\"")
  }

  /// The entry of the key in the node, or `unknown`.
  func find(_ bytes: RawSpan, at start: Int, count: Int, in owner: Int) -> Int {
    var place = hash(bytes, at: start, count: count, in: owner)
    while true {
      let index = Int(places[place])
      if index == 0 { return Self.unknown }
      let entry = entries[index]
      if entry.owner == owner, entry.count == count,
        bytes.equals(at: start, letters.span.bytes, at: entry.start, count: count)
      {
        return index
      }
      place = (place + 1) & (places.count - 1)
    }
  }

  @inline(__always)
  private func hash(_ bytes: RawSpan, at start: Int, count: Int, in owner: Int) -> Int {
    var hash = bytes.word(start, count: count) ^ UInt64(truncatingIfNeeded: count &* 31 &+ owner) << 56
    hash = (hash ^ hash >> 32) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: hash >> 32) & (places.count - 1)
  }
}
