/// Which key is likely to follow which: the records of one source have the same keys in the same order, so most keys
/// are found by one comparison, without looking for their end.
struct KeyPredictions {
  /// By entry of the key table, first for the record's own objects, then for those of events.
  private var successors: [Int32]
  private let entryCount: Int

  init(_ keys: KeyTable) {
    entryCount = keys.entries.count
    successors = Array(repeating: Int32(KeyTable.unknown), count: 2 * entryCount)
  }

  /// Where to start in an object, so that events and the record do not spoil each other's predictions.
  func start(of node: Int, as origin: TicketDecoder.Origin) -> Int {
    origin == .record ? node : node + entryCount
  }

  /// The key that starts at `offset` if it is the one after `previous`, or the one after that, as it is where an
  /// optional key is left out; the offset after its closing quote.
  @inline(__always)
  func match(
    after previous: inout Int, in record: RawSpan, at offset: Int, _ keys: borrowing KeyTable
  ) -> (entry: Int, end: Int)? {
    let base = previous < entryCount ? 0 : entryCount
    let first = Int(successors[previous])
    let end = keys.end(of: first, in: record, at: offset)
    if end != 0 {
      previous = base + first
      return (first, end)
    }
    let second = Int(successors[base + first])
    let secondEnd = keys.end(of: second, in: record, at: offset)
    if secondEnd != 0 {
      previous = base + second
      return (second, secondEnd)
    }
    return nil
  }

  /// Remembers that `entry` came after `previous`, and goes on from there; keys that are not known do not count.
  mutating func learn(_ entry: Int, after previous: inout Int) {
    if entry == KeyTable.unknown { return }
    let base = previous < entryCount ? 0 : entryCount
    successors[previous] = Int32(entry)
    previous = base + entry
  }
}
