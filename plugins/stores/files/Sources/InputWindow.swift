/// The stretch of a file that is in memory: what readers slice records out of.
///
/// Every refill makes a new buffer, because pages that were handed over keep the old one.
struct InputWindow {
  /// So that neither a chunk nor what becomes of it reaches the 128 KiB from which on glibc gives memory back to the system:
  /// 100,000 tickets took 9,700 page faults in chunks of 256 KiB, and take 1,000.
  private static let chunkSize = 96 << 10

  let source: ByteSource
  private(set) var bytes = [UInt8]()
  /// Where the first byte stands that was not handed over.
  var start = 0

  init(_ source: ByteSource) { self.source = source }

  var pendingCount: Int { bytes.count - start }

  /// Whether the data ended for a reason of its own, so that what is pending may be half a record.
  var isCutShort: Bool { source.problem != nil }

  /// Keeps what is pending and reads on; false, with all as it was, at the end.
  ///
  /// What is pending is copied, so at least as much again is read: a long record costs linear time.
  mutating func refill() -> Bool {
    let pending = pendingCount
    var next = [UInt8]()
    next.reserveCapacity(pending + max(Self.chunkSize, pending))
    next += bytes[start...]
    var room = max(Self.chunkSize, pending)
    repeat {
      let count = source.append(to: &next, atMost: room)
      room -= count
      if count == 0 { break }
    } while next.count - pending < pending - Self.chunkSize
    guard next.count > pending else { return false }
    bytes = next
    start = 0
    return true
  }

  /// How many line ends stand in what is pending before `end`.
  func lineEnds(upTo end: Int) -> Int {
    bytes.withUnsafeBufferPointer { bytes in
      // Without a branch, so that the compiler makes it 16 bytes at a time.
      bytes[start..<end].reduce(0) { $0 &+ ($1 == 0x0A ? 1 : 0) }
    }
  }

  /// Forgets all that is pending.
  mutating func drop() { start = bytes.count }
}
